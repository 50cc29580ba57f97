/** An error like those of Node's file system; messages of runs are compared with Backstage's. */
export class FileError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A path leads out of its folder. Source: `resolveSafeChildPath`. */
export class NotAllowedError extends Error {
  override readonly name = 'NotAllowedError';
}

/** An input of a step or caller is invalid. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** A task exceeds a limit. */
export class TaskLimitError extends Error {
  override readonly name = 'TaskLimitError';
}

const texts = {
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  EISDIR: 'illegal operation on a directory',
  EEXIST: 'file already exists',
  EINVAL: 'invalid argument',
  ENAMETOOLONG: 'name too long',
} as const;

/** @param call - system call that Node would have made */
export function fileError(code: keyof typeof texts, call: string, ...paths: string[]): FileError {
  const places = paths.map(path => `'${path}'`).join(' -> ');
  return new FileError(code, `${code}: ${texts[code]}, ${call} ${places}`);
}

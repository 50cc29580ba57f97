/** An error as Node's file system throws it; messages of runs are compared with Backstage's. */
export class FileError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A path that leads out of where it may lead. Source: `resolveSafeChildPath`. */
export class NotAllowedError extends Error {
  override readonly name = 'NotAllowedError';
}

/** What a step or the caller passed is wrong. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** What a task may use at most was not enough for it. */
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

/** @param call - the call to the operating system that Node would have made */
export function fileError(code: keyof typeof texts, call: string, ...paths: string[]): FileError {
  const places = paths.map(path => `'${path}'`).join(' -> ');
  return new FileError(code, `${code}: ${texts[code]}, ${call} ${places}`);
}

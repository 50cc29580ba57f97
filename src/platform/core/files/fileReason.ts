import { errorMessage, ownValue, translate } from '../../../base';

/** By the code of a file system's error. Each follows a colon. */
const reasons = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: "it doesn't exist",
  EEXIST: 'a file with this name already exists',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  EIO: 'the disk reports an error',
} as const;

/**
 * Returns why a file can't be read or written, as the end of a sentence: "permission denied" instead of Node's "EACCES:
 * permission denied, open '/etc/shadow'". Without a known code, the error's message.
 *
 * @param error - any thrown value
 */
export function fileReason(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  const reason = typeof code === 'string' ? ownValue(reasons, code) : undefined;
  return reason === undefined ? errorMessage(error) : translate(reason);
}

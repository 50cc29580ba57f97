import { isOfGit } from '../../../../base';
import { RECORD_PATH } from '..';

/** Whether a path, with `/`, is one of a file in a folder, as a Template could have made it, on any system. */
export function isRecordedPath(path: string): boolean {
  const isPlain = path.split('/').every(name => !['', '.', '..'].includes(name));
  return isPlain && !/[\0\\]|^[A-Za-z]:/.test(path) && !isOfGit(path) && path !== RECORD_PATH;
}

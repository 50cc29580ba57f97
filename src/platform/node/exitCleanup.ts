import { rmSync } from 'node:fs';
import { type Disposable, toDisposable } from '../../base';

const paths = new Set<string>();

/**
 * Deletes a file or folder when the process ends, for what is temporary and must not stay behind when there is no time
 * to wait for the disk.
 *
 * @returns cancels it
 */
export function deleteOnExit(path: string): Disposable {
  if (!paths.size) process.on('exit', deleteAll);
  paths.add(path);
  return toDisposable(() => {
    paths.delete(path);
    if (!paths.size) process.off('exit', deleteAll);
  });
}

function deleteAll(): void {
  for (const path of paths) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // The process ends in any case.
    }
  }
}

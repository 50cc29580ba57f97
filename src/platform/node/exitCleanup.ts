import { rmSync } from 'node:fs';
import { type Disposable, toDisposable } from '../../base';

const paths = new Set<string>();

/**
 * Deletes a temporary file or folder when the process exits, in case there is no time for asynchronous cleanup.
 *
 * @returns cancels the deletion
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
      // The process exits in any case.
    }
  }
}

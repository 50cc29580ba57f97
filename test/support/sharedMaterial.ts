import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Returns the path of recordings and real catalogs, which exist beside the project on some machines. Without
 * them, prints which tests are skipped and returns undefined. They aren't part of the project.
 */
export function sharedMaterial(folder: string, tests: string): string | undefined {
  const path = join(resolve(import.meta.dirname, '..', '..', '..', 'shared'), folder);
  if (existsSync(path)) return path;
  process.stderr.write(
    `${tests} did not run: there is no ../shared/${folder} beside the project.\n`,
  );
  return undefined;
}

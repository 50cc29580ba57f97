import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The path of recordings and real catalogs that lie beside the project on some machines, or
 * undefined, after a line that says which tests did not run for it. They are not part of the project.
 */
export function sharedMaterial(folder: string, tests: string): string | undefined {
  const path = join(resolve(import.meta.dirname, '..', '..', '..', 'shared'), folder);
  if (existsSync(path)) return path;
  process.stderr.write(
    `${tests} did not run: there is no ../shared/${folder} beside the project.\n`,
  );
  return undefined;
}

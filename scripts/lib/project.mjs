import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder, independent of the current folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Returns a path inside the project.
 *
 * @param {...string} segments
 */
export const inProject = (...segments) => join(root, ...segments);

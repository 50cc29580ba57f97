import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder; every script works from any current directory. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * A path inside the project.
 *
 * @param {...string} segments
 */
export const inProject = (...segments) => join(root, ...segments);

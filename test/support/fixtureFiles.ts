import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Reads the files of a folder of `test/fixtures`, by path. */
export function fixtureFiles(folder: string): Readonly<Record<string, string>> {
  const root = fileURLToPath(new URL(`../fixtures/${folder}`, import.meta.url));
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => [relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}

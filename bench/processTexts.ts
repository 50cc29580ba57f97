import { readdirSync, readFileSync } from 'node:fs';

/** Yields the texts of all YAML files below a folder. */
export function* textsBelow(folder: string): Generator<string, void> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== '.git') yield* textsBelow(path);
    } else if (/\.ya?ml$/.test(entry.name)) yield readFileSync(path, 'utf8');
  }
}

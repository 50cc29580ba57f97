import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes a folder of generated files, unless the same scripts created it from the same data.
 *
 * @param {string} output
 * @param {{ scripts: readonly (string | URL)[], data: unknown }} inputs URLs of scripts, and JSON
 * @param {(draft: string) => void | Promise<void>} write writes the files into a folder
 */
export async function writeGenerated(output, { scripts, data }, write) {
  const hash = createHash('sha256');
  for (const script of scripts) hash.update(readFileSync(new URL(script)));
  const stamp = hash.update(JSON.stringify(data)).digest('hex');
  const stampFile = join(output, 'stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  // Written beside the output first, so that interrupted or concurrent runs leave no partial output.
  const draft = `${output}.${process.pid}`;
  try {
    mkdirSync(draft, { recursive: true });
    await write(draft);
    writeFileSync(join(draft, 'stamp'), stamp);
    rmSync(output, { recursive: true, force: true });
    renameSync(draft, output);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

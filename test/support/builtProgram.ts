import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { productBuilds } from '../../scripts/lib/bundles.mjs';

/** Builds the program as it ships, into a folder of its own. */
export async function buildProgram(): Promise<{ program: string; dispose(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-lsp-'));
  for (const { platform, outdir, outfile, ...options } of productBuilds({ production: false })) {
    if (platform === 'browser') continue;
    await build({
      ...options,
      platform,
      ...(outdir === undefined ? {} : { outdir: join(folder, outdir) }),
      ...(outfile === undefined ? {} : { outfile: join(folder, outfile) }),
    });
  }
  return {
    program: join(folder, 'dist/cli.js'),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

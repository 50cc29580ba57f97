import { relative } from 'node:path';
import { build } from 'esbuild';
import { productBuilds } from '../../../scripts/lib/bundles.mjs';
import { inProject } from '../../../scripts/lib/project.mjs';
import { readZip } from '../../../scripts/lib/vsix.mjs';

type Files = ReadonlyMap<string, Uint8Array>;

let files: Promise<Files> | undefined;

/**
 * Files that the extension ships for webviews, by name below their folder. `npm run test:e2e` has packed the extension;
 * a lone vitest run builds them alone, in the same way.
 */
export function builtWebviews(): Promise<Files> {
  const { CALLBOARD_VSIX: vsix } = process.env;
  return (files ??= vsix === undefined ? buildAll() : packedFiles(vsix));
}

const PACKED = 'extension/dist/webview/';

async function packedFiles(vsix: string): Promise<Files> {
  return new Map(
    [...(await readZip(vsix))].flatMap(([name, content]) =>
      name.startsWith(PACKED) ? [[name.slice(PACKED.length), content]] : [],
    ),
  );
}

async function buildAll(): Promise<Files> {
  const built = new Map<string, Uint8Array>();
  const builds = productBuilds({ production: true }).filter(({ outdir, outfile }) =>
    (outdir ?? outfile)?.startsWith('dist/webview'),
  );
  for (const options of builds) {
    const { outputFiles } = await build({ ...options, write: false });
    for (const { path, contents } of outputFiles ?? []) {
      built.set(relative(inProject('dist', 'webview'), path), contents);
    }
  }
  return built;
}

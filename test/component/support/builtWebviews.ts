import { relative } from 'node:path';
import { build } from 'esbuild';
import { productBuilds } from '../../../scripts/lib/bundles.mjs';
import { inProject } from '../../../scripts/lib/project.mjs';

let built: Promise<ReadonlyMap<string, Uint8Array>> | undefined;

/** What the extension ships for webviews, by name below its folder; built once for all tests. */
export function builtWebviews(): Promise<ReadonlyMap<string, Uint8Array>> {
  return (built ??= buildAll());
}

async function buildAll(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const builds = productBuilds({ production: true }).filter(({ outdir, outfile }) =>
    (outdir ?? outfile)?.startsWith('dist/webview'),
  );
  for (const options of builds) {
    const { outputFiles } = await build({ ...options, write: false });
    for (const { path, contents } of outputFiles ?? []) {
      files.set(relative(inProject('dist', 'webview'), path), contents);
    }
  }
  return files;
}

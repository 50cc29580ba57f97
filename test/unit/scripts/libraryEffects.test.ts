import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, expect, it } from 'vitest';
import { findLibraryEffects } from '../../../scripts/lib/libraryEffects.mjs';

const project = mkdtempSync(join(tmpdir(), 'callboard-libraries-'));
afterAll(() => rmSync(project, { recursive: true }));

/** Effects of a package with this code, bundled from the function `used`. */
async function usesOf(code: string): Promise<readonly string[]> {
  const files = {
    'index.js': `import { used } from '@a/library'; used();`,
    'node_modules/@a/library/package.json': '{ "main": "main.js", "sideEffects": false }',
    'node_modules/@a/library/main.js': `export * from './lib/used.js'; export * from './lib/unused.js';`,
    'node_modules/@a/library/lib/used.js': `${code}\n`,
    'node_modules/@a/library/lib/unused.js': `import { connect } from 'net'; export const unused = () => connect(1);`,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  const { metafile } = await build({
    absWorkingDir: project,
    entryPoints: ['index.js'],
    outdir: 'out',
    bundle: true,
    format: 'esm',
    platform: 'node',
    metafile: true,
    write: false,
  });
  const found = findLibraryEffects([metafile], project);
  return found.flatMap(({ name, uses }) => uses.map(use => `${name} ${use}`));
}

it.each([
  [
    `import { spawn } from 'node:child_process'; export const used = () => spawn('a');`,
    'child_process',
  ],
  [`const fs = require('fs/promises'); exports.used = () => fs.rm('a');`, 'fs/promises'],
  [`export const used = () => fetch('https://a.test');`, 'fetch'],
  [`export const used = () => new globalThis.WebSocket('wss://a.test');`, 'WebSocket'],
])('detects possible effects of a bundled package: %s', async (code, use) => {
  expect(await usesOf(code)).toContain(`@a/library ${use}`);
});

it.each([
  `// fetch('https://a.test')\nexport const used = () => 'fetch(1)';`,
  `class Queue { fetch() { return 1; } }\nexport const used = () => new Queue().fetch();`,
  `import { join } from 'path'; export const used = () => join('a');`,
])('reports no effects of harmless code: %s', async code => {
  expect(await usesOf(code)).toEqual([]);
});

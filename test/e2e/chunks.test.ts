import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { OLDEST_NODE, productBuilds } from '../../scripts/lib/bundles.mjs';
import { ensureOldestNode } from '../../scripts/lib/nodeInstall.mjs';
import { packageExtension, packageMetafiles } from '../../scripts/lib/packageExtension.mjs';
import { removeAtEnd } from '../../scripts/lib/processes.mjs';
import { inProject } from '../../scripts/lib/project.mjs';
import { readZip } from '../../scripts/lib/vsix.mjs';
import { dynamicImports, type DynamicImport } from '../support/chunkImports';
import { serve } from '../support/loopbackServer';
import { testBrowser } from '../support/openCallboard';

// Loads each chunk of the packed extension and reads the names from it that the code imports. Types
// and tests of the sources don't notice a name that the bundler drops.

/** A module to load, and the names it must have. */
interface Expected {
  readonly path: string;
  readonly names: readonly string[];
}

/** The source of a function that loads modules and returns one line per problem. */
const CHECK = `async (expected, load) => {
  const problems = [];
  for (const { path, names } of expected) {
    try {
      const module = await load(path);
      for (const name of names) if (module[name] === undefined) problems.push(path + ' lacks ' + name);
    } catch (error) {
      problems.push(path + ' fails: ' + error);
    }
  }
  return problems;
}`;

const builds = productBuilds({ production: true });
const splitForNode = builds.filter(({ platform, splitting }) => platform === 'node' && splitting);
const forWebviews = builds.filter(({ outdir }) => outdir === 'dist/webview');
const forBrowsers = builds.filter(({ outfile }) => outfile === 'dist/browser/extension.js');

/** The packed files by their path below the extension's folder, and that folder, unpacked. */
let files: ReadonlyMap<string, Buffer> = new Map();
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-chunks-'));
  removeAtEnd(folder);
  const zip = await readZip(process.env.CALLBOARD_VSIX ?? (await packageExtension()));
  files = new Map(
    [...zip].flatMap(([name, content]) =>
      name.startsWith('extension/') ? [[name.slice('extension/'.length), content]] : [],
    ),
  );
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  writeVscodeStub();
});

test.each(splitForNode.map(options => [JSON.stringify(options.entryPoints), options] as const))(
  'chunks of %s export all names on the oldest Node',
  async (_, options) => {
    const expected = await expectedOf(options);
    // Threads of plugins load fewer chunks than all else.
    expect(expected.length).toBeGreaterThan(10);
    const script = `
      const check = ${CHECK};
      const expected = ${JSON.stringify(expected)};
      const problems = await check(expected, path => import(${JSON.stringify(pathToFileURL(folder).href)} + '/' + path));
      console.log(JSON.stringify(problems));
      process.exit(0);`;
    const node = await ensureOldestNode();
    const output = execFileSync(node, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual([]);
  },
  300_000,
);

test('runs the command line on the oldest Node', async () => {
  const node = await ensureOldestNode();
  expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toContain(`v${OLDEST_NODE}.`);
  const args = [join(folder, 'dist/cli.js'), 'validate', inProject('demo', 'booking')];
  expect(execFileSync(node, args, { encoding: 'utf8' })).toContain('No problems in');
}, 300_000);

test.each(forWebviews)('chunks of webviews export all names in a browser', async options => {
  const expected = await expectedOf(options);
  expect(expected.length).toBeGreaterThan(10);
  const port = await serve(({ url = '/' }, response) => {
    const file = files.get(url.slice(1));
    const type = url.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(file || url === '/' ? 200 : 404, { 'content-type': type }).end(file);
  });
  const page = await (await testBrowser()).newPage();
  try {
    await page.goto(`http://127.0.0.1:${port}/`);
    const problems = await page.evaluate(
      `(${CHECK})(${JSON.stringify(expected)}, path => import('/' + path))`,
    );
    expect(problems).toEqual([]);
  } finally {
    await page.close();
  }
});

// The bundle for browsers is one file without readable exports: bundle the same packages in the
// same way.
test.each(forBrowsers)('packages of the browser bundle export all names', async options => {
  const imports = dynamicImports(await metafileOf(options)).filter(isOfPackage);
  expect(imports.length).toBeGreaterThan(10);
  const lines = imports.map(
    ({ specifier }) => `${JSON.stringify(specifier)}: () => import(${JSON.stringify(specifier)}),`,
  );
  const { outputFiles } = await build({
    ...options,
    entryPoints: undefined,
    stdin: {
      contents: `module.exports = { ${[...new Set(lines)].join('\n')} };`,
      resolveDir: inProject('src'),
    },
    write: false,
    metafile: false,
  });
  const module: { exports: Record<string, () => Promise<object>> } = { exports: {} };
  const globals = { module, exports: module.exports, console, URL, TextEncoder, TextDecoder };
  runInNewContext(outputFiles?.[0]?.text ?? '', globals);
  const expected = await Promise.all(
    imports.map(async dynamic => ({
      path: dynamic.specifier,
      names: await namesOf(dynamic),
    })),
  );
  const check = runInNewContext(CHECK) as (
    expected: readonly Expected[],
    load: (path: string) => Promise<object> | undefined,
  ) => Promise<readonly string[]>;
  expect([...(await check(expected, path => module.exports[path]?.()))]).toEqual([]);
});

/** All chunks of a bundle that the code loads by `import()`. */
async function expectedOf(options: BuildOptions): Promise<readonly Expected[]> {
  const metafile = await metafileOf(options);
  return Promise.all(
    dynamicImports(metafile).map(async dynamic => {
      if (dynamic.chunk === undefined) {
        throw new Error(`${dynamic.importer} imports ${dynamic.specifier}, which has no chunk.`);
      }
      // Unused names of a package may be missing in the bundle.
      const exported = isOfPackage(dynamic) ? [] : metafile.outputs[dynamic.chunk]?.exports;
      const names = new Set([...(exported ?? []), ...(await namesOf(dynamic))]);
      return { path: dynamic.chunk, names: [...names] };
    }),
  );
}

/** Returns esbuild's metafile of a bundle that ships. */
async function metafileOf(options: BuildOptions): Promise<Metafile> {
  const metafile = (await packageMetafiles())[builds.indexOf(options)];
  if (!metafile) throw new Error('The bundle is not packed.');
  return metafile;
}

/** The names that the code imports; for a re-exported package, all its exports in Node. */
async function namesOf(dynamic: DynamicImport): Promise<readonly string[]> {
  if (dynamic.names) return dynamic.names;
  if (!isOfPackage(dynamic)) return [];
  const module = (await import(/* @vite-ignore */ dynamic.specifier)) as object;
  return Object.keys(module).filter(name => name !== 'module.exports' && name !== '__esModule');
}

const isOfPackage = ({ specifier }: DynamicImport): boolean => !specifier.startsWith('.');

/** Writes a package `vscode` beside the extension with a stub for every export. */
function writeVscodeStub(): void {
  const declarations = readFileSync(inProject('node_modules/@types/vscode/index.d.ts'), 'utf8');
  const exported = /^\texport (?:abstract )?(?:class|enum|namespace|const|function) (\w+)/gm;
  const names = new Set([...declarations.matchAll(exported)].map(([, name]) => name));
  const stub =
    "const stub = new Proxy(function () {}, { get: (target, key) => key === 'prototype' ? target.prototype : key === Symbol.toPrimitive ? () => '' : stub, apply: () => stub, construct: () => ({}) });";
  const stubFiles = {
    'package.json': '{ "exports": { "import": "./index.mjs", "require": "./index.cjs" } }',
    'index.mjs': [stub, ...[...names].map(name => `export const ${name} = stub;`)].join('\n'),
    'index.cjs': `${stub} module.exports = stub;`,
  };
  const target = join(folder, 'node_modules', 'vscode');
  mkdirSync(target, { recursive: true });
  for (const [name, text] of Object.entries(stubFiles)) writeFileSync(join(target, name), text);
}

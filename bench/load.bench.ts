import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import type * as bundles from '../scripts/lib/bundles.mjs';
import { quantile } from './measuring';

/*
 * Cost of opening a window before the catalog is read: loading the entry with all that it imports
 * statically, and `activate()`. Each round is a new process, like a window, with a stand-in for
 * VS Code's API that returns immediately, so that only Callboard's code is measured. The stand-in and
 * the Node modules that an extension host has already loaded are loaded before the clock starts. The
 * floor is a process that imports an empty module; each figure is the median of the rounds. CPU is the
 * processor time of all threads, which doesn't depend on other load of the machine.
 */

const ROUNDS = 21;

interface Load {
  readonly load: number;
  readonly activate: number;
  readonly cpu: number;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-load-'));
  try {
    const builds = await productionBuilds();
    const entries = builds.filter(
      ({ entryPoints }) =>
        Array.isArray(entryPoints) && entryPoints.some(entry => entry === 'src/extension.ts'),
    );
    const desktop = entries.find(({ platform }) => platform === 'node');
    const browser = entries.find(({ platform }) => platform === 'browser');
    if (!desktop || !browser) throw new Error('A build is missing.');
    const outdir = join(folder, 'dist');
    const { metafile } = await build({ ...desktop, outdir, metafile: true });
    writeStandIn(join(folder, 'node_modules', 'vscode'));
    writeFileSync(join(folder, 'empty.mjs'), 'export function activate() {}\n');
    writeFileSync(join(folder, 'measure.mjs'), MEASURE);
    const rounds: Load[] = [];
    const floors: Load[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      floors.push(measured(folder, 'empty.mjs'));
      rounds.push(measured(folder, join('dist', 'extension.mjs')));
    }
    print('floor: import an empty module', medianOf(floors, 'load'));
    print('load the entry', medianOf(rounds, 'load'));
    print('activate()', medianOf(rounds, 'activate'));
    const both = rounds.map(({ load, activate }) => load + activate);
    print('both', quantile(both, 0.5));
    print('both, CPU', medianOf(rounds, 'cpu'));

    const sizes = sizesOf(metafile.outputs);
    for (const [name, bytes] of sizes) {
      console.log(`  ${name.padEnd(52)} ${(bytes / 1000).toFixed(0).padStart(9)} kB`);
    }
    const outfile = join(folder, 'browser.js');
    await build({ ...browser, outfile });
    console.log(
      `  ${'browser entry, in one file'.padEnd(52)} ${(statSync(outfile).size / 1000).toFixed(0).padStart(9)} kB`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns the build options of the package. Imported dynamically, because the module finds the project by its path. */
async function productionBuilds(): Promise<readonly BuildOptions[]> {
  const path = join(process.cwd(), 'scripts', 'lib', 'bundles.mjs');
  const { productBuilds } = (await import(path)) as typeof bundles;
  return productBuilds({ production: true });
}

type Outputs = Readonly<
  Record<
    string,
    {
      readonly bytes: number;
      readonly entryPoint?: string;
      readonly imports: readonly { readonly path: string; readonly kind: string }[];
    }
  >
>;

/** Returns the bytes that the entry of the extension loads at once, that it loads later, and all of them. */
function sizesOf(outputs: Outputs): readonly (readonly [string, number])[] {
  const entry = Object.keys(outputs).find(path => outputs[path]?.entryPoint === 'src/extension.ts');
  if (entry === undefined) throw new Error('The build has no entry for the extension.');
  const reach = (kinds: readonly string[]): number => {
    const reached = new Set<string>();
    const pending = [entry];
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      const output = outputs[path];
      if (!output || reached.has(path)) continue;
      reached.add(path);
      pending.push(...output.imports.filter(({ kind }) => kinds.includes(kind)).map(i => i.path));
    }
    return [...reached].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  };
  const atOnce = reach(['import-statement']);
  const all = reach(['import-statement', 'dynamic-import']);
  return [
    ['entry, with what it imports at once, minified', atOnce],
    ['loaded when it is first needed', all - atOnce],
  ];
}

const MEASURE = `
const modules = ['child_process', 'crypto', 'events', 'fs', 'fs/promises', 'http', 'module', 'net', 'os', 'path', 'stream', 'url', 'util', 'zlib'];
for (const name of modules) await import('node:' + name);
await import('vscode');
const memento = { get: () => undefined, update: async () => {}, keys: () => [] };
const before = process.cpuUsage();
const start = performance.now();
const { activate } = await import(new URL(process.argv[2], import.meta.url));
const loaded = performance.now();
activate({ subscriptions: [], extension: { packageJSON: {} }, extensionUri: {}, workspaceState: memento, globalState: memento });
const activated = performance.now();
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ load: loaded - start, activate: activated - loaded, cpu: (user + system) / 1000 }));
process.exit(0);
`;

function measured(folder: string, entry: string): Load {
  const output = execFileSync(process.execPath, [join(folder, 'measure.mjs'), `./${entry}`], {
    encoding: 'utf8',
  });
  return JSON.parse(output) as Load;
}

/** Writes a package that exports every name of VS Code's API as a value that can be called, constructed and read. */
function writeStandIn(folder: string): void {
  const types = join(process.cwd(), 'node_modules', '@types', 'vscode', 'index.d.ts');
  const declared = readFileSync(types, 'utf8').matchAll(
    /^\s{1,4}export (?:abstract )?(?:namespace|class|enum|const|function) (\w+)/gm,
  );
  const names = new Set([...declared].map(([, name = '']) => name));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'vscode', type: 'module', exports: './index.js' }),
  );
  writeFileSync(
    join(folder, 'index.js'),
    `const empty = { [Symbol.toPrimitive]: () => '', [Symbol.iterator]: () => [][Symbol.iterator](), then: undefined, workspaceFolders: undefined };
const anything = new Proxy(function () {}, {
  get: (_, key) => (key in empty ? empty[key] : anything),
  apply: () => anything,
  construct: () => anything,
});
${[...names].map(name => `export const ${name === 'default' ? '_default' : name} = anything;`).join('\n')}
`,
  );
}

function medianOf(rounds: readonly Load[], key: keyof Load): number {
  return quantile(
    rounds.map(round => round[key]),
    0.5,
  );
}

function print(name: string, milliseconds: number): void {
  console.log(`  ${name.padEnd(52)} ${milliseconds.toFixed(1).padStart(9)} ms`);
}

void main();

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { OLDEST_NODE, serverBundleOptions } from './bundles.mjs';
import { StepFailure } from './failure.mjs';
import { flattenDeclarations } from './flattenDeclarations.mjs';
import { generateSources } from './generated.mjs';
import { withLock } from './lock.mjs';
import { inProject } from './project.mjs';
import { run, runNode } from './processes.mjs';
import { hashInputs } from './shippedFiles.mjs';
import { step } from './steps.mjs';

/** The package as a folder, as npm would unpack it. */
export const apiFolder = inProject('out', 'callboard-api');

/** Version of the package: that of Callboard. */
const { version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));

/** The package as a file, beside the .vsix. */
export const apiTarball = inProject('out', `callboard-api-${version}.tgz`);

/** Report of the package's declarations, which is compared with the one in docs/api. */
export const apiReport = inProject('out', 'callboard-api-report.txt');

const HEADER = "// Callboard's plugin API, version 1. Generated from its sources; see README.md.";

/** Name of a file of the package for each entry, with the sources of its declarations and code. */
const entries = [
  { name: 'index', types: 'api/index', code: 'src/api/index.ts' },
  {
    name: 'vscode',
    types: 'api/vscode/getCallboardApi',
    code: 'src/api/vscode/getCallboardApi.ts',
  },
  { name: 'testing', types: 'testing/contract', code: 'src/testing/index.ts' },
];

/**
 * Builds the npm package `@callboard/api` into `apiFolder` and packs it as `apiTarball`: rolled declarations, ES modules,
 * CommonJS, README and license. Does nothing when both are up to date.
 */
export async function packApi() {
  await withLock(inProject('out', 'callboard-api.lock'), async () => {
    await generateSources();
    const record = join(inProject('out'), 'callboard-api.hash');
    const inputs = hashInputs();
    const isCurrent = existsSync(record) && readFileSync(record, 'utf8') === inputs;
    if (isCurrent && existsSync(apiTarball) && existsSync(apiFolder)) return;
    rmSync(record, { force: true });
    await step('Packing @callboard/api', async note => {
      await build();
      await pack();
      note(`${apiTarball} (${Math.ceil(statSync(apiTarball).size / 1024)} kB)`);
    });
    writeFileSync(record, inputs);
  });
}

async function build() {
  rmSync(apiFolder, { recursive: true, force: true });
  mkdirSync(apiFolder, { recursive: true });
  await writeDeclarations();
  await bundle();
  writeFileSync(join(apiFolder, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`);
  cpSync(inProject('docs', 'api', 'README.md'), join(apiFolder, 'README.md'));
  for (const file of ['LICENSE', 'NOTICE', 'ThirdPartyNotices.txt']) {
    cpSync(inProject(file), join(apiFolder, file));
  }
}

async function pack() {
  const target = mkdtempSync(inProject('out', 'api-'));
  try {
    const options = ['pack', '--ignore-scripts', '--offline', '--pack-destination', target];
    const { code, output } = await run('npm', options, { cwd: apiFolder });
    if (code !== 0) throw new StepFailure(`@callboard/api could not be packed.\n${output}`);
    renameSync(join(target, `callboard-api-${version}.tgz`), apiTarball);
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

function manifest() {
  /** @param {string} name */
  const both = name => ({
    import: { types: `./${name}.d.ts`, default: `./${name}.js` },
    require: { types: `./${name}.d.cts`, default: `./${name}.cjs` },
  });
  return {
    name: '@callboard/api',
    version,
    description: 'The plugin API of Callboard, the developer portal in VS Code',
    license: 'Apache-2.0',
    keywords: ['backstage', 'callboard', 'developer portal', 'vscode'],
    type: 'module',
    sideEffects: false,
    engines: { node: `>=${OLDEST_NODE}` },
    main: './index.cjs',
    module: './index.js',
    types: './index.d.ts',
    exports: {
      '.': both('index'),
      './vscode': both('vscode'),
      './testing': { types: './testing.d.ts', default: './testing.js' },
      './package.json': './package.json',
    },
    // For compilers that don't read `exports`.
    typesVersions: { '*': { vscode: ['./vscode.d.ts'], testing: ['./testing.d.ts'] } },
  };
}

async function writeDeclarations() {
  const emitted = inProject('out', 'api-types');
  rmSync(emitted, { recursive: true, force: true });
  mkdirSync(emitted, { recursive: true });
  const project = join(emitted, 'tsconfig.json');
  writeFileSync(
    project,
    JSON.stringify({
      extends: '../../tsconfig.json',
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        allowJs: false,
        checkJs: false,
        lib: ['ES2023', 'WebWorker'],
        types: ['vscode'],
        rootDir: '../../src',
        outDir: '.',
      },
      files: entries.map(({ types }) => `../../src/${types}.ts`),
      include: [],
    }),
  );
  const tsc = inProject('node_modules', 'typescript-native', 'bin', 'tsc');
  const { code, output } = await runNode(tsc, ['-p', project], { cwd: inProject() });
  if (code !== 0) throw new StepFailure(`The declarations of the API do not compile.\n${output}`);
  // The compiler doesn't emit declaration files again.
  cpSync(inProject('src', 'model', 'generated'), join(emitted, 'model', 'generated'), {
    recursive: true,
    filter: source => !/(\.js|schemas|stamp)$/.test(source),
  });
  const index = join(emitted, 'api', 'index.d.ts');
  /** @type {string[]} */
  const report = [];
  for (const { name, types } of entries) {
    const base = name === 'index' ? undefined : { entry: index, specifier: './index.js' };
    const { flat, reported } = flattenDeclarations(join(emitted, `${types}.d.ts`), base);
    report.push(`# @callboard/api${name === 'index' ? '' : `/${name}`}`, reported);
    const text = `${HEADER}\n\n${flat}\n\nexport {};\n`;
    writeFileSync(join(apiFolder, `${name}.d.ts`), text);
    if (name !== 'testing') {
      const commonJs = text.replaceAll("'./index.js'", "'./index.cjs'");
      writeFileSync(join(apiFolder, `${name}.d.cts`), commonJs);
    }
  }
  writeFileSync(apiReport, `${report.join('\n\n')}\n`);
  rmSync(emitted, { recursive: true, force: true });
}

async function bundle() {
  const esbuild = await import('esbuild');
  /** @type {import('esbuild').BuildOptions} */
  const shared = {
    absWorkingDir: inProject(),
    bundle: true,
    platform: 'neutral',
    target: 'es2022',
    mainFields: ['module', 'main'],
    external: ['vscode'],
    legalComments: 'none',
    logLevel: 'warning',
    // Not minified, because users of a library step through it.
    minify: false,
  };
  for (const { name, code } of entries.slice(0, 2)) {
    const entryPoints = [code];
    const file = join(apiFolder, name);
    await esbuild.build({ ...shared, entryPoints, format: 'esm', outfile: `${file}.js` });
    await esbuild.build({ ...shared, entryPoints, format: 'cjs', outfile: `${file}.cjs` });
  }
  const testing = entries[2];
  await esbuild.build({
    ...shared,
    ...serverBundleOptions,
    entryPoints: [{ in: testing?.code ?? '', out: 'testing' }],
    outdir: apiFolder,
    chunkNames: 'testing/[name]-[hash]',
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: `node${OLDEST_NODE}`,
    minifySyntax: true,
    minifyWhitespace: true,
    alias: { yaml: inProject('node_modules', 'yaml', 'browser', 'index.js') },
    banner: {
      js: "const require=process.getBuiltinModule('module').createRequire(import.meta.url);",
    },
  });
}

import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { OLDEST_NODE } from './bundles.mjs';
import { StepFailure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { commonFields, legalFiles, packFolder } from './npmPackage.mjs';
import { buildPackage, packageFolder, packageMetafiles } from './packageExtension.mjs';
import { inProject } from './project.mjs';
import { filesBelow } from './shippedFiles.mjs';
import { step } from './steps.mjs';

const manifest = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));

/** The npm package `callboard` as a folder, as npm unpacks it. */
const cliFolder = inProject('out', 'callboard-cli');

/** The npm package `callboard` as a file, beside the .vsix. */
export const cliTarball = inProject('out', `callboard-${manifest.version}.tgz`);

/** The maximum size of the installed package, in bytes. */
const MAX_SIZE = 10_000_000;

/** Outputs that the command line starts with. All others are found through their imports. */
const entries = [
  'dist/cli.js',
  'dist/cli.mjs',
  'dist/worker.mjs',
  'dist/pluginWorker.mjs',
  'dist/modelExporter.mjs',
  // Loaded by pages of built docs.
  'dist/webview/site.js',
  'dist/webview/site.css',
];

/**
 * Builds the npm package `callboard`, the command line without the extension, and packs it as `cliTarball`. Does nothing if
 * it is up to date.
 */
export async function packCli() {
  await withLock(inProject('out', 'callboard-cli.lock'), async () => {
    const inputs = await buildPackage();
    const record = inProject('out', 'callboard-cli.hash');
    if (existsSync(cliTarball) && existsSync(record) && readFileSync(record, 'utf8') === inputs)
      return;
    rmSync(record, { force: true });
    await step('Packing the npm package callboard', async note => {
      await writePackage();
      await packFolder(cliFolder, cliTarball);
      note(`${cliTarball} (${Math.ceil(statSync(cliTarball).size / 1024)} kB)`);
    });
    writeFileSync(record, inputs);
  });
}

async function writePackage() {
  rmSync(cliFolder, { recursive: true, force: true });
  mkdirSync(cliFolder, { recursive: true });
  const templates = filesBelow(join(packageFolder, 'templates')).map(file => `templates/${file}`);
  const shipped = [
    ...reachedOutputs(await packageMetafiles()),
    ...templates,
    ...legalFiles,
    'docs/problems.md',
  ];
  for (const file of shipped) cpSync(join(packageFolder, file), join(cliFolder, file));
  cpSync(inProject('docs', 'npm', 'README.md'), join(cliFolder, 'README.md'));
  writeFileSync(
    join(cliFolder, 'package.json'),
    `${JSON.stringify(cliManifest(), undefined, 2)}\n`,
  );
  const size = filesBelow(cliFolder).reduce(
    (sum, file) => sum + statSync(join(cliFolder, file)).size,
    0,
  );
  if (size > MAX_SIZE) {
    throw new StepFailure(`The npm package callboard has ${size} bytes, more than ${MAX_SIZE}.`, {
      advice: 'Find out what has grown in out/callboard-cli.',
    });
  }
}

/** Everything is bundled, so the package has no dependencies and no scripts. */
function cliManifest() {
  return {
    name: 'callboard',
    description:
      'Validate, search and show a Backstage software catalog on the command line and in CI',
    ...commonFields(manifest),
    keywords: manifest.keywords,
    engines: { node: `>=${OLDEST_NODE}` },
    bin: { callboard: 'dist/cli.js' },
  };
}

/**
 * Returns the outputs that the entries load, directly or indirectly.
 *
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {readonly string[]} paths relative to the project
 */
function reachedOutputs(metafiles) {
  const outputs = new Map(metafiles.flatMap(({ outputs: some }) => Object.entries(some)));
  const reached = new Set(entries);
  // Iterating a set includes values that are added meanwhile.
  for (const path of reached) {
    const output = outputs.get(path);
    if (!output) throw new StepFailure(`${path} is not built.`);
    for (const { path: imported, external } of output.imports) if (!external) reached.add(imported);
  }
  return [...reached];
}

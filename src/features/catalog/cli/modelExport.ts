import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { stringify as stringifyYaml } from 'yaml';
import { isRecord, parsedJson } from '../../../base';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { plural } from '../../../cli/output/problems';
import { printable } from '../../../cli/output/style';
import { defaultLayerIds } from '../../../model/layers';
import {
  fileUriToPath,
  loadOutputFolder,
  nodePrograms,
  pathToFileUri,
} from '../../../platform/node';

/** Entries of a Backstage's backend, relative to its repository or its own package. */
const ENTRIES = [
  'packages/backend/src/index.ts',
  'packages/backend/src/index.js',
  'packages/backend/dist/index.cjs.js',
  'src/index.ts',
  'src/index.js',
  'index.js',
];

/** In milliseconds. Loading all plugins of a backend takes a few seconds. */
const DEADLINE = 120_000;
/** Maximum bytes of all layers. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/** `callboard model export`: runs a Backstage's modules and writes the layers that they register. */
export const runModelExport: RunCommand = async ({ positionals, options }, context) => {
  const { cwd, terminal } = context;
  const [directory = '.'] = positionals;
  const out = options.get('out')?.at(-1);
  if (out === undefined) {
    throw new UsageError(
      'model export needs --out OUT: callboard model export DIR --out OUT --run',
    );
  }
  const entry = await findEntry(directory, context);
  if (!options.has('run')) {
    throw new UsageError(
      `model export would run ${entry.path} and all that it imports, with your rights. Add --run to run it`,
    );
  }
  const result = await exportedBy(entry.file, context);
  for (const message of result.skipped) terminal.writeError(printable(message));
  const own = result.layers.filter(({ layerId }) => !isDefault(layerId));
  const files = namedFiles(own);
  const { NodeOutputFolder } = await loadOutputFolder();
  const folder = new NodeOutputFolder(resolve(cwd, out));
  for (const [name, layer] of files) {
    await folder.write(name, new TextEncoder().encode(stringifyYaml(layer)));
    terminal.write(`${printable(`${out}/${name}`)}\n`);
  }
  const modules = plural(result.modules.length, 'module');
  terminal.writeError(
    `${plural(files.size, 'layer')} written, of ${modules} that extend the model`,
  );
  return exitCodes.ok;
};

interface Entry {
  /** Absolute path. */
  readonly file: string;
  /** As shown to the user. */
  readonly path: string;
}

async function findEntry(directory: string, { cwd, fileSystem }: CommandContext): Promise<Entry> {
  for (const entry of ENTRIES) {
    const file = resolve(cwd, directory, entry);
    const stat = await fileSystem.stat(pathToFileUri(file));
    if (stat?.type === 'file') {
      return { file, path: directory === '.' ? entry : `${directory}/${entry}` };
    }
  }
  throw new UsageError(`${directory} has no backend of a Backstage: no ${ENTRIES[0]}`);
}

interface Layer {
  readonly layerId: string;
  readonly ops: readonly unknown[];
}

interface Exported {
  readonly layers: readonly Layer[];
  readonly modules: readonly string[];
  readonly skipped: readonly string[];
}

/** @throws UsageError with the output of the process */
async function exportedBy(
  entry: string,
  { modelExporter, signal, terminal }: CommandContext,
): Promise<Exported> {
  if (modelExporter === undefined) throw new UsageError("model export isn't available here");
  const mark = `\n${randomUUID()}\n`;
  terminal.showProgress('Running the modules of the backend');
  const result = await nodePrograms.run(process.execPath, {
    args: ['--disable-warning=ExperimentalWarning', fileUriToPath(modelExporter), entry, mark],
    input: '',
    environment: { NODE_ENV: 'development' },
    timeout: DEADLINE,
    maxOutput: MAX_OUTPUT,
    signal,
  });
  terminal.showProgress(undefined);
  if (result.type === 'timeout') {
    throw new UsageError(`The modules took longer than ${DEADLINE / 1000} s`);
  }
  if (result.type !== 'ended') throw new UsageError("The modules' layers can't be read");
  const [, text = ''] = result.output.split(mark);
  const exported = readExported(parsedJson(text));
  if (exported) return exported;
  throw new UsageError(`The modules failed: ${reasonIn(result.errors)}`);
}

function readExported(value: unknown): Exported | undefined {
  if (!isRecord(value)) return undefined;
  const { layers, modules, skipped } = value;
  if (!Array.isArray(layers) || !isTexts(modules) || !isTexts(skipped)) return undefined;
  return { layers: layers.filter(isLayer), modules, skipped };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(item => typeof item === 'string');

const isLayer = (value: unknown): value is Layer =>
  isRecord(value) && typeof value['layerId'] === 'string' && Array.isArray(value['ops']);

const isDefault = (id: string): boolean =>
  Object.values(defaultLayerIds).some(known => known === id);

/** Returns the line with the error in what a process printed. */
function reasonIn(errors: string): string {
  const lines = errors.split('\n').map(line => line.trim());
  return lines.find(line => /^\w*Error\b/.test(line)) ?? lines.find(Boolean) ?? 'no layers';
}

/** Returns layers by the names of their files; of two with one id, the last. */
function namedFiles(layers: readonly Layer[]): ReadonlyMap<string, Layer> {
  const byId = new Map(layers.map(({ layerId, ops }) => [layerId, { layerId, ops }]));
  const files = new Map<string, Layer>();
  for (const [id, layer] of byId) {
    const base =
      id
        .toLowerCase()
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/^[.-]+/, '') || 'layer';
    let name = `${base}.yaml`;
    for (let count = 2; files.has(name); count++) name = `${base}-${count}.yaml`;
    files.set(name, layer);
  }
  return files;
}

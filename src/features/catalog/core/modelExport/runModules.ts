import {
  failure,
  isRecord,
  joinUri,
  ok,
  parsedJson,
  type Result,
  translate,
} from '../../../../base';
import { defaultLayerIds } from '../../../../model/layers';
import type { FileSystem, ProgramRunner } from '../../../../platform/core/ports';

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

/** The entry of a backend. */
export interface BackendEntry {
  /** URI. */
  readonly file: string;
  /** Path relative to the repository. */
  readonly path: string;
}

/**
 * Finds the entry of the backend in the repository of a Backstage.
 *
 * @param repository - URI of a folder
 * @returns the path of the first candidate if there is none
 */
export async function findBackendEntry(
  repository: string,
  fileSystem: Pick<FileSystem, 'stat'>,
): Promise<Result<BackendEntry>> {
  for (const path of ENTRIES) {
    const file = joinUri(repository, path);
    if ((await fileSystem.stat(file))?.type === 'file') return ok({ file, path });
  }
  return failure(ENTRIES[0] ?? '');
}

/** The program that runs the modules of a backend, `src/modelExporter.ts`. */
export interface ModelExporter {
  readonly programs: ProgramRunner;
  /** The Node executable, with the variables that make it run as Node. */
  readonly node: { readonly path: string; readonly environment: Readonly<Record<string, string>> };
  /** Path of the program's script. */
  readonly script: string;
}

/** A layer as a module registers it; its operations are unchecked. */
export interface ExportedLayer {
  readonly layerId: string;
  readonly ops: readonly unknown[];
}

/** The model that the modules of a backend register. */
export interface ExportedModel {
  /** The layers, without those of Backstage itself. */
  readonly layers: readonly ExportedLayer[];
  /** Modules that extend the model. */
  readonly modules: readonly string[];
  /** Messages about features that weren't run. */
  readonly skipped: readonly string[];
}

/**
 * Runs the entry of a backend and the modules that extend the catalog model, with the user's rights: only after the
 * user agreed.
 *
 * @throws AbortError when the signal is aborted; the processes have ended then
 */
export async function runModules(
  entry: BackendEntry,
  { programs, node, script }: ModelExporter,
  signal: AbortSignal,
): Promise<Result<ExportedModel>> {
  const mark = `\n${crypto.randomUUID()}\n`;
  const result = await programs.run(node.path, {
    args: ['--disable-warning=ExperimentalWarning', script, entry.file, mark],
    input: '',
    environment: { ...node.environment, NODE_ENV: 'development' },
    timeout: DEADLINE,
    maxOutput: MAX_OUTPUT,
    signal,
  });
  if (result.type === 'timeout') {
    return failure(translate('The modules took longer than {0} s', DEADLINE / 1000));
  }
  if (result.type !== 'ended') return failure(translate("The modules' layers can't be read"));
  const [, text = ''] = result.output.split(mark);
  const exported = readExported(parsedJson(text));
  return exported
    ? ok(exported)
    : failure(translate('The modules failed: {0}', reasonIn(result.errors)));
}

function readExported(value: unknown): ExportedModel | undefined {
  if (!isRecord(value)) return undefined;
  const { layers, modules, skipped } = value;
  if (!Array.isArray(layers) || !isTexts(modules) || !isTexts(skipped)) return undefined;
  const own = layers.filter(isLayer).filter(({ layerId }) => !isDefault(layerId));
  return { layers: own, modules, skipped };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(item => typeof item === 'string');

const isLayer = (value: unknown): value is ExportedLayer =>
  isRecord(value) && typeof value['layerId'] === 'string' && Array.isArray(value['ops']);

const isDefault = (id: string): boolean =>
  Object.values(defaultLayerIds).some(known => known === id);

/** Returns the line with the error in what a process printed. */
function reasonIn(errors: string): string {
  const lines = errors.split('\n').map(line => line.trim());
  return lines.find(line => /^\w*Error\b/.test(line)) ?? lines.find(Boolean) ?? 'no layers';
}

import type { CatalogService, FilesService, Problem, Severity, Translate } from '../../../../api';
import {
  type DefinitionCheckerDeps,
  definitionSeverities,
  type DefinitionProblemCache,
} from '../../core';
import { DefinitionChecks } from './definitionChecks';
import { isApi } from './openApis';

export interface DefinitionsCheckOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?:
    | ((progress: {
        readonly phase: 'apis';
        readonly done: number;
        readonly total: number;
      }) => void)
    | undefined;
}

/**
 * Returns the problems of the definitions of all APIs of a catalog, once.
 *
 * @throws the signal's reason when it is aborted
 */
export async function problemsOfDefinitions(
  deps: {
    readonly catalog: CatalogService;
    readonly files: Pick<FilesService, 'readFile'>;
    /** Threads to check definitions in. */
    readonly workers?: DefinitionCheckerDeps['workers'];
    /** Caches the problems of definitions. */
    readonly cache?: DefinitionProblemCache | undefined;
    /** The user's severities: if all codes of definitions are off, nothing is read. */
    readonly severities?: Readonly<Record<string, Severity | 'off'>>;
    readonly translate: Translate;
  },
  { signal, onProgress }: DefinitionsCheckOptions = {},
): Promise<readonly Problem[]> {
  const { catalog, severities, cache } = deps;
  const { 'definition-not-checked': _, ...found } = definitionSeverities;
  if (Object.keys(found).every(code => severities?.[code] === 'off')) return [];
  const checks = new DefinitionChecks(deps);
  const refs = catalog.getEntityRefs().filter(isApi);
  const byFile = new Map<string, string[]>();
  for (const ref of refs) {
    const file = catalog.getEntitySource(ref)?.file ?? '';
    const apis = byFile.get(file);
    if (apis) apis.push(ref);
    else byFile.set(file, [ref]);
  }
  let done = 0;
  const checkFile = async ([uri, apis]: readonly [string, readonly string[]]): Promise<void> => {
    const files = readingOnce(uri, deps.files);
    await forEach(apis, APIS_AT_A_TIME, async ref => {
      signal?.throwIfAborted();
      await checks.check(ref, { files, signal });
      onProgress?.({ phase: 'apis', done: ++done, total: refs.length });
    });
  };
  onProgress?.({ phase: 'apis', done, total: refs.length });
  await forEach(
    [...byFile].sort(([a], [b]) => (a < b ? -1 : 1)),
    FILES_AT_A_TIME,
    checkFile,
  );
  await cache?.save();
  return [...checks.problems().values()].flat();
}

/** Enough to keep threads busy, and few enough that their definitions fit in memory. */
const FILES_AT_A_TIME = 64;
const APIS_AT_A_TIME = 8;

/**
 * Returns files that cache one of them. Other files, such as those with the definitions, aren't cached: together they
 * can have gigabytes.
 */
function readingOnce(
  uri: string,
  files: Pick<FilesService, 'readFile'>,
): Pick<FilesService, 'readFile'> {
  let bytes: Promise<Uint8Array> | undefined;
  return {
    readFile: wanted => (wanted === uri ? (bytes ??= files.readFile(uri)) : files.readFile(wanted)),
  };
}

/** Calls a function for each item, several at a time. @throws the first error */
async function forEach<T>(
  items: readonly T[],
  most: number,
  run: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const next = async (): Promise<void> => {
    for (const item of left) await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, next));
}

import type { CatalogService, FilesService, Problem, Severity } from '../../../../api';
import type { Translate } from '../../../../base';
import { definitionSeverities } from '../outline/outline';
import { ApiDefinitions } from './apiDefinitions';
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
 * Problems of the definitions of all APIs of a catalog, for callers that ask once.
 *
 * @throws the signal's reason when it is aborted
 */
export async function problemsOfDefinitions(
  deps: {
    readonly catalog: CatalogService;
    readonly files: Pick<FilesService, 'readFile'>;
    /** Nothing is read where all codes of definitions are off. */
    readonly severities?: Readonly<Record<string, Severity | 'off'>>;
    readonly translate: Translate;
  },
  { signal, onProgress }: DefinitionsCheckOptions = {},
): Promise<readonly Problem[]> {
  const { catalog, severities } = deps;
  if (Object.keys(definitionSeverities).every(code => severities?.[code] === 'off')) return [];
  const files = new OneFileAtATime(deps.files);
  const definitions = new ApiDefinitions({ ...deps, files });
  const checks = new DefinitionChecks({ ...deps, definitions });
  const apis = catalog
    .getEntityRefs()
    .filter(isApi)
    .map(ref => ({ ref, file: catalog.getEntitySource(ref)?.file ?? '' }));
  apis.sort((a, b) => (a.file < b.file ? -1 : 1));
  for (const [done, { ref, file }] of apis.entries()) {
    signal?.throwIfAborted();
    onProgress?.({ phase: 'apis', done, total: apis.length });
    files.keep(file);
    await checks.check(ref, { signal });
  }
  return [...checks.problems().values()].flat();
}

/** Reads one file no more than once, as long as it is the one to keep: of all, there may be gigabytes. */
class OneFileAtATime implements Pick<FilesService, 'readFile'> {
  readonly #files: Pick<FilesService, 'readFile'>;
  #uri = '';
  #bytes: Promise<Uint8Array> | undefined;

  constructor(files: Pick<FilesService, 'readFile'>) {
    this.#files = files;
  }

  keep(uri: string): void {
    if (uri === this.#uri) return;
    this.#uri = uri;
    this.#bytes = undefined;
  }

  readFile(uri: string): Promise<Uint8Array> {
    if (uri !== this.#uri) return this.#files.readFile(uri);
    return (this.#bytes ??= this.#files.readFile(uri));
  }
}

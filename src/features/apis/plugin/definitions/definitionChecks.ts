import {
  type CatalogService,
  EMPTY_RANGE,
  type Entity,
  type EntitySource,
  entityType,
  type FilesService,
  hashText,
  runInSlices,
  LineIndex,
  type Problem,
  type Translate,
} from '../../../../api';
import {
  DefinitionChecker,
  type DefinitionCheckerDeps,
  definitionOf,
  type DefinitionPlaces,
  type DefinitionProblem,
  definitionSeverities,
  findSource,
  placesInTwin,
  placesOf,
  readDocument,
  definitionKey,
} from '../../core';
import type { OpenText } from './openApis';

export interface DefinitionChecksDeps extends DefinitionCheckerDeps {
  readonly catalog: Pick<CatalogService, 'getEntityByRef' | 'getEntitySource' | 'loadEntity'>;
  readonly files: Pick<FilesService, 'readFile'>;
}

export interface CheckOptions {
  /** Files to read from; default: those of the deps. */
  readonly files?: Pick<FilesService, 'readFile'> | undefined;
  /** Open texts besides the descriptor that the API depends on. */
  readonly texts?: readonly OpenText[] | undefined;
  /** Whether a file may have moved lines, or changed during the last check, without a change of the entity. */
  readonly mayHaveMoved?: boolean;
  readonly signal?: AbortSignal | undefined;
}

interface Checked {
  /** Hash of all inputs of the problems; undefined if the files were newer than the catalog. */
  readonly key: string | undefined;
  readonly result: DefinitionResult | undefined;
  readonly problems: readonly Problem[];
  /** Hash of the problems and places, regardless of the API. */
  readonly problemsHash: string;
}

/** Problems of a definition in a descriptor or in its own file. */
interface DefinitionResult {
  readonly key: string;
  readonly found: readonly DefinitionProblem[];
}

interface Found {
  readonly problems: readonly Problem[];
  /** Undefined if there is no definition, or if its file is newer than the catalog. */
  readonly result?: DefinitionResult;
  readonly isNewer?: boolean;
}

/** The maximum number of reported problems. */
const MOST_PROBLEMS = 2_000;

/** Problems of API definitions; each definition is checked again only after a change. */
export class DefinitionChecks {
  #deps: DefinitionChecksDeps;
  readonly #checker: DefinitionChecker;
  #checked = new Map<string, Checked>();

  constructor(deps: DefinitionChecksDeps) {
    this.#deps = deps;
    this.#checker = new DefinitionChecker(deps);
  }

  /** Checks an API again, or forgets it if it is gone. */
  async check(
    ref: string,
    { texts = [], mayHaveMoved = false, files = this.#deps.files, signal }: CheckOptions = {},
  ): Promise<void> {
    const { catalog } = this.#deps;
    const entity = catalog.getEntityByRef(ref);
    if (!entity) {
      this.#checked.delete(ref);
      return;
    }
    const source = catalog.getEntitySource(ref);
    const key = hashText(JSON.stringify([checkedFieldsOf(entity), source, texts]));
    const known = this.#checked.get(ref);
    const isMoved = mayHaveMoved && known !== undefined && known.problems.length > 0;
    if (known?.key === key && !isMoved) return;
    const { problems, result, isNewer }: Found = source
      ? await this.#problemsOf(ref, { entity, source, files, last: known?.result, signal })
      : { problems: [] };
    this.#checked.set(ref, {
      key: isNewer ? undefined : key,
      result,
      problemsHash: hashText(JSON.stringify(problems)),
      problems: problems.map(problem => ({
        ...problem,
        entityRef: ref,
        ...(problem.file === source?.file && { document: source?.document }),
      })),
    });
  }

  async #problemsOf(
    ref: string,
    {
      entity,
      source,
      files,
      last,
      signal,
    }: {
      readonly entity: Entity;
      readonly source: EntitySource;
      readonly files: Pick<FilesService, 'readFile'>;
      /** The result of the last check. */
      readonly last: DefinitionResult | undefined;
      readonly signal: AbortSignal | undefined;
    },
  ): Promise<Found> {
    const { catalog, translate } = this.#deps;
    const shortened = definitionOf(entity);
    if (shortened === undefined) return { problems: [] };
    const key = definitionKey(shortened, typeOf(entity));
    const known = last?.key === key ? last.found : await this.#checker.recall(key);
    if (known && !known.length) return { problems: [], result: { key, found: known } };
    const whole = await catalog.loadEntity(ref);
    signal?.throwIfAborted();
    if (!whole) return { problems: [], isNewer: true };
    const definition = definitionOf(whole);
    if (definition === undefined) return { problems: [], isNewer: true };
    // The file may have changed already, and the catalog not yet.
    const isSame = isShortenedTo(shortened, definition);
    const found =
      (isSame ? known : undefined) ??
      (await this.#checker.check(
        { definition, type: typeOf(whole) },
        { key: isSame ? key : undefined, signal },
      ));
    const outcome = isSame ? { result: { key, found } } : { isNewer: true };
    if (!found.length) return { ...outcome, problems: [] };
    // Looking for exact places could take as long.
    if (found.some(({ code }) => code === 'definition-not-checked')) {
      const { file, document, nameRange: range } = source;
      const problems = found.map(({ code, message }) => {
        return { code, severity: definitionSeverities[code], message, file, document, range };
      });
      return { ...outcome, problems };
    }
    const places = await placesIn(definition, { files, source, signal });
    const problems = definitionProblems(found, { ...places, text: definition, translate });
    return { ...outcome, problems };
  }

  /** Returns the problems by file URI, in the order of the APIs' refs. */
  problems(): ReadonlyMap<string, readonly Problem[]> {
    const byFile = new Map<string, Problem[]>();
    const reported = new Set<string>();
    const hashes = new Set<string>();
    const troubled = [...this.#checked].filter(([, { problems }]) => problems.length);
    for (const [, checked] of troubled.sort(([a], [b]) => (a < b ? -1 : 1))) {
      // Thousands of APIs may share a definition, whose problems need to be merged only once.
      if (hashes.has(checked.problemsHash)) continue;
      hashes.add(checked.problemsHash);
      for (const problem of checked.problems) {
        const { code, file, message, range } = problem;
        // Or APIs share a definition, but have different types.
        const key = JSON.stringify([code, file, message, range]);
        if (file === undefined || reported.has(key)) continue;
        if (reported.size === MOST_PROBLEMS) return byFile;
        reported.add(key);
        const problems = byFile.get(file);
        if (problems) problems.push(problem);
        else byFile.set(file, [problem]);
      }
    }
    return byFile;
  }
}

/** Returns the relevant values of an entity, in which long texts are shortened and end in a hash of the whole. */
function checkedFieldsOf({ spec }: Entity): readonly unknown[] {
  return [spec?.['type'], spec?.['definition'], spec?.['remotes']];
}

/** Returns the type in lowercase. */
function typeOf(entity: Entity): string {
  return (entityType(entity) ?? '').toLowerCase();
}

/** Whether an entity has a definition as `shortened`: long ones end in their hash. */
function isShortenedTo(shortened: string, definition: string): boolean {
  const [, hash] = /\n… \(\d+ more characters, (\w+)\)$/.exec(shortened) ?? [];
  return hash === undefined ? shortened === definition : hash === hashText(definition);
}

async function placesIn(
  definition: string,
  {
    files,
    source: entitySource,
    signal,
  }: {
    readonly files: Pick<FilesService, 'readFile'>;
    readonly source: EntitySource;
    readonly signal: AbortSignal | undefined;
  },
): Promise<DefinitionPlaces> {
  const source = await findSource({ files, definition, source: entitySource, signal });
  signal?.throwIfAborted();
  if (!source.twin) return placesOf(source);
  const root = (await runInSlices(readDocument(definition), signal))?.root;
  const twin = (await runInSlices(readDocument(source.twin.text), signal))?.root;
  const twins = root && twin && (await runInSlices(placesInTwin(root, twin), signal));
  signal?.throwIfAborted();
  return placesOf(source, twins);
}

/**
 * Adds places to the problems of a definition. A problem without an exact place names the line within the definition.
 */
export function definitionProblems(
  problems: readonly DefinitionProblem[],
  {
    locate,
    rangeOf,
    text,
    translate,
  }: DefinitionPlaces & { readonly text: string; readonly translate: Translate },
): readonly Problem[] {
  if (!problems.length) return [];
  const lines = new LineIndex(text);
  return problems.map(
    ({ code, severity = definitionSeverities[code], message, place }): Problem => {
      const { file, range: whole } = locate(place);
      const exact = rangeOf(place);
      const line = lines.positionAt(place.start).line + 1;
      return {
        code,
        severity,
        document: undefined,
        file: file || undefined,
        message: exact ? message : translate('Line {0} of the definition: {1}', line, message),
        // Only the start of the definition: otherwise all of it would be underlined.
        range: exact ?? (whole ? { start: whole.start, end: whole.start } : EMPTY_RANGE),
      };
    },
  );
}

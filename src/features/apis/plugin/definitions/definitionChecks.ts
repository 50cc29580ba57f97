import type { CatalogService, Entity, EntitySource, FilesService, Problem } from '../../../../api';
import { EMPTY_RANGE, hashText, LineIndex, type Translate } from '../../../../base';
import { entityType } from '../../../../model/presentation';
import { inSlices } from '../../../../platform/core';
import {
  DefinitionJudge,
  type DefinitionJudgeDeps,
  definitionOf,
  type DefinitionPlaces,
  type DefinitionProblem,
  definitionSeverities,
  findSource,
  placesInTwin,
  placesOf,
  readDocument,
  verdictKey,
} from '../../core';
import type { OpenText } from './openApis';

export interface DefinitionChecksDeps extends DefinitionJudgeDeps {
  readonly catalog: Pick<CatalogService, 'getEntityByRef' | 'getEntitySource' | 'loadEntity'>;
  readonly files: Pick<FilesService, 'readFile'>;
}

export interface CheckOptions {
  /** Where files are read from, unless from those of the deps. */
  readonly files?: Pick<FilesService, 'readFile'> | undefined;
  /** The open texts besides the descriptor that the API depends on. */
  readonly texts?: readonly OpenText[] | undefined;
  /** Whether files that it was put together of may have other lines now, and say the same. */
  readonly mayHaveMoved?: boolean;
  readonly signal?: AbortSignal | undefined;
}

interface Checked {
  /** Hash of all that the problems depend on. */
  readonly key: string;
  readonly problems: readonly Problem[];
  /** Hash of what they say and where, whichever API they are of. */
  readonly said: string;
}

/** So many are told at a time: of thousands of faults nobody reads the last. */
const MOST_PROBLEMS = 2_000;

/** What is wrong with the definitions of APIs; each is read again only when something of it changed. */
export class DefinitionChecks {
  #deps: DefinitionChecksDeps;
  readonly #judge: DefinitionJudge;
  #checked = new Map<string, Checked>();

  constructor(deps: DefinitionChecksDeps) {
    this.#deps = deps;
    this.#judge = new DefinitionJudge(deps);
  }

  /** Looks at an API again, or forgets it where it is gone. */
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
    const key = hashText(JSON.stringify([saidOf(entity), source, texts]));
    const known = this.#checked.get(ref);
    const isMoved = mayHaveMoved && known?.problems.some(({ file }) => file !== source?.file);
    if (known?.key === key && !isMoved) return;
    const problems = source ? await this.#problemsOf(ref, { entity, source, files, signal }) : [];
    this.#checked.set(ref, {
      key,
      said: hashText(JSON.stringify(problems)),
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
      signal,
    }: {
      readonly entity: Entity;
      readonly source: EntitySource;
      readonly files: Pick<FilesService, 'readFile'>;
      readonly signal: AbortSignal | undefined;
    },
  ): Promise<readonly Problem[]> {
    const { catalog, translate } = this.#deps;
    const shortened = definitionOf(entity);
    if (shortened === undefined) return [];
    const key = verdictKey(shortened, typeOf(entity));
    const known = await this.#judge.recall(key);
    if (known && !known.length) return [];
    const whole = await catalog.loadEntity(ref);
    signal?.throwIfAborted();
    if (!whole) return [];
    const definition = definitionOf(whole);
    if (definition === undefined) return [];
    // Its file may say something else by now, which is on the way to the catalog.
    const isSame = isShortenedTo(shortened, definition);
    const found =
      (isSame ? known : undefined) ??
      (await this.#judge.judge(
        { definition, type: typeOf(whole) },
        { key: isSame ? key : undefined, signal },
      ));
    if (!found.length) return [];
    const places = await placesIn(definition, { files, source, signal });
    return definitionProblems(found, { ...places, text: definition, translate });
  }

  /** By URI of the file, in the order of the APIs' refs. */
  problems(): ReadonlyMap<string, readonly Problem[]> {
    const byFile = new Map<string, Problem[]>();
    const told = new Set<string>();
    const said = new Set<string>();
    const troubled = [...this.#checked].filter(([, { problems }]) => problems.length);
    for (const [, checked] of troubled.sort(([a], [b]) => (a < b ? -1 : 1))) {
      // Thousands of APIs may have one definition: its problems are not held against those that are told each time.
      if (said.has(checked.said)) continue;
      said.add(checked.said);
      for (const problem of checked.problems) {
        const { code, file, message, range } = problem;
        // Or one but for their types.
        const key = JSON.stringify([code, file, message, range]);
        if (file === undefined || told.has(key)) continue;
        if (told.size === MOST_PROBLEMS) return byFile;
        told.add(key);
        const problems = byFile.get(file);
        if (problems) problems.push(problem);
        else byFile.set(file, [problem]);
      }
    }
    return byFile;
  }
}

/** Long texts are shortened in it, and end in a hash of the whole. */
function saidOf({ spec }: Entity): readonly unknown[] {
  return [spec?.['type'], spec?.['definition'], spec?.['remotes']];
}

/** In lower case. */
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
  const root = (await inSlices(readDocument(definition), signal))?.root;
  const twin = (await inSlices(readDocument(source.twin.text), signal))?.root;
  const twins = root && twin && (await inSlices(placesInTwin(root, twin), signal));
  signal?.throwIfAborted();
  return placesOf(source, twins);
}

/**
 * Puts the problems of a definition to their places. A problem without an exact place names the line within the
 * definition.
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

import type { CatalogService, Entity, Problem } from '../../../../api';
import { EMPTY_RANGE, hashText, LineIndex, type Translate } from '../../../../base';
import { definitionSeverities } from '../outline/outline';
import type { ApiDefinition, ApiDefinitions } from './apiDefinitions';
import type { OpenText } from './openApis';

export interface DefinitionChecksDeps {
  readonly catalog: Pick<CatalogService, 'getEntityByRef' | 'getEntitySource'>;
  readonly definitions: Pick<ApiDefinitions, 'load'>;
  readonly translate: Translate;
}

export interface CheckOptions {
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
  #checked = new Map<string, Checked>();

  constructor(deps: DefinitionChecksDeps) {
    this.#deps = deps;
  }

  /** Looks at an API again, or forgets it where it is gone. */
  async check(
    ref: string,
    { texts = [], mayHaveMoved = false, signal }: CheckOptions = {},
  ): Promise<void> {
    const { catalog, definitions, translate } = this.#deps;
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
    const definition = await definitions.load(ref, signal);
    const problems = definition ? definitionProblems(definition, translate) : [];
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

/**
 * Lists the problems of a definition with their places. A problem without an exact place names the line within the
 * definition.
 */
export function definitionProblems(
  { outline, text }: ApiDefinition,
  translate: Translate,
): readonly Problem[] {
  if (!outline?.problems.length) return [];
  const lines = new LineIndex(text ?? '');
  return outline.problems.map(
    ({ code, severity = definitionSeverities[code], message, place }): Problem => {
      const { file, range: whole } = outline.locate(place);
      const exact = outline.rangeOf(place);
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

import type { Problem } from '../../../../model';
import { atEntity, type CatalogProblemCode, createProblem } from '../problems/problemSeverities';
import type { DeferredEntity, TargetIssue } from './locations/processLocation';
import type { RefreshState, RefreshStateRow } from './refreshState';

const CODE_OF_ISSUE: Readonly<Record<TargetIssue['kind'], CatalogProblemCode>> = {
  missing: 'location-target-missing',
  unreadable: 'location-target-invalid',
  invalid: 'location-target-invalid',
  blocked: 'location-not-loaded',
  remote: 'location-not-read',
};

/** Returns the problems that depend on the whole state: of Locations, kinds and conflicts. */
export function problemsOfState(
  state: RefreshState,
  displayPath: (uri: string) => string,
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const row of state.rows()) {
    if (!row.outcome) continue;
    if (state.unstable.has(row.ref)) problems.push(unstableProblem(row));
    for (const issue of row.outcome.issues) {
      if (!isReportedForConfig(row, issue)) problems.push(issueProblem(row, issue, displayPath));
    }
    if (row.refused) problems.push(...refusalProblems(row, row.refused));
    if (!row.errors.length) problems.push(...conflictProblems(row, state, displayPath));
  }
  return withoutRepetitions(problems);
}

/** Whether the config already has a problem for the issue: for location types that only modules read. */
function isReportedForConfig({ document }: RefreshStateRow, { kind }: TargetIssue): boolean {
  return kind === 'remote' && !['file', 'url', undefined].includes(typeOf(document.specType));
}

function typeOf(specType: unknown): string | undefined {
  return typeof specType === 'string' ? specType : undefined;
}

function issueProblem(
  row: RefreshStateRow,
  { path, kind, error, advice, obstacle }: TargetIssue,
  displayPath: (uri: string) => string,
): Problem {
  const code = CODE_OF_ISSUE[kind];
  const kept = row.processed ? ' The previous version is still used.' : '';
  const where = obstacle ? ` because of ${displayPath(obstacle.file)}` : '';
  const message =
    kind === 'blocked'
      ? `Nothing of this Location is loaded${where}: ${error.message}.${kept}`
      : kind === 'remote'
        ? `${error.message} and was not read; its entities are missing here`
        : [error.message, ...(advice === undefined ? [] : [advice])].join('. ');
  const problem = createProblem(code, message, {
    ...atEntity(row.document, row.document.rangeOf(path)),
    ...(obstacle && {
      related: [{ message: error.message, file: obstacle.file, range: obstacle.range }],
    }),
  });
  return kind === 'remote' ? problem : { ...problem, severity: 'error' };
}

function unstableProblem({ document, ref }: RefreshStateRow): Problem {
  return createProblem(
    'location-unsettled',
    'This Location and another one alternately claim the same entity. Reference it from only one of them',
    atEntity({ ref, source: document.source }, document.rangeOf(['spec'])),
  );
}

function refusalProblems(row: RefreshStateRow, refused: DeferredEntity): readonly Problem[] {
  const { document } = refused;
  const message = row.errors.at(-1)?.message ?? '';
  const { source } = document;
  return [
    createProblem('kind-not-allowed', message, atEntity(document, document.kindRange)),
    createProblem('location-not-loaded', `Nothing of this Location is loaded: ${message}`, {
      ...atEntity(row.document, row.document.rangeOf(['spec'])),
      ...(source && {
        related: [{ message, file: source.file, range: document.kindRange }],
      }),
    }),
  ];
}

function conflictProblems(
  { outcome }: RefreshStateRow,
  state: RefreshState,
  displayPath: (uri: string) => string,
): readonly Problem[] {
  return (outcome?.deferred ?? []).flatMap(({ document, locationKey }): readonly Problem[] => {
    const winner = state.row(document.ref);
    if (!winner || winner.document === document) return [];
    const won = winner.document.source;
    const isRepeated = winner.locationKey === locationKey;
    if (isRepeated && won?.document === document.source?.document) return [];
    const where = won
      ? `${displayPath(won.file)}:${won.nameRange.start.line + 1}`
      : winner.locationKey;
    return [
      createProblem(
        'duplicate-entity',
        `Entity ${document.ref} is defined more than once; the one in ${where} takes precedence`,
        {
          ...atEntity(document),
          ...(won && {
            related: [
              { message: 'This definition takes precedence', file: won.file, range: won.nameRange },
            ],
          }),
        },
      ),
    ];
  });
}

/** Removes duplicates, such as of two Locations that reference the same file. */
function withoutRepetitions(problems: readonly Problem[]): readonly Problem[] {
  const byText = new Map<string, Problem>();
  for (const problem of problems) {
    const { code, message, file, range } = problem;
    byText.set(JSON.stringify([code, message, file, range]), problem);
  }
  return [...byText.values()];
}

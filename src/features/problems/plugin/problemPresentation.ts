import {
  basenameUri,
  commentSyntaxOf,
  type Problem,
  readEntityRef,
  type Severity,
  shortenEntityRef,
  type Translate,
  translateCount,
} from '../../../api';

/** A row of the Catalog Health view. Rows keep their id, so that they stay expanded. */
export type ProblemNode = ProblemGroupNode | ProblemLeafNode | MoreProblemsNode;

/**
 * Problems of an entity or file, of one code, or of a remote source. Problems in files of sources are only in the
 * group of the source.
 */
export interface ProblemGroupNode {
  readonly type: 'group';
  readonly id: string;
  readonly by: ProblemGrouping | 'source';
  /** Entity ref, file URI if there is no entity, problem code, or source name. */
  readonly key: string;
  readonly problems: readonly Problem[];
  /** Highest severity in the group. */
  readonly severity: Severity;
}

export interface ProblemLeafNode {
  readonly type: 'problem';
  readonly id: string;
  readonly parent: ProblemGroupNode;
  readonly problem: Problem;
}

/** Row that loads more rows of a long list. */
export interface MoreProblemsNode {
  readonly type: 'more';
  readonly id: string;
  readonly parent: ProblemGroupNode | undefined;
  readonly remaining: number;
}

export type ProblemGrouping = 'entity' | 'code';

/** Presentation of a row. */
export interface ProblemPresentation {
  readonly label: string;
  readonly description: string;
  readonly severity: Severity | undefined;
  /** Words separated by spaces, for the `when` clauses of menus. */
  readonly contextValue: string;
  readonly tooltip: string | undefined;
  /** Label for screen readers, including the information of the icon. */
  readonly accessibilityLabel: string;
}

export interface ProblemPresentationDeps {
  readonly translate: Translate;
  /** Returns the path of a file relative to its workspace folder. */
  readonly displayPath: (uri: string) => string;
  /** Returns the title of an entity. */
  readonly titleOf: (ref: string) => string | undefined;
}

/** Returns the presentation of a row. */
export function presentProblemNode(
  node: ProblemNode,
  deps: ProblemPresentationDeps,
): ProblemPresentation {
  switch (node.type) {
    case 'group':
      return presentGroup(node, deps);
    case 'problem':
      return presentProblem(node, deps);
    case 'more':
      return presentMore(node, deps);
  }
}

function presentGroup(
  { by, key, problems, severity }: ProblemGroupNode,
  deps: ProblemPresentationDeps,
): ProblemPresentation {
  if (by === 'source') return presentSource({ key, problems, severity }, deps);
  const { translate } = deps;
  const count = problems.length;
  const label = by === 'code' ? key : subjectLabel(key, deps);
  const kind = by === 'entity' ? kindOf(key) : undefined;
  const isFile = by === 'entity' && kind === undefined;
  const words = [
    by === 'code' ? 'code' : isFile ? 'file' : 'entity',
    ...(by === 'code' || problems.every(({ file }) => file === undefined) ? [] : ['source']),
  ];
  return {
    label,
    description: [kind, String(count)].filter(Boolean).join(' · '),
    severity,
    contextValue: words.join(' '),
    tooltip: by === 'code' ? undefined : isFile ? deps.displayPath(key) : key,
    accessibilityLabel: [
      label,
      kind,
      translateCount(count, { one: '{0} problem', other: '{0} problems' }),
      severityLabel(severity, translate),
    ]
      .filter(Boolean)
      .join(', '),
  };
}

/** Problems of a remote source, which can't be fixed here. */
function presentSource(
  { key, problems, severity }: Pick<ProblemGroupNode, 'key' | 'problems' | 'severity'>,
  { translate }: ProblemPresentationDeps,
): ProblemPresentation {
  const count = problems.length;
  const counted = translateCount(count, { one: '{0} problem', other: '{0} problems' });
  const isCopied = problems.some(({ file }) => file !== undefined);
  const about = isCopied ? translate('in read-only copies of source files') : '';
  return {
    label: key,
    description: [translate('source'), String(count)].join(' · '),
    severity,
    contextValue: 'elsewhere',
    tooltip: `${key}: ${counted} ${about}`.trim(),
    accessibilityLabel: [
      key,
      `${counted} ${about}`.trim(),
      severityLabel(severity, translate),
    ].join(', '),
  };
}

function presentProblem(
  { problem, parent }: ProblemLeafNode,
  deps: ProblemPresentationDeps,
): ProblemPresentation {
  const { code, file, range, severity, suggestions = [], cause } = problem;
  const label = problem.message.replace(/\s+/g, ' ');
  const place =
    file === undefined
      ? deps.translate('not in a file')
      : `${basenameUri(file)}:${range.start.line + 1}`;
  const isFailure = failedSourceOf(problem) !== undefined;
  const about = parent.by === 'entity' || isFailure ? code : subjectLabel(subjectOf(problem), deps);
  const isInSource = parent.by === 'source' && !isFailure;
  const words = [
    // Copies of remote files are read-only.
    isInSource ? 'elsewhere' : 'problem',
    ...(isFailure ? ['sourceFailure'] : []),
    ...(file === undefined ? [] : ['source']),
    ...(file !== undefined && suggestions.length && !isInSource ? ['fix'] : []),
    ...(code === 'unknown-kind' && cause && !isInSource ? ['addKind'] : []),
    ...(file !== undefined && !commentSyntaxOf(file) ? ['commentless'] : []),
  ];
  return {
    label,
    description: isFailure ? about : `${about} · ${place}`,
    severity,
    contextValue: words.join(' '),
    tooltip: [
      problem.message,
      '',
      code,
      file && `${deps.displayPath(file)}:${range.start.line + 1}`,
    ]
      .filter(line => line !== undefined)
      .join('\n'),
    accessibilityLabel: [severityLabel(severity, deps.translate), label, about, place].join(', '),
  };
}

function presentMore(
  { remaining }: MoreProblemsNode,
  { translate }: ProblemPresentationDeps,
): ProblemPresentation {
  const label = translate('Show More…');
  const description = translate('{0} not shown', remaining);
  return {
    label,
    description,
    severity: undefined,
    contextValue: 'more',
    tooltip: undefined,
    accessibilityLabel: `${label} ${description}`,
  };
}

/** Returns the name of the source that couldn't be read, if that is the problem. */
export function failedSourceOf({ code, cause }: Problem): string | undefined {
  return code === 'source-not-read' ? cause?.subject : undefined;
}

/** Returns the group of a problem by entity: its ref, or the file if there is no entity. */
export function subjectOf({ entityRef, file }: Problem): string {
  return entityRef ?? file ?? '';
}

function kindOf(key: string): string | undefined {
  if (key.includes('://')) return undefined;
  const ref = readEntityRef(key);
  return ref.ok ? ref.value.kind : undefined;
}

function subjectLabel(key: string, { displayPath, titleOf }: ProblemPresentationDeps): string {
  const kind = kindOf(key);
  if (kind === undefined) return displayPath(key);
  return titleOf(key) ?? shortenEntityRef(key, { defaultKind: kind });
}

export function severityLabel(severity: Severity, translate: Translate): string {
  const labels: Readonly<Record<Severity, string>> = {
    error: translate('error'),
    warning: translate('warning'),
    info: translate('information'),
    hint: translate('hint'),
  };
  return labels[severity];
}

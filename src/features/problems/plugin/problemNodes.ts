import type { Problem, Severity } from '../../../api';

/** A row of the Problems view. The same row keeps its id, so that it stays unfolded. */
export type ProblemNode = ProblemGroupNode | ProblemLeafNode | MoreProblemsNode;

/** What an entity or a file has, all problems of one code, or all of a source, whose files are counted with no others. */
export interface ProblemGroupNode {
  readonly type: 'group';
  readonly id: string;
  readonly by: ProblemGrouping | 'source';
  /** Ref of the entity, URI of the file where no entity is known, the code, or the name of the source. */
  readonly key: string;
  readonly problems: readonly Problem[];
  /** Of the gravest problem in it. */
  readonly severity: Severity;
}

export interface ProblemLeafNode {
  readonly type: 'problem';
  readonly id: string;
  readonly parent: ProblemGroupNode;
  readonly problem: Problem;
}

/** Stands for the rows of a long list that are not shown yet. */
export interface MoreProblemsNode {
  readonly type: 'more';
  readonly id: string;
  readonly parent: ProblemGroupNode | undefined;
  readonly remaining: number;
}

export type ProblemGrouping = 'entity' | 'code';

/** What a row looks like. */
export interface ProblemPresentation {
  readonly label: string;
  readonly description: string;
  readonly severity: Severity | undefined;
  /** Words joined by blanks, for the `when` clauses of menus. */
  readonly contextValue: string;
  readonly tooltip: string | undefined;
  /** What a screen reader says; with what sighted people see in the icon. */
  readonly accessibilityLabel: string;
}

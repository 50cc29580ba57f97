import type { Range } from '../../base';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** The worst first. */
export const severities = [
  'error',
  'warning',
  'info',
  'hint',
] as const satisfies readonly Severity[];

export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b);
}

/** Severities as the user sets them, by code; codes of plugins included. */
export type SeveritySettings = Readonly<Record<string, Severity | 'off'>>;

/** A second place that belongs to a problem, such as the entity that won a conflict. */
export interface RelatedPlace {
  readonly message: string;
  readonly file: string;
  readonly range: Range;
}

/** Something that makes many problems at once, such as a group that is not in the catalog. */
export interface ProblemCause {
  /** What is missing or unknown: a full ref, or a kind as it is written. */
  readonly subject: string;
  /** The apiVersion of an unknown kind. */
  readonly apiVersion?: string;
}

/**
 * Something wrong with the input, with its place and, where there is one, a way out. The one type
 * that feeds diagnostics, tree badges, the dashboard and the command line.
 */
export interface Problem {
  /** A stable name, documented in docs/problems.md, such as `dangling-reference`. */
  readonly code: string;
  readonly severity: Severity;
  /** As Backstage words it, where Backstage has a message for it. */
  readonly message: string;
  /** URI of the file; undefined for entities that did not come from a file. */
  readonly file: string | undefined;
  /** 0-based index into `yaml`'s `parseAllDocuments`; undefined where the whole file is meant. */
  readonly document: number | undefined;
  readonly range: Range;
  /** `kind:namespace/name`, lower-cased, of the entity that the problem belongs to, if known. */
  readonly entityRef?: string;
  readonly related?: readonly RelatedPlace[];
  /** Refs or values that may have been meant, the nearest first. */
  readonly suggestions?: readonly string[];
  /** Problems with the same code and the same subject are reported as one; see `groupProblems`. */
  readonly cause?: ProblemCause;
}

import type { Range } from '../../base';

/** Severities of problems, as in VS Code. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** All severities, most severe first. */
export const severities = [
  'error',
  'warning',
  'info',
  'hint',
] as const satisfies readonly Severity[];

/** Compares severities for sorting, most severe first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b);
}

/** Severities set by the user by problem code, including codes of plugins. */
export type SeveritySettings = Readonly<Record<string, Severity | 'off'>>;

/** A second place of a problem, such as the entity that takes precedence in a conflict. */
export interface RelatedPlace {
  readonly message: string;
  readonly file: string;
  readonly range: Range;
}

/** Common cause of many problems, such as a group that isn't in the catalog. */
export interface ProblemCause {
  /** Missing or unknown item: a full ref, or a kind as written. */
  readonly subject: string;
  /** The apiVersion of an unknown kind. */
  readonly apiVersion?: string;
}

/** A replacement of text. */
export interface ProblemEdit {
  /** URI of a file of the workspace; default: the file of the problem. */
  readonly file?: string;
  readonly range: Range;
  readonly newText: string;
}

/** A fix for a problem. */
export interface ProblemFix {
  /** Title in the menu of quick fixes, such as `Set Coverage`. */
  readonly title: string;
  readonly edits: readonly ProblemEdit[];
}

/**
 * A problem of the catalog, with its place and possible fixes. The only type of problems: shown in
 * diagnostics, tree badges, the dashboard and the command line.
 */
export interface Problem {
  /** Stable identifier, documented in `docs/problems.md`, such as `dangling-reference`. */
  readonly code: string;
  readonly severity: Severity;
  /** Backstage's message, if Backstage has one for it. */
  readonly message: string;
  /** URI of the file; undefined for entities that aren't from a file. */
  readonly file: string | undefined;
  /** 0-based index into `yaml`'s `parseAllDocuments`; undefined for problems of the whole file. */
  readonly document: number | undefined;
  readonly range: Range;
  /** `kind:namespace/name`, lowercase, of the entity with the problem, if known. */
  readonly entityRef?: string;
  /** Name of the entity provider that the entity is from, if it isn't from a file. */
  readonly provider?: string;
  readonly related?: readonly RelatedPlace[];
  /** Likely intended refs or values, best first. */
  readonly suggestions?: readonly string[];
  /** Problems with the same code and the same subject are reported as one; see `groupProblems`. */
  readonly cause?: ProblemCause;
  /** Name of the tool that found the problem, such as `SonarQube`; default: Callboard. */
  readonly source?: string;
  /** Address of a page that explains the problem (`https:` or `http:`); default: `docs/problems.md`. */
  readonly docs?: string;
  /** Fixes that the user can select, best first. */
  readonly fixes?: readonly ProblemFix[];
}

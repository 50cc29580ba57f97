import { distance } from 'fastest-levenshtein';
import type { FieldPath } from '../fieldPath';

export type TemplateIssueCode =
  | 'unknown-action'
  | 'invalid-action-input'
  | 'duplicate-step-id'
  | 'invalid-step-condition'
  | 'expression-syntax'
  | 'unknown-filter'
  | 'unresolved-expression'
  | 'unknown-required-parameter'
  | 'unused-parameter';

/** Something that is wrong with a Template. */
export interface TemplateIssue {
  readonly code: TemplateIssueCode;
  /** As Backstage words it, where it has a message for it. */
  readonly message: string;
  readonly path: FieldPath;
  readonly at: 'key' | 'value';
  /** A part of the text at the path, by offsets into it as it is read. */
  readonly span?: { readonly start: number; readonly end: number };
  /** What may have been meant, in the place of the key, the value or the span. */
  readonly suggestions?: readonly string[];
  /** Less than its code has: it may well be right, as what a plugin brings. */
  readonly severity?: 'hint';
}

const MAX_SUGGESTIONS = 3;

/** Longer names are not looked at: comparing takes the product of the lengths. */
const MAX_LENGTH = 200;

/** Of more names, only the first are compared, so that a file of mistakes stays quick. */
const MOST_NAMES = 200;

/** The names that differ by a slip of the pen, the nearest first. */
export function nearNames(name: string, names: Iterable<string>): readonly string[] {
  if (name.length > MAX_LENGTH) return [];
  const slips = Math.min(3, Math.max(1, Math.floor(name.length / 4)));
  const lower = name.toLowerCase();
  return firstNames(names)
    .filter(other => Math.abs(other.length - name.length) <= slips)
    .map(other => ({ other, far: distance(lower, other.toLowerCase()) }))
    .filter(({ other, far }) => far <= slips || (far === 2 && hasLettersOf(lower, other)))
    .sort((a, b) => a.far - b.far)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ other }) => other);
}

/** As many as are compared, each once. */
export function firstNames(names: Iterable<string>): readonly string[] {
  const first = new Set<string>();
  for (const name of names) {
    if (first.add(name).size === MOST_NAMES) break;
  }
  return [...first];
}

/** Whether letters are only swapped, which counts as two slips. */
function hasLettersOf(lower: string, other: string): boolean {
  return lettersOf(lower) === lettersOf(other.toLowerCase());
}

function lettersOf(text: string): string {
  return [...text].sort().join('');
}

/**
 * The same of something that plugins may bring: a mistake only where its name is nearly one that is known.
 */
export function withLikelySuggestions(
  message: string,
  suggestions: readonly string[],
): Pick<TemplateIssue, 'message' | 'suggestions' | 'severity'> {
  const issue = withSuggestions(message, suggestions);
  return suggestions.length ? issue : { ...issue, severity: 'hint' };
}

/** The message with what may have been meant, for the issue that it is about. */
export function withSuggestions(
  message: string,
  suggestions: readonly string[],
): Pick<TemplateIssue, 'message' | 'suggestions'> {
  if (!suggestions.length) return { message };
  const meant = suggestions.map(name => `"${name}"`).join(' or ');
  return { message: `${message}. Did you mean ${meant}?`, suggestions };
}

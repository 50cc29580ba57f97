import { didYouMean } from '../../../../platform/core';
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
  return { message: message + didYouMean(suggestions), suggestions };
}

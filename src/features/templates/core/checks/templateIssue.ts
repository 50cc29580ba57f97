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

/** A problem in a Template. */
export interface TemplateIssue {
  readonly code: TemplateIssueCode;
  /** Backstage's message, if it has one. */
  readonly message: string;
  readonly path: FieldPath;
  readonly at: 'key' | 'value';
  /** Part of the text at the path, as offsets into its value. */
  readonly span?: { readonly start: number; readonly end: number };
  /** Replacements for the key, the value or the span. */
  readonly suggestions?: readonly string[];
  /** Lowers the severity, because a plugin may provide the name. */
  readonly severity?: 'hint';
}

/**
 * Adds suggestions to the issue of a name that plugins may provide. Without a similar name, it is only a hint.
 */
export function withLikelySuggestions(
  message: string,
  suggestions: readonly string[],
): Pick<TemplateIssue, 'message' | 'suggestions' | 'severity'> {
  const issue = withSuggestions(message, suggestions);
  return suggestions.length ? issue : { ...issue, severity: 'hint' };
}

/** Adds suggestions to the message of an issue. */
export function withSuggestions(
  message: string,
  suggestions: readonly string[],
): Pick<TemplateIssue, 'message' | 'suggestions'> {
  if (!suggestions.length) return { message };
  return { message: message + didYouMean(suggestions), suggestions };
}

import { parse } from 'yaml';
import {
  type ActionRegistry,
  backstageActions,
  combinedActions,
  declaredActions,
  type TemplateIssue,
  templateIssues,
  templateModel,
  templateTexts,
} from '../../src/features/templates/core';

const actions: ActionRegistry = combinedActions([backstageActions, declaredActions(['acme:*'])]);

/** Returns the issues of a Template by its `spec`. Known actions are those of Backstage, and `acme:*`. */
export function issuesOf(spec: string): readonly TemplateIssue[] {
  return templateIssues(templateModel({ spec: parse(spec) as unknown }), actions);
}

/**
 * Returns issues as `code path: message`, without hints of unused parameters by default; the text of the span in
 * brackets, keys with a `@`.
 */
export function shownIssues(spec: string, { withUnused = false } = {}): readonly string[] {
  const texts = new Map(
    templateTexts(templateModel({ spec: parse(spec) as unknown })).map(({ path, text }) => [
      path.join('.'),
      text,
    ]),
  );
  return issuesOf(spec)
    .filter(({ code }) => withUnused || code !== 'unused-parameter')
    .map(({ code, path, at, span, message }) => {
      const place = path.join('.').replace(/^spec\./, '');
      const part = span ? `[${texts.get(path.join('.'))?.slice(span.start, span.end)}]` : '';
      return `${code} ${at === 'key' ? '@' : ''}${place}${part}: ${message}`;
    });
}

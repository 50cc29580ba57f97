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

/** What is wrong with a Template, by its `spec`; it knows the actions of Backstage, and all of `acme:`. */
export function issuesOf(spec: string): readonly TemplateIssue[] {
  return templateIssues(templateModel({ spec: parse(spec) as unknown }), actions);
}

/** Each as `code path: message`, but for hints of unused parameters unless they are asked for; the text of the span in brackets, keys with a `@`. */
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

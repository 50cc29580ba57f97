import type { ActionRegistry } from '../actions/actionRegistry';
import type { TemplateModel } from '../templateModel';
import { parseTexts, templateTexts } from '../templateTexts';
import { expressionIssues } from './expressionIssues';
import { parameterIssues } from './parameterIssues';
import { stepIssues } from './stepIssues';
import type { TemplateIssue } from './templateIssue';

/**
 * Reports all problems of a Template that would fail or have no effect when it runs.
 * @param actions - of its Backstage
 */
export function templateIssues(
  model: TemplateModel,
  actions: ActionRegistry,
): readonly TemplateIssue[] {
  const texts = parseTexts(templateTexts(model));
  return [
    ...stepIssues(model, actions),
    ...expressionIssues(texts, model, actions),
    ...parameterIssues(texts, model),
  ];
}

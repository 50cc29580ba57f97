import type { ActionRegistry } from '../actions/actionRegistry';
import type { TemplateModel } from '../templateModel';
import { readTexts, templateTexts } from '../templateTexts';
import { expressionIssues } from './expressionIssues';
import { parameterIssues } from './parameterIssues';
import { stepIssues } from './stepIssues';
import type { TemplateIssue } from './templateIssue';

/**
 * All that is wrong with a Template by itself: what would fail or stay without effect when it runs.
 *
 * @param actions - those that its Backstage is taken to have
 */
export function templateIssues(
  model: TemplateModel,
  actions: ActionRegistry,
): readonly TemplateIssue[] {
  const texts = readTexts(templateTexts(model));
  return [
    ...stepIssues(model, actions),
    ...expressionIssues(texts, model, actions),
    ...parameterIssues(texts, model),
  ];
}

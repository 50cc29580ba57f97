import { nearNames } from '../../../../platform/core';
import type { ActionRegistry } from '../actions/actionRegistry';
import type { TemplateModel, TemplateStep, TemplateValue } from '../templateModel';
import { hasTemplate } from '../templateTexts';
import { inputIssues } from './inputIssues';
import { type TemplateIssue, withLikelySuggestions, withSuggestions } from './templateIssue';

/** Reports problems of steps, except in expressions. */
export function stepIssues(
  { steps }: TemplateModel,
  actions: ActionRegistry,
): readonly TemplateIssue[] {
  const duplicates = new Set(stepsWithDuplicateIds(steps));
  const known = { actions, ids: actions.ids() };
  return steps.flatMap(step => [
    ...(duplicates.has(step) ? [duplicateId(step)] : []),
    ...issuesOfAction(step, known),
    ...issuesOfCondition(step),
    ...issuesOfEach(step),
  ]);
}

/** Steps with the id of an earlier step, unless only one of them can run. */
export function stepsWithDuplicateIds(steps: readonly TemplateStep[]): readonly TemplateStep[] {
  /** By id, whether all steps so far with this id are conditional. */
  const ids = new Map<string, boolean>();
  return steps.filter(step => {
    const isTaken = ids.has(step.id);
    const isAlternative = (ids.get(step.id) ?? true) && isConditional(step);
    ids.set(step.id, isAlternative);
    return isTaken && !isAlternative;
  });
}

function isConditional({ if: condition }: TemplateStep): boolean {
  return typeof condition?.value === 'string' && hasTemplate(condition.value);
}

/** The later step replaces the outputs of the earlier one. */
function duplicateId({ id, path, isIdWritten }: TemplateStep): TemplateIssue {
  const message = `Duplicate step id "${id}". steps.${id} is the step that ran last`;
  return {
    code: 'duplicate-step-id',
    message,
    path: isIdWritten ? [...path, 'id'] : path,
    at: 'value',
  };
}

function issuesOfAction(
  { action: id, input, path }: TemplateStep,
  { actions, ids }: { readonly actions: ActionRegistry; readonly ids: readonly string[] },
): readonly TemplateIssue[] {
  if (id === undefined) return [];
  const action = actions.get(id);
  if (!action) {
    const message = `Template action with ID '${id}' is not registered`;
    const details = withLikelySuggestions(message, nearNames(id, ids));
    return [{ code: 'unknown-action', ...details, path: [...path, 'action'], at: 'value' }];
  }
  if (!action.input) return [];
  const value = input?.value ?? {};
  const at = input?.path ?? [...path, 'action'];
  return inputIssues(value, action.input, at).map(issue => ({
    code: 'invalid-action-input',
    ...withSuggestions(
      `Invalid input passed to action ${id}, ${issue.message}`,
      issue.suggestions ?? [],
    ),
    path: issue.path,
    // Without any input, the issue is at the action.
    at: input ? issue.at : 'value',
  }));
}

/** Every non-empty text is true. */
function issuesOfCondition({ if: condition }: TemplateStep): readonly TemplateIssue[] {
  const text = condition?.value;
  if (!condition || typeof text !== 'string' || text === '' || hasTemplate(text)) return [];
  // The text is true on purpose.
  if (text.trim() === 'true') return [];
  const bare = /^\{\{(.*)\}\}$/s.exec(text.trim())?.[1] ?? text;
  const written = /^[\s\w.[\]'"=!<>|()&-]+$/.test(bare) ? bare.trim() : '…';
  return [
    {
      code: 'invalid-step-condition',
      ...withSuggestions(
        'if is text without an expression, which is always true',
        written === '…' ? [] : [`\${{ ${written} }}`],
      ),
      path: condition.path,
      at: 'value',
    },
  ];
}

function issuesOfEach({ each, action }: TemplateStep): readonly TemplateIssue[] {
  if (!each || isIterable(each)) return [];
  return [eachIssue(each, action)];
}

function isIterable({ value }: TemplateValue): boolean {
  return typeof value === 'string'
    ? hasTemplate(value)
    : typeof value === 'object' && value !== null;
}

/** Issue of an `each` with a single value. */
export function eachIssue({ path }: TemplateValue, action = ''): TemplateIssue {
  return {
    code: 'invalid-step-condition',
    message: `Invalid value on action ${action}.each parameter, must resolve to an array or object`,
    path,
    at: 'value',
  };
}

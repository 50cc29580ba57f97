import { isRecord, ownValue } from '../../../../base';
import type { ActionRegistry, KnownAction } from './actionRegistry';
import { backstageActions } from './backstageActions';
import { actionTexts } from './generated/actionTexts';
import type { ActionExample, JsonSchema } from './generatedAction';

/** Actions of Backstage's own packages with all descriptions. */
export const documentedActions: ActionRegistry = {
  get: id => {
    const known = documented.get(id) ?? documentedAction(id);
    if (known) documented.set(id, known);
    return known;
  },
  ids: () => backstageActions.ids(),
};

const documented = new Map<string, KnownAction>();

function documentedAction(id: string): KnownAction | undefined {
  const action = backstageActions.get(id);
  const texts = ownValue(actionTexts, id);
  if (!action || !texts) return action;
  const { description, input, output } = texts;
  return {
    id,
    description,
    input: action.input && withDescriptions(action.input, input),
    output: action.output && withDescriptions(action.output, output),
  };
}

function withDescriptions(
  schema: JsonSchema,
  descriptions: Readonly<Record<string, string>>,
): JsonSchema {
  const copy = structuredClone(schema) as Record<string, unknown>;
  for (const [pointer, description] of Object.entries(descriptions)) {
    let part: unknown = copy;
    for (const key of pointer === '' ? [] : pointer.split('/')) {
      part = typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined;
    }
    if (isRecord(part)) part['description'] = description;
  }
  return copy;
}

/** Examples of one of Backstage's own actions. */
export function examplesOfAction(id: string): readonly ActionExample[] {
  return ownValue(actionTexts, id)?.examples ?? [];
}

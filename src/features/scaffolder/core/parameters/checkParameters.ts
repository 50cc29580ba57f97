import { createTemplateRenderer } from 'nunjitsu';
import { errorMessage, isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { ReadingBudget } from '../rendering/readingBudget';
import { type ShownPage, withoutHiddenValues } from './hiddenValues';
import { type ValidationError, validationErrors } from './validate';

/** What a Template asks for, and what it was given. Plain data: it is worked on elsewhere. */
export interface ParametersRequest {
  /** `spec.parameters`: a page, or a list of them. */
  readonly parameters: JsonValue | undefined;
  readonly values: JsonObject;
  /** Given apart, with `spec.secrets.schema`; undefined where they are not to be checked. */
  readonly secrets?: {
    readonly values: Readonly<Record<string, string>>;
    readonly schema: JsonValue | undefined;
  };
}

export interface ParametersReply {
  /** Those of the first page that is not satisfied; of secrets, where all pages are. */
  readonly errors: readonly ValidationError[];
  /** Whether each page is shown, by its `when`. */
  readonly visible: readonly boolean[];
  /** Without those of pages that are not shown. */
  readonly values: JsonObject;
  /** Why expressions cannot know the values: there are names that they reserve. */
  readonly unusable?: string | undefined;
}

/**
 * Checks parameters as a backend does before it runs a Template. Defaults are not filled in: forms do that.
 *
 * Source: `validateParameterSteps` of `plugins/scaffolder-backend` 4.3.0.
 */
export function checkParameters({
  parameters,
  values,
  secrets,
}: ParametersRequest): ParametersReply {
  const { pages, values: shown } = resolvePages(parameters, values);
  const visible = pages.map(({ isVisible }) => isVisible);
  for (const { schema, isVisible } of pages) {
    if (!isVisible || !isRecord(schema)) continue;
    const errors = validationErrors(values, schema);
    if (errors.length > 0) return { errors, visible, values: shown };
  }
  const errors = secrets ? checkSecrets(secrets.values, secrets.schema) : [];
  return { errors, visible, values: shown, unusable: reasonAgainst(shown) };
}

function reasonAgainst(parameters: JsonObject): string | undefined {
  try {
    renderer.prepareContext({ parameters });
    return undefined;
  } catch (error) {
    return errorMessage(error);
  }
}

/** Source: `formatSecretsValidationErrors` of `plugins/scaffolder-backend`. */
export function checkSecrets(
  secrets: Readonly<Record<string, string>>,
  schema: JsonValue | undefined,
): readonly ValidationError[] {
  if (!isRecord(schema)) return [];
  return validationErrors(secrets, schema).map(error => {
    const { name, stack } = error;
    const [, required] = /^instance requires property "(.*)"$/.exec(stack) ?? [];
    const message =
      name === 'required' && required !== undefined
        ? `secrets.${required} is required`
        : stack.replace(/^instance/, 'secrets');
    return { ...error, message, stack: message };
  });
}

/** Which pages are shown for some values, and the values without those of pages that are not. */
export function resolvePages(
  parameters: JsonValue | undefined,
  values: JsonObject,
): { pages: readonly ShownPage[]; values: JsonObject } {
  const schemas = parameters === undefined || parameters === null ? [] : [parameters].flat();
  const pages: ShownPage[] = [];
  const budget = new ReadingBudget();
  for (const schema of schemas) {
    const when = isRecord(schema) ? schema['when'] : undefined;
    // What pages before it hide is not there for it.
    const isVisible = isMet(when, () => withoutHiddenValues(values, pages), budget);
    pages.push({ schema, isVisible });
  }
  return { pages, values: withoutHiddenValues(values, pages) };
}

const renderer = createTemplateRenderer();

/** Source: `evaluateCondition` of `plugins/scaffolder-common`: what cannot be worked out is met. */
function isMet(
  condition: JsonValue | undefined,
  parameters: () => JsonObject,
  budget: ReadingBudget,
): boolean {
  if (typeof condition === 'boolean') return condition;
  const expression = typeof condition === 'string' ? condition.trim() : '';
  if (expression === '') return true;
  const source = expression.startsWith('${{') ? expression : `\${{ ${expression} }}`;
  try {
    budget.spend(source, { name: 'The condition' });
    const result = renderer.renderValue(source, { parameters: parameters() });
    return Array.isArray(result) ? result.length > 0 : Boolean(result);
  } catch {
    return true;
  }
}

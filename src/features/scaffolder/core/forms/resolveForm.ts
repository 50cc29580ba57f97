import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { isJsonValue, MAX_JSON_NESTING } from '../../../../model/json';
import { InputError } from '../../../scm/core/forgeFiles';
import type { RepoHosts } from '../../../scm/core/forges';
import { resolvePages } from '../parameters/checkParameters';
import { withDefaults } from './defaults';
import { FieldReader, needsFeatureFlag } from './fieldReader';
import type { FormPage, FormState, ResolvedForm } from './formField';
import { FormScope } from './formScope';
import { pickers } from './pickers';
import { effectiveSchema } from './schemas/effectiveSchema';
import { objectOf, textOf } from './schemas/jsonParts';
import { equals } from './schemas/schemas';
import { withoutSecrets } from './secrets/secretFields';

/** Input of `resolveForm`. */
export interface FormRequest {
  /** `spec.parameters`: a page or a list of pages. */
  readonly parameters: JsonValue | undefined;
  readonly state: FormState;
  /** Number of pages that the user has reached. Later pages get no defaults yet. Default: all. */
  readonly reached?: number;
  readonly hosts: RepoHosts;
}

/**
 * Resolves a form for its current values. Source: `Stepper` of `@backstage/plugin-scaffolder-react` 3.0, and
 * `@rjsf/core` 5.24.
 * @throws InputError for a form that is too large, and for values that nest too deeply
 */
export function resolveForm({ parameters, state, reached, hosts }: FormRequest): ResolvedForm {
  if (!isJsonValue(state.values)) {
    throw new InputError(`The values nest deeper than ${MAX_JSON_NESTING} levels`);
  }
  const schemas = pagesOf(parameters);
  let { values } = state;
  for (const [index, schema] of schemas.entries()) {
    if (reached !== undefined && index >= reached) break;
    // Values of earlier pages decide whether a page is shown.
    if (!isVisible(parameters, values, index)) continue;
    values = filledPage(schema, { ...state, values }, hosts);
  }
  const { pages: shown, values: submitted } = resolvePages(parameters, values);
  const pages = schemas.map((schema, index) => {
    const isShown = shown[index]?.isVisible !== false && !needsFeatureFlag(schema);
    const others = schemas.filter(other => other !== schema);
    const foreign = new Set(others.flatMap(other => Object.keys(objectOf(other['properties']))));
    return readPage(schema, { ...state, values }, { isShown, foreign, hosts });
  });
  const draft = withoutSecrets(values, pages);
  return { pages, state: { ...state, values }, draft: { ...state, values: draft }, submitted };
}

function pagesOf(parameters: JsonValue | undefined): readonly JsonObject[] {
  return parameters === undefined || parameters === null ? [] : [parameters].flat().map(objectOf);
}

function isVisible(parameters: JsonValue | undefined, values: JsonObject, index: number): boolean {
  return resolvePages(parameters, values).pages[index]?.isVisible !== false;
}

interface PageSettings {
  readonly isShown: boolean;
  readonly foreign: ReadonlySet<string>;
  readonly hosts: RepoHosts;
}

function readPage(
  schema: JsonObject,
  state: FormState,
  { isShown, foreign, hosts }: PageSettings,
): FormPage {
  const reader = new FieldReader(new FormScope(schema, state, hosts), foreign);
  const fields = reader.read(state.values);
  return {
    // Backstage's title of a page without one.
    title: textOf(schema['title']) ?? 'Please enter the following information',
    description: textOf(schema['description']),
    isVisible: isShown,
    fields,
    errors: isShown ? reader.errors(state.values) : [],
  };
}

/** Maximum number of rounds, because new values can add fields with new defaults. */
const MAX_ROUNDS = 10;

/** Fills in defaults and initial values of a page, including fields that these values add. */
function filledPage(schema: JsonObject, state: FormState, hosts: RepoHosts): JsonObject {
  let { values } = state;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = values;
    const scope = new FormScope(schema, { ...state, values }, hosts);
    const filled = withDefaults({ type: 'object', ...schema }, values, scope);
    values = withInitial(schema, isRecord(filled) ? filled : values, scope);
    if (equals(before, values)) break;
  }
  return values;
}

function withInitial(schema: JsonObject, values: JsonObject, scope: FormScope): JsonObject {
  const { properties } = effectiveSchema(schema, values, scope);
  const entries = new Map(Object.entries(values));
  for (const [name, raw] of Object.entries(objectOf(properties))) {
    const property = effectiveSchema(raw, entries.get(name), scope);
    const initial = pickers.get(textOf(property['ui:field']) ?? '')?.initial?.({
      name,
      schema: property,
      value: entries.get(name),
      hosts: scope.hosts,
      options: objectOf(property['ui:options']),
    });
    if (initial !== undefined) entries.set(name, initial);
  }
  return Object.fromEntries(entries);
}

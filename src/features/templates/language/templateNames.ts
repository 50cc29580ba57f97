import { isRecord, translate } from '../../../base';
import {
  type FieldPath,
  type JsonSchema,
  schemaProperties,
  type SchemaProperties,
  type TemplateStep,
  type TemplateText,
} from '../core';
import { type TemplateBuiltin, templateGlobals } from './expressions/builtins';
import { textOf, typeText } from './jsonSchemas';
import { actionOf, type TemplateDocument } from './templateDocument';

/** A name in an expression: the root of a path or a property. */
export interface TemplateName {
  readonly name: string;
  readonly kind: 'root' | 'parameter' | 'step' | 'output' | 'secret' | 'property' | 'function';
  /** Short description. */
  readonly detail?: string | undefined;
  /** Description in the Template or in the action's schema. */
  readonly description?: string | undefined;
  readonly schema?: JsonSchema | undefined;
  /** Path of the definition in the Template. */
  readonly path?: FieldPath | undefined;
  readonly step?: TemplateStep;
  readonly builtin?: TemplateBuiltin;
  /** Whether it is available only elsewhere, such as a later step. */
  readonly isUnavailable?: boolean;
}

/** Position of an expression, which determines its variables. */
export type ExpressionPlace = Pick<TemplateText, 'place' | 'step'>;

/** The name at the end of a path, if it is known. */
export function nameAt(
  document: TemplateDocument,
  place: ExpressionPlace,
  names: readonly string[],
): TemplateName | undefined {
  const last = names.at(-1);
  return namesAfter(document, place, names.slice(0, -1)).find(({ name }) => name === last);
}

/** Names that can follow a path, or begin one. */
export function namesAfter(
  document: TemplateDocument,
  place: ExpressionPlace,
  [root, first, second, ...rest]: readonly string[],
): readonly TemplateName[] {
  switch (root) {
    case undefined:
      return rootsOf(place);
    case 'parameters':
      return propertiesAt(
        document.model.parameters,
        [first, second, ...rest].filter(name => name !== undefined),
        'parameter',
      );
    case 'secrets':
      return first === undefined ? secretsOf(document) : [];
    case 'steps':
      if (first === undefined) return stepsOf(document, place);
      return namesOfStep(
        document,
        first,
        [second, ...rest].filter(name => name !== undefined),
      );
    case 'each':
      return first === undefined ? eachNames(place) : [];
    case 'user':
      return first === undefined
        ? userNames
        : first === 'entity' && second === undefined
          ? entityNames
          : [];
    case 'context':
      return first === undefined
        ? [{ name: 'task', kind: 'property', detail: translate('The task that runs the template') }]
        : first === 'task' && second === undefined
          ? [
              {
                name: 'id',
                kind: 'property',
                detail: 'string',
                description: translate('The id of the task.'),
              },
            ]
          : [];
    default:
      return [];
  }
}

function rootsOf({ place, step }: ExpressionPlace): readonly TemplateName[] {
  const root = (name: string, description: string, isKnown = true): TemplateName => ({
    name,
    kind: 'root',
    description,
    ...(!isKnown && { isUnavailable: true }),
  });
  const called = (name: string, description: string): TemplateName => ({
    name,
    kind: 'function',
    description,
    ...(place !== 'if' && { isUnavailable: true }),
  });
  const hasEach = step?.each !== undefined && place !== 'each';
  const hasSecrets = place === 'input' || place === 'each' || (place === 'if' && hasEach);
  return [
    root('parameters', translate('Values of the form.')),
    root('steps', translate('Outputs of earlier steps, by step id.'), place !== 'when'),
    root('each', translate('The current item of `each`.'), hasEach),
    root('user', translate('The user who started the template.')),
    root(
      'secrets',
      translate('Secret values of the form, which are neither stored nor logged.'),
      hasSecrets,
    ),
    root('context', translate('Information about the task.')),
    root('environment', translate('Values from the configuration of the scaffolder.')),
    called('always', translate('Runs the step even after a failure.')),
    called('failure', translate('Runs the step only after a failure.')),
    ...globalNames,
  ];
}

export const globalNames: readonly TemplateName[] = [...templateGlobals.values()].map(builtin => ({
  name: builtin.name,
  kind: 'function',
  detail: builtin.signature,
  description: builtin.description,
  builtin,
}));

function propertiesAt(
  root: SchemaProperties,
  names: readonly string[],
  kind: 'parameter' | 'output' | 'property',
): readonly TemplateName[] {
  let properties = root;
  for (const name of names) {
    const property = properties.named.get(name);
    if (!property) return [];
    ({ properties } = property);
  }
  return [...properties.named.values()].flatMap(({ name, definitions }): TemplateName[] => {
    const [definition] = definitions;
    // A placeholder adds unknown names.
    if (!definition || name.startsWith('$')) return [];
    const schema = isRecord(definition.schema) ? definition.schema : {};
    const type = typeText(schema);
    return [
      {
        name,
        kind: names.length && kind === 'output' ? 'property' : kind,
        detail: [textOf(schema, 'title'), type].filter(Boolean).join(' · '),
        description: textOf(schema, 'description'),
        schema,
        path: definition.path,
      },
    ];
  });
}

function secretsOf({ model }: TemplateDocument): readonly TemplateName[] {
  return [...model.secrets].map(([name, path]) => ({ name, kind: 'secret', path }));
}

function stepsOf({ model }: TemplateDocument, place: ExpressionPlace): readonly TemplateName[] {
  const own = place.step?.index ?? Infinity;
  const seen = new Set<string>();
  const found: TemplateName[] = [];
  // The first of several steps with an id is available in most places.
  for (const step of model.steps) {
    if (seen.has(step.id)) continue;
    seen.add(step.id);
    found.push({
      name: step.id,
      kind: 'step',
      detail: [step.name, step.action].filter(Boolean).join(' · '),
      path: step.isIdWritten ? [...step.path, 'id'] : step.path,
      step,
      ...(step.index >= own && { isUnavailable: true }),
    });
  }
  return found;
}

function namesOfStep(
  document: TemplateDocument,
  id: string,
  [output, ...names]: readonly string[],
): readonly TemplateName[] {
  const step = document.model.steps.find(candidate => candidate.id === id);
  if (!step) return [];
  if (output === undefined) {
    const description = translate('Output of the step.');
    return [{ name: 'output', kind: 'property', description, step, path: step.path }];
  }
  const schema = output === 'output' ? actionOf(step, document)?.output : undefined;
  // With `each`, each output is a list.
  if (!schema || step.each) return [];
  return propertiesAt(propertiesOf(schema), names, 'output').map(name => ({
    ...name,
    step,
    path: step.path,
  }));
}

/** Cached, because many steps may use the same action. */
function propertiesOf(schema: JsonSchema): SchemaProperties {
  let properties = knownProperties.get(schema);
  if (!properties) {
    properties = schemaProperties([{ schema, path: [] }]);
    knownProperties.set(schema, properties);
  }
  return properties;
}

const knownProperties = new WeakMap<JsonSchema, SchemaProperties>();

function eachNames({ step }: ExpressionPlace): readonly TemplateName[] {
  const path = step?.each?.path;
  return [
    {
      name: 'value',
      kind: 'property',
      description: translate('The item of the list, or the value of the property.'),
      path,
    },
    {
      name: 'key',
      kind: 'property',
      description: translate('The index of the list item, from 0, or the name of the property.'),
      path,
    },
  ];
}

const userNames: readonly TemplateName[] = [
  {
    name: 'entity',
    kind: 'property',
    detail: 'User',
    description: 'The User entity of the user who started the template, if there is one.',
  },
  {
    name: 'ref',
    kind: 'property',
    detail: 'string',
    description: 'The ref of the user: `user:default/ada`.',
  },
];

const entityNames: readonly TemplateName[] = [
  'apiVersion',
  'kind',
  'metadata',
  'spec',
  'relations',
].map(name => ({ name, kind: 'property' }));

import type { CardContent, CardTreeItem } from '../../../../api';
import {
  child,
  entriesOf,
  itemsOf,
  nameOf,
  type Place,
  type PlacedNode,
  resolve,
  textAt,
  textOf,
  textsOf,
  valueOf,
} from '../document/placedNode';
import { firstLine, joined, type OutlineContext } from '../outline/outline';

/** The maximum depth; deeper schemas are shown as a link to their source. */
const MAX_DEPTH = 6;
const MOST_PROPERTIES = 200;

export interface SchemaContext extends OutlineContext {
  readonly root: PlacedNode;
}

interface SchemaOptions {
  readonly label: string;
  /** Unique among siblings; default: the label. */
  readonly id?: string;
  /** The place to link to; default: that of the schema. */
  readonly place?: Place | undefined;
  readonly isRequired?: boolean;
  readonly description?: string | undefined;
  /** Schemas above it: a recursive schema isn't expanded again. */
  readonly above?: readonly PlacedNode[];
}

/**
 * Returns a schema of JSON Schema or OpenAPI as a tree item: with its type and constraints, and its properties as
 * children.
 */
export function schemaItem(
  node: PlacedNode | undefined,
  context: SchemaContext,
  options: SchemaOptions,
): CardTreeItem {
  const { translate, root } = context;
  const { label, above = [] } = options;
  const resolved = resolve(node, root);
  const schema = resolved?.node;
  const elements = elementsOf(schema, root);
  const isOpen = above.includes(elements ?? schema ?? root);
  const mayOpen = !isOpen && above.length < MAX_DEPTH && !context.budget.isSpent;
  context.budget.take();
  const children =
    mayOpen && schema ? partsOf(elements ?? schema, context, [...above, elements ?? schema]) : [];
  const example = mayOpen && above.length < 2 ? exampleContent(schema, context) : undefined;
  const description = joined(
    typeText(node, root),
    options.isRequired ? translate('required') : undefined,
    schema && textAt(schema, 'deprecated') === 'true' ? translate('deprecated') : undefined,
    ...rulesOf(schema),
    ...(elements ? rulesOf(elements) : []),
    isOpen ? translate('as above') : undefined,
    firstLine(options.description ?? (schema && textAt(schema, 'description'))),
  );
  return {
    id: options.id ?? label,
    label,
    ...(description !== undefined && { description }),
    ...targetOf(options.place ?? schema?.place ?? node?.place, context),
    ...(children.length && { children }),
    ...(example && { content: example }),
  };
}

export function targetOf(
  place: Place | undefined,
  context: OutlineContext,
): Pick<CardTreeItem, 'target'> {
  const target = context.target(place);
  return target ? { target } : {};
}

function partsOf(
  schema: PlacedNode,
  context: SchemaContext,
  above: readonly PlacedNode[],
): readonly CardTreeItem[] {
  const { translate } = context;
  const required = new Set(textsOf(child(schema, 'required')));
  const parts: CardTreeItem[] = [];
  const properties = entriesOf(child(schema, 'properties'));
  for (const [name, { place, value }] of properties.slice(0, MOST_PROPERTIES)) {
    if (context.budget.isSpent) break;
    parts.push(
      schemaItem(value, context, {
        label: name,
        id: `.${name}`,
        place,
        above,
        isRequired: required.has(name),
      }),
    );
  }
  const words = {
    allOf: translate('all of'),
    oneOf: translate('one of'),
    anyOf: translate('any of'),
  };
  for (const [keyword, label] of Object.entries(words)) {
    for (const [index, option] of itemsOf(child(schema, keyword)).slice(0, 50).entries()) {
      if (context.budget.isSpent) break;
      const name = refName(option) ?? textAt(option, 'title');
      parts.push(
        schemaItem(option, context, {
          label: joined(label, name) ?? label,
          id: `${keyword}/${index}`,
          above,
        }),
      );
    }
  }
  const additional = child(schema, 'additionalProperties');
  if (additional?.type === 'map') {
    const label = translate('other properties');
    parts.push(schemaItem(additional, context, { label, id: 'additionalProperties', above }));
  }
  return parts;
}

/** Returns the element schema of a list, through lists of lists. */
function elementsOf(schema: PlacedNode | undefined, root: PlacedNode): PlacedNode | undefined {
  let elements: PlacedNode | undefined;
  for (let step = 0, at = schema; at && step < MAX_DEPTH; step++) {
    at = resolve(child(at, 'items'), root)?.node;
    elements = at ?? elements;
  }
  return elements;
}

function refName(node: PlacedNode | undefined): string | undefined {
  const reference = node && textAt(node, '$ref');
  return reference === undefined ? undefined : nameOf(reference);
}

/** Returns the name of a type, such as `string (date-time)`, `Pet`, `Pet[]`. */
export function typeText(
  node: PlacedNode | undefined,
  root: PlacedNode,
  depth = 0,
): string | undefined {
  const name = refName(node);
  if (name !== undefined) return name;
  const schema = resolve(node, root)?.node;
  if (!schema) return undefined;
  if (schema.type === 'scalar') return textOf(schema) === 'false' ? 'never' : 'any';
  const items = child(schema, 'items');
  if (items && depth < MAX_DEPTH) return `${typeText(items, root, depth + 1) ?? 'any'}[]`;
  const type = child(schema, 'type');
  const types = type?.type === 'list' ? textsOf(type).join(' | ') : textOf(type);
  const format = textAt(schema, 'format');
  const isNullable = textAt(schema, 'nullable') === 'true';
  const text = types ?? (child(schema, 'properties') ? 'object' : undefined);
  if (text === undefined) return format;
  return `${text}${format === undefined ? '' : ` (${format})`}${isNullable ? ' | null' : ''}`;
}

const limits = {
  minimum: '≥',
  maximum: '≤',
  exclusiveMinimum: '>',
  exclusiveMaximum: '<',
  minLength: 'length ≥',
  maxLength: 'length ≤',
  minItems: 'items ≥',
  maxItems: 'items ≤',
  multipleOf: 'multiple of',
} as const;

function rulesOf(schema: PlacedNode | undefined): readonly string[] {
  if (schema?.type !== 'map') return [];
  const rules: string[] = [];
  const values = itemsOf(child(schema, 'enum')).map(item => textOf(item) ?? 'null');
  if (values.length) {
    rules.push(`${values.slice(0, 12).join(' | ')}${values.length > 12 ? ' | …' : ''}`);
  }
  const constant = textAt(schema, 'const');
  if (constant !== undefined) rules.push(`= ${constant}`);
  for (const [keyword, word] of Object.entries(limits)) {
    const limit = textAt(schema, keyword);
    // In OpenAPI 3.0, exclusive limits are booleans that modify the other ones.
    if (limit !== undefined && limit !== 'true' && limit !== 'false')
      rules.push(`${word} ${limit}`);
  }
  const pattern = textAt(schema, 'pattern');
  if (pattern !== undefined) rules.push(`/${firstLine(pattern) ?? ''}/`);
  const value = textAt(schema, 'default');
  if (value !== undefined) rules.push(`default ${firstLine(value) ?? '""'}`);
  return rules;
}

const EXAMPLE_NODES = 300;

/** Returns the examples of a schema, a parameter or a media type, as code. */
export function exampleContent(
  node: PlacedNode | undefined,
  { root, budget }: SchemaContext,
): CardContent | undefined {
  if (budget.isSpent) return undefined;
  budget.take();
  const examples = child(node, 'examples');
  const all: PlacedNode[] = [
    ...[child(node, 'example')].flatMap(example => example ?? []),
    ...itemsOf(examples),
    ...entriesOf(examples).flatMap(([, { value }]) => {
      const example = resolve(value, root)?.node;
      return child(example, 'value') ?? child(example, 'payload') ?? [];
    }),
  ];
  const [first, ...others] = all.slice(0, 3).map(codeOf);
  if (!first) return undefined;
  return others.length
    ? { type: 'sections', sections: [first, ...others].map(content => ({ content })) }
    : first;
}

function codeOf(node: PlacedNode): CardContent {
  const value = valueOf(node, { left: EXAMPLE_NODES });
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return {
    type: 'code',
    language: typeof value === 'string' ? 'plaintext' : 'json',
    text: text.length > 4000 ? `${text.slice(0, 4000)}\n…` : text,
  };
}

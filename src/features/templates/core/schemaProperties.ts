import { isRecord } from '../../../base';
import type { FieldPath } from './fieldPath';

/** The properties that a value may have by a JSON schema: what may stand behind its dot. */
export interface SchemaProperties {
  /** By name. */
  readonly named: ReadonlyMap<string, SchemaProperty>;
  /** Whether there may be others, which no schema names. */
  readonly isOpen: boolean;
}

/** A property by all schemas that describe it: the branches of a `oneOf` may each do so. */
export interface SchemaProperty {
  readonly name: string;
  /** In the order of the document; at least one. */
  readonly definitions: readonly PropertyDefinition[];
  readonly properties: SchemaProperties;
}

export interface PropertyDefinition {
  /** Of the property: its last segment is the name. */
  readonly path: FieldPath;
  /** What is written; anything where an author is still at it. */
  readonly schema: unknown;
}

/** A schema and where it stands. */
interface PlacedSchema {
  readonly schema: unknown;
  readonly path: FieldPath;
}

/** Deeper than people write; what goes on is left open. */
const MAX_DEPTH = 16;

/**
 * Of all schemas that hold for one value: the pages of a form, for instance, all of which describe
 * `parameters`.
 *
 * @param schemas - of objects
 */
export function schemaProperties(schemas: readonly PlacedSchema[]): SchemaProperties {
  return propertiesOf(schemas, 0);
}

function propertiesOf(schemas: readonly PlacedSchema[], depth: number): SchemaProperties {
  const definitions = new Map<string, PropertyDefinition[]>();
  let isOpen = depth > MAX_DEPTH;
  if (!isOpen) {
    for (const { schema, path } of schemas) isOpen = collect(schema, path, definitions) || isOpen;
  }
  const named = new Map<string, SchemaProperty>();
  for (const [name, list] of definitions) named.set(name, new DefinedProperty(name, list, depth));
  return { named, isOpen };
}

/** Keywords that hold further schemas of the same value. */
const BRANCHES = ['allOf', 'anyOf', 'oneOf'];
const CONDITIONS = ['if', 'then', 'else'];

/** @returns whether a value may have properties that are not named */
function collect(
  root: unknown,
  rootPath: FieldPath,
  into: Map<string, PropertyDefinition[]>,
): boolean {
  let isOpen = false;
  // What aliases repeat is looked at once.
  const seen = new Set<unknown>();
  const visit = (schema: unknown, path: FieldPath): void => {
    if (!isRecord(schema) || seen.has(schema)) return;
    seen.add(schema);
    isOpen ||= OPENING.some(keyword => schema[keyword] !== undefined && schema[keyword] !== false);
    isOpen ||= Object.keys(schema).some(key => key.startsWith('$'));
    const { properties, dependencies } = schema;
    if (isRecord(properties)) {
      isOpen ||= Object.keys(properties).some(key => key.startsWith('$'));
      for (const [name, property] of Object.entries(properties)) {
        const definition = { path: [...path, 'properties', name], schema: property };
        const others = into.get(name);
        if (others) others.push(definition);
        else into.set(name, [definition]);
      }
    }
    for (const keyword of BRANCHES) {
      const branches = schema[keyword];
      if (!Array.isArray(branches)) continue;
      branches.forEach((branch, index) => visit(branch, [...path, keyword, index]));
    }
    for (const keyword of CONDITIONS) visit(schema[keyword], [...path, keyword]);
    for (const keyword of ['dependencies', 'dependentSchemas']) {
      const dependents = keyword === 'dependencies' ? dependencies : schema[keyword];
      if (!isRecord(dependents)) continue;
      for (const [name, dependent] of Object.entries(dependents)) {
        visit(dependent, [...path, keyword, name]);
      }
    }
  };
  visit(root, rootPath);
  return isOpen;
}

/** Keywords by which a form may give more than what is named. */
const OPENING = ['additionalProperties', 'patternProperties', 'unevaluatedProperties'];

/** Those of its own value are looked for when somebody asks. */
class DefinedProperty implements SchemaProperty {
  readonly name: string;
  readonly definitions: readonly PropertyDefinition[];
  #depth: number;
  #properties: SchemaProperties | undefined;

  constructor(name: string, definitions: readonly PropertyDefinition[], depth: number) {
    this.name = name;
    this.definitions = definitions;
    this.#depth = depth;
  }

  get properties(): SchemaProperties {
    return (this.#properties ??= this.#find());
  }

  #find(): SchemaProperties {
    const found = propertiesOf(this.definitions, this.#depth + 1);
    return found.isOpen || this.definitions.every(isClosed) ? found : { ...found, isOpen: true };
  }
}

/**
 * Whether a value has the properties that its schema names and no others. An object without any may
 * hold anything, and so may what a field of the form gives by its own lights.
 */
function isClosed({ schema }: PropertyDefinition): boolean {
  return isRecord(schema) && schema['ui:field'] === undefined && isRecord(schema['properties']);
}

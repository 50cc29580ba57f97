import { isRecord } from '../../../base';
import type { FieldPath } from './fieldPath';

/** Properties of a value according to JSON schemas. */
export interface SchemaProperties {
  /** Properties by name. */
  readonly named: ReadonlyMap<string, SchemaProperty>;
  /** Whether other properties are possible. */
  readonly isOpen: boolean;
}

/** A property with all schemas that describe it, for example in the branches of a `oneOf`. */
export interface SchemaProperty {
  readonly name: string;
  /** Definitions in the order of the document, at least one. */
  readonly definitions: readonly PropertyDefinition[];
  readonly properties: SchemaProperties;
}

export interface PropertyDefinition {
  /** Path of the property, which ends with its name. */
  readonly path: FieldPath;
  /** Schema as written, possibly invalid. */
  readonly schema: unknown;
}

/** A schema with its path. */
interface PlacedSchema {
  readonly schema: unknown;
  readonly path: FieldPath;
}

/** Maximum depth. Deeper values are open. */
const MAX_DEPTH = 16;

/**
 * Properties of a value that all the schemas describe, for example the pages of a form for `parameters`.
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

/** Keywords with further schemas of the same value. */
const BRANCHES = ['allOf', 'anyOf', 'oneOf'];
const CONDITIONS = ['if', 'then', 'else'];

/** @returns whether other properties are possible */
function collect(
  root: unknown,
  rootPath: FieldPath,
  into: Map<string, PropertyDefinition[]>,
): boolean {
  let isOpen = false;
  // Visits schemas that aliases repeat only once.
  const seen = new Set<unknown>();
  const visit = (schema: unknown, path: FieldPath): void => {
    if (!isRecord(schema) || seen.has(schema)) return;
    seen.add(schema);
    isOpen ||= OPENING_KEYWORDS.some(
      keyword => schema[keyword] !== undefined && schema[keyword] !== false,
    );
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

/** Keywords that allow other properties. */
const OPENING_KEYWORDS = ['additionalProperties', 'patternProperties', 'unevaluatedProperties'];

/** Finds nested properties on demand. */
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
 * Whether a value has only the properties in its schema. Objects without properties and values of field
 * extensions may have any.
 */
function isClosed({ schema }: PropertyDefinition): boolean {
  return isRecord(schema) && schema['ui:field'] === undefined && isRecord(schema['properties']);
}

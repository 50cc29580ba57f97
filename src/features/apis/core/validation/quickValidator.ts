import { isRecord, ownValue } from '../../../../base';
import type { SchemaOrBoolean, SpecificationSchema } from './specificationSchema';
import { isTuple, MOST_PARTS, schemaAt } from './validateNode';

/** Returns whether a JSON value conforms to a schema. @throws TooManyChecks */
type Check = (value: unknown) => boolean;

/** Returns the checks of the value under a key; none if the schema doesn't restrict it. */
type PropertyChecks = (key: string) => readonly Check[];

const NONE: readonly Check[] = [];

/** A value needs more checks than allowed here; `validateNode` caches results of parts. */
class TooManyChecks extends Error {}

/** The maximum number of checks, more than any hand-written definition needs. */
const MOST_CHECKS = 5_000_000;

/**
 * Validates values against the JSON schema of a specification, without reporting problems. A value is valid only if
 * `validateNode` finds no problem; takes a fraction of its time, since most definitions have none.
 */
export class QuickValidator {
  readonly #root: SpecificationSchema;
  readonly #compiled = new Map<SpecificationSchema, Check>();
  readonly #properties = new Map<SpecificationSchema, PropertyChecks>();
  #checksLeft = 0;

  constructor(root: SpecificationSchema) {
    this.#root = root;
  }

  /** Returns false also for a value that takes too long to validate. */
  isValid(value: unknown): boolean {
    this.#checksLeft = MOST_CHECKS;
    try {
      return this.#compile(this.#root)(value);
    } catch (error) {
      if (error instanceof TooManyChecks) return false;
      throw error;
    }
  }

  #compile(schema: SchemaOrBoolean): Check {
    if (typeof schema === 'boolean') return () => schema;
    const known = this.#compiled.get(schema);
    if (known) return known;
    // A schema may contain itself.
    let checks: readonly Check[] | undefined;
    const check: Check = value => {
      if (--this.#checksLeft < 0) throw new TooManyChecks();
      checks ??= this.#checksOf(schema);
      for (const part of checks) if (!part(value)) return false;
      return true;
    };
    this.#compiled.set(schema, check);
    return check;
  }

  #checksOf(schema: SpecificationSchema): readonly Check[] {
    const target = schema.$ref === undefined ? schema : schemaAt(this.#root, schema.$ref);
    const all = (schemas: readonly SchemaOrBoolean[]): readonly Check[] =>
      schemas.map(part => this.#compile(part));
    return [
      ...ownChecks(schema),
      ...this.#mapChecks(schema),
      ...this.#listChecks(schema),
      ...(target === schema ? [] : all([target])),
      ...all(schema.allOf ?? []),
      ...(schema.anyOf ? [anyOf(all(schema.anyOf))] : []),
      ...(schema.oneOf ? [oneOf(all(schema.oneOf))] : []),
      ...(schema.not === undefined ? [] : [negated(this.#compile(schema.not))]),
      ...(schema.if === undefined ? [] : [this.#branches(schema, schema.if)]),
    ];
  }

  #branches(schema: SpecificationSchema, condition: SchemaOrBoolean): Check {
    const test = this.#compile(condition);
    const yes = this.#compile(schema.then ?? true);
    const no = this.#compile(schema.else ?? true);
    return value => (test(value) ? yes(value) : no(value));
  }

  #mapChecks(schema: SpecificationSchema): readonly Check[] {
    const checks: ((map: Readonly<Record<string, unknown>>) => boolean)[] = [];
    const { required, minProperties = 0, maxProperties = Infinity } = schema;
    if (required) checks.push(map => required.every(key => Object.hasOwn(map, key)));
    if (minProperties > 0 || maxProperties < Infinity) {
      checks.push(map => {
        const { length } = Object.keys(map);
        return length >= minProperties && length <= maxProperties;
      });
    }
    const checkEntry = this.#entryCheck(schema);
    if (checkEntry) {
      checks.push(map => {
        const keys = Object.keys(map);
        // `validateNode` checks only the first parts, in another order.
        if (keys.length > MOST_PARTS) throw new TooManyChecks();
        return keys.every(key => checkEntry(map, key));
      });
    }
    if (!checks.length) return [];
    return [value => !isRecord(value) || checks.every(check => check(value))];
  }

  #entryCheck(
    schema: SpecificationSchema,
  ): ((map: Readonly<Record<string, unknown>>, key: string) => boolean) | undefined {
    const { properties, patternProperties, additionalProperties, propertyNames } = schema;
    const { dependentSchemas, unevaluatedProperties } = schema;
    const checksProperties =
      properties !== undefined ||
      patternProperties !== undefined ||
      additionalProperties !== undefined;
    const checksKeys =
      propertyNames !== undefined ||
      dependentSchemas !== undefined ||
      unevaluatedProperties !== undefined;
    if (!checksProperties && !checksKeys) return undefined;
    const checksOf = this.#propertyChecks(schema);
    const checkProperty = (key: string, value: unknown): boolean =>
      checksOf(key).every(check => check(value));
    if (!checksKeys) return (map, key) => checkProperty(key, map[key]);
    const names = this.#compile(propertyNames ?? true);
    const unevaluated = this.#compile(unevaluatedProperties ?? true);
    return (map, key) => {
      const value = map[key];
      if (!checkProperty(key, value) || !names(key)) return false;
      const dependent = dependentSchemas && ownValue(dependentSchemas, key);
      if (dependent !== undefined && !this.#compile(dependent)(map)) return false;
      return (
        unevaluatedProperties === undefined ||
        this.#isEvaluated(schema, map, key) ||
        unevaluated(value)
      );
    };
  }

  #propertyChecks(schema: SpecificationSchema): PropertyChecks {
    const known = this.#properties.get(schema);
    if (known) return known;
    const named = new Map(
      Object.entries(schema.properties ?? {}).map(([key, part]) => [key, [this.#compile(part)]]),
    );
    const patterns = Object.entries(schema.patternProperties ?? {}).map(
      ([pattern, part]) => [new RegExp(pattern, 'u'), this.#compile(part)] as const,
    );
    const { additionalProperties } = schema;
    const others =
      additionalProperties === undefined ? NONE : [this.#compile(additionalProperties)];
    const checksOf: PropertyChecks = key => {
      const own = named.get(key);
      if (!patterns.length) return own ?? others;
      const matching = patterns.flatMap(([pattern, check]) => (pattern.test(key) ? [check] : []));
      return own || matching.length ? [...(own ?? NONE), ...matching] : others;
    };
    this.#properties.set(schema, checksOf);
    return checksOf;
  }

  #isEvaluated(
    schema: SchemaOrBoolean,
    map: Readonly<Record<string, unknown>>,
    key: string,
    nesting = 0,
  ): boolean {
    if (typeof schema === 'boolean' || nesting > 20) return false;
    if (this.#propertyChecks(schema)(key).length) return true;
    if (nesting && schema.unevaluatedProperties !== undefined) return true;
    const inside = (part: SchemaOrBoolean | undefined): boolean =>
      part !== undefined && this.#isEvaluated(part, map, key, nesting + 1);
    const fits = (part: SchemaOrBoolean): boolean => this.#compile(part)(map);
    const target = schema.$ref === undefined ? schema : schemaAt(this.#root, schema.$ref);
    if (target !== schema && inside(target)) return true;
    if (schema.allOf?.some(inside)) return true;
    if ([...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].some(p => inside(p) && fits(p))) {
      return true;
    }
    if (schema.if !== undefined) {
      const isMet = fits(schema.if);
      if (inside(isMet ? schema.then : schema.else) || (isMet && inside(schema.if))) return true;
    }
    return Object.entries(schema.dependentSchemas ?? {}).some(
      ([name, part]) => Object.hasOwn(map, name) && inside(part),
    );
  }

  #listChecks(schema: SpecificationSchema): readonly Check[] {
    const checks: ((list: readonly unknown[]) => boolean)[] = [];
    const { items, contains, minItems = 0, maxItems = Infinity } = schema;
    if (minItems > 0 || maxItems < Infinity) {
      checks.push(({ length }) => length >= minItems && length <= maxItems);
    }
    if (isTuple(items)) {
      const parts = items.map(part => this.#compile(part));
      checks.push(list => list.every((item, index) => parts[index]?.(item) ?? true));
    } else if (items !== undefined) {
      const part = this.#compile(items);
      checks.push(list => list.slice(0, MOST_PARTS).every(part));
    }
    if (contains !== undefined) {
      const part = this.#compile(contains);
      checks.push(list => list.some(part));
    }
    if (!checks.length) return [];
    return [value => !Array.isArray(value) || checks.every(check => check(value))];
  }
}

/** Returns the checks of a value itself, without its parts. */
function ownChecks(schema: SpecificationSchema): readonly Check[] {
  const checks: Check[] = [];
  const { enum: values, const: constant, pattern, minLength = 0, minimum, maximum } = schema;
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length) checks.push(value => types.some(type => isOfType(value, type)));
  if (values) checks.push(value => values.some(allowed => isEqual(value, allowed)));
  if (constant !== undefined) checks.push(value => isEqual(value, constant));
  if (pattern !== undefined) {
    const expression = new RegExp(pattern, 'u');
    checks.push(value => typeof value !== 'string' || expression.test(value));
  }
  if (minLength > 0) checks.push(value => typeof value !== 'string' || value.length >= minLength);
  if (minimum !== undefined) checks.push(value => !(typeof value === 'number' && value < minimum));
  if (maximum !== undefined) checks.push(value => !(typeof value === 'number' && value > maximum));
  return checks;
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'object') return isRecord(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function isEqual(value: unknown, other: unknown): boolean {
  if (Array.isArray(other)) {
    return (
      Array.isArray(value) &&
      value.length === other.length &&
      other.every((item, index) => isEqual(value[index], item))
    );
  }
  if (!isRecord(other)) return value === other;
  const entries = Object.entries(other);
  return (
    isRecord(value) &&
    Object.keys(value).length === entries.length &&
    entries.every(([key, part]) => Object.hasOwn(value, key) && isEqual(value[key], part))
  );
}

function anyOf(checks: readonly Check[]): Check {
  return value => checks.some(check => check(value));
}

function oneOf(checks: readonly Check[]): Check {
  return value => {
    let fitting = 0;
    for (const check of checks) if (check(value) && ++fitting > 1) return false;
    return fitting === 1;
  };
}

function negated(check: Check): Check {
  return value => !check(value);
}

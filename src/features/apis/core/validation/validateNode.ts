import { formatList, ownValue, type Translate } from '../../../../base';
import type { Place, PlacedNode } from '../document/placedNode';
import type { DefinitionProblem } from '../outline/outline';
import { isEqual, isOfType } from './nodeValues';
import type { SchemaOrBoolean, SpecificationSchema } from './specificationSchema';

interface Fault {
  readonly message: string;
  readonly place: Place;
  /** The depth of the fault in the value: among alternatives, the one with the deepest fault was meant. */
  readonly depth: number;
}
type Faults = readonly Fault[];
const NONE: Faults = [];

const MOST_PROBLEMS = 100;
/** The maximum number of checked parts of a map or list, more than people write by hand. */
export const MOST_PARTS = 5_000;
/** The maximum depth: texts nest no deeper, but aliases may. */
const MAX_DEPTH = 250;

/**
 * Validates a definition against the JSON schema of its specification. Unlike a compiler such as ajv, which blocks the
 * thread for a third of a second per schema, it interprets the schema: it starts at once, gives each problem a place,
 * pauses between parts of a definition, and finds out which alternative was meant. Tests compare the results with
 * ajv's.
 */
export function* validateNode(
  root: PlacedNode,
  schema: SpecificationSchema,
  translate: Translate,
): Generator<void, readonly DefinitionProblem[]> {
  const validation = new Validation(schema, translate);
  yield* validation.prepare(schema, root, 0);
  const seen = new Set<string>();
  const problems: DefinitionProblem[] = [];
  for (const { message, place } of validation.faultsOf(schema, root, 0)) {
    const key = `${place.start} ${message}`;
    if (seen.has(key)) continue;
    seen.add(key);
    problems.push({ code: 'definition-invalid', message, place });
    if (problems.length >= MOST_PROBLEMS) break;
  }
  return problems.sort((a, b) => a.place.start - b.place.start);
}

class Validation {
  #root: SpecificationSchema;
  #translate: Translate;
  /** Faults by schema and node, so that nodes with several aliases are validated once. */
  #known = new Map<SpecificationSchema, Map<PlacedNode, Faults>>();
  #references = new Map<string, SchemaOrBoolean>();
  #patterns = new Map<string, RegExp>();

  constructor(root: SpecificationSchema, translate: Translate) {
    this.#root = root;
    this.#translate = translate;
  }

  /** Validates the parts of a definition one by one, so that the whole is fast afterwards. */
  *prepare(schema: SchemaOrBoolean, node: PlacedNode, depth: number): Generator<void> {
    const resolved = this.#resolve(schema);
    if (typeof resolved === 'boolean' || depth > 4) return;
    if (node.type === 'list') {
      for (const [index, item] of node.items.slice(0, MOST_PARTS).entries()) {
        const part = isTuple(resolved.items) ? resolved.items[index] : resolved.items;
        if (part !== undefined) this.faultsOf(part, item, depth + 1);
        if (index % 64 === 0) yield;
      }
      return;
    }
    if (node.type !== 'map') return;
    for (const [key, { value }] of first(node.entries)) {
      if (value.type === 'scalar') continue;
      for (const part of this.#schemasOfProperty(resolved, key)) {
        yield* this.prepare(part, value, depth + 1);
        this.faultsOf(part, value, depth + 1);
      }
      yield;
    }
  }

  faultsOf(schema: SchemaOrBoolean, node: PlacedNode, depth: number): Faults {
    if (schema === true || depth > MAX_DEPTH) return NONE;
    if (schema === false) {
      return [{ message: this.#translate('This is not allowed here'), place: node.place, depth }];
    }
    const known = this.#known.get(schema) ?? new Map<PlacedNode, Faults>();
    this.#known.set(schema, known);
    let faults = known.get(node);
    if (!faults) {
      // A node inside itself is valid as long as no fault is found.
      known.set(node, NONE);
      faults = this.#check(schema, node, depth);
      known.set(node, faults);
    }
    return faults;
  }

  #check(schema: SpecificationSchema, node: PlacedNode, depth: number): Faults {
    const faults: Fault[] = [];
    const add = (found: Faults): void => {
      for (const fault of found) if (faults.length < MOST_PROBLEMS) faults.push(fault);
    };
    const reference = this.#resolve(schema);
    if (reference !== schema) add(this.faultsOf(reference, node, depth));
    add(this.#ownFaults(schema, node, depth));
    // A value of another type has no further faults.
    if (faults.length && schema.type !== undefined && node.type === 'scalar') return faults;
    if (node.type === 'map') add(this.#mapFaults(schema, node, depth));
    if (node.type === 'list') add(this.#listFaults(schema, node, depth));
    for (const part of schema.allOf ?? []) add(this.faultsOf(part, node, depth));
    if (schema.anyOf) add(this.#alternatives(schema.anyOf, node, depth));
    if (schema.oneOf) add(this.#alternatives(schema.oneOf, node, depth, true));
    if (schema.not !== undefined && !this.faultsOf(schema.not, node, depth).length) {
      add([{ message: this.#translate('This is not allowed here'), place: node.place, depth }]);
    }
    if (schema.if !== undefined) {
      const branch = this.faultsOf(schema.if, node, depth).length ? schema.else : schema.then;
      if (branch !== undefined) add(this.faultsOf(branch, node, depth));
    }
    return faults;
  }

  #ownFaults(schema: SpecificationSchema, node: PlacedNode, depth: number): Faults {
    const translate = this.#translate;
    const { place } = node;
    const fault = (message: string): Faults => [{ message, place, depth }];
    const types = schema.type === undefined ? [] : [schema.type].flat();
    if (types.length && !types.some(type => isOfType(node, type))) {
      return fault(translate('Must be {0}', formatList(types, 'or')));
    }
    if (schema.enum && !schema.enum.some(value => isEqual(node, value))) {
      const values = schema.enum.slice(0, 20).map(value => JSON.stringify(value));
      return fault(translate('Must be one of {0}', values.join(', ')));
    }
    if (schema.const !== undefined && !isEqual(node, schema.const)) {
      return fault(translate('Must be {0}', JSON.stringify(schema.const)));
    }
    const value = node.type === 'scalar' ? node.value : undefined;
    if (typeof value === 'string') {
      if (schema.pattern !== undefined && !this.#matches(schema.pattern, value)) {
        return fault(translate('Must match {0}', schema.pattern));
      }
      if (value.length < (schema.minLength ?? 0)) return fault(translate('Must not be empty'));
    }
    if (typeof value === 'number') {
      const { minimum, maximum } = schema;
      if (minimum !== undefined && value < minimum) {
        return fault(translate('Must be at least {0}', minimum));
      }
      if (maximum !== undefined && value > maximum) {
        return fault(translate('Must be at most {0}', maximum));
      }
    }
    return NONE;
  }

  #mapFaults(
    schema: SpecificationSchema,
    node: Extract<PlacedNode, { type: 'map' }>,
    depth: number,
  ): Faults {
    const translate = this.#translate;
    const faults: Fault[] = [];
    const start = { start: node.place.start, end: Math.min(node.place.end, node.place.start + 1) };
    for (const key of schema.required ?? []) {
      if (node.entries.has(key)) continue;
      faults.push({
        message: translate('The property "{0}" is missing', key),
        place: start,
        depth,
      });
    }
    const { size } = node.entries;
    if (size < (schema.minProperties ?? 0) || size > (schema.maxProperties ?? Infinity)) {
      const message = translate("The property names or their number aren't valid");
      faults.push({ message, place: start, depth });
    }
    for (const [key, { place, value }] of first(node.entries)) {
      if (faults.length >= MOST_PROBLEMS) break;
      const unexpected = (): Fault => {
        const message = translate('The property "{0}" is not expected here', key);
        return { message, place, depth };
      };
      for (const part of this.#schemasOfProperty(schema, key)) {
        if (part === false) faults.push(unexpected());
        else faults.push(...this.faultsOf(part, value, depth + 1));
      }
      const names = schema.propertyNames;
      if (names !== undefined) {
        faults.push(...this.faultsOf(names, { type: 'scalar', place, value: key }, depth));
      }
      const dependent = own(schema.dependentSchemas, key);
      if (dependent !== undefined) faults.push(...this.faultsOf(dependent, node, depth));
      const unevaluated = schema.unevaluatedProperties;
      if (unevaluated === undefined || this.#isEvaluated(schema, node, key, depth)) continue;
      if (unevaluated === false) faults.push(unexpected());
      else faults.push(...this.faultsOf(unevaluated, value, depth + 1));
    }
    return faults;
  }

  #listFaults(
    schema: SpecificationSchema,
    node: Extract<PlacedNode, { type: 'list' }>,
    depth: number,
  ): Faults {
    const translate = this.#translate;
    const faults: Fault[] = [];
    const { length } = node.items;
    if (length < (schema.minItems ?? 0)) {
      const message = translate('Must have at least {0} items', schema.minItems ?? 0);
      faults.push({ message, place: node.place, depth });
    }
    if (length > (schema.maxItems ?? Infinity)) {
      const message = translate('Must have at most {0} items', schema.maxItems ?? 0);
      faults.push({ message, place: node.place, depth });
    }
    const { items, contains } = schema;
    for (const [index, item] of node.items.slice(0, MOST_PARTS).entries()) {
      const part: SchemaOrBoolean | undefined = isTuple(items) ? items[index] : items;
      if (part !== undefined) faults.push(...this.faultsOf(part, item, depth + 1));
      if (faults.length >= MOST_PROBLEMS) break;
    }
    if (
      contains !== undefined &&
      !node.items.some(item => !this.faultsOf(contains, item, depth + 1).length)
    ) {
      faults.push({ message: translate('An item is missing'), place: node.place, depth });
    }
    return faults;
  }

  #alternatives(
    schemas: readonly SchemaOrBoolean[],
    node: PlacedNode,
    depth: number,
    mustBeOne = false,
  ): Faults {
    const results = schemas.map(schema => this.faultsOf(schema, node, depth));
    const fitting = results.filter(faults => !faults.length).length;
    if (fitting === 1 || (fitting > 1 && !mustBeOne)) return NONE;
    if (fitting > 1) {
      const message = this.#translate('The value matches more than one alternative');
      return [{ message, place: node.place, depth }];
    }
    return this.#intendedFaults(schemas, results, node);
  }

  /** Returns the faults of the intended alternative: of a reference if there is one, else of the nearest. */
  #intendedFaults(
    schemas: readonly SchemaOrBoolean[],
    results: readonly Faults[],
    node: PlacedNode,
  ): Faults {
    const isReference = node.type === 'map' && node.entries.has('$ref');
    const candidates = results.filter((_, index) => {
      const schema = this.#resolve(schemas[index] ?? true);
      const wantsReference =
        typeof schema === 'object' && Boolean(schema.required?.includes('$ref'));
      return wantsReference === isReference;
    });
    const deepest = (faults: Faults): number =>
      faults.reduce((max, { depth }) => Math.max(max, depth), 0);
    const [first, ...others] = candidates.length ? candidates : results;
    return others.reduce(
      (best, faults) =>
        deepest(faults) > deepest(best) ||
        (deepest(faults) === deepest(best) && faults.length < best.length)
          ? faults
          : best,
      first ?? NONE,
    );
  }

  *#schemasOfProperty(schema: SpecificationSchema, key: string): Generator<SchemaOrBoolean> {
    let isKnown = false;
    const property = own(schema.properties, key);
    if (property !== undefined) {
      isKnown = true;
      yield property;
    }
    for (const [pattern, part] of Object.entries(schema.patternProperties ?? {})) {
      if (!this.#matches(pattern, key)) continue;
      isKnown = true;
      yield part;
    }
    if (!isKnown && schema.additionalProperties !== undefined) yield schema.additionalProperties;
  }

  #isEvaluated(
    schema: SchemaOrBoolean,
    node: PlacedNode,
    key: string,
    depth: number,
    nesting = 0,
  ): boolean {
    if (typeof schema === 'boolean' || nesting > 20) return false;
    const [first] = this.#schemasOfProperty(schema, key);
    if (first !== undefined) return true;
    if (nesting && schema.unevaluatedProperties !== undefined) return true;
    const inside = (part: SchemaOrBoolean | undefined): boolean =>
      part !== undefined && this.#isEvaluated(part, node, key, depth, nesting + 1);
    const fits = (part: SchemaOrBoolean): boolean => !this.faultsOf(part, node, depth).length;
    const reference = this.#resolve(schema);
    if (reference !== schema && inside(reference)) return true;
    if (schema.allOf?.some(inside)) return true;
    if ([...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].some(p => inside(p) && fits(p))) {
      return true;
    }
    if (schema.if !== undefined) {
      const branch = fits(schema.if) ? schema.then : schema.else;
      if (inside(branch) || (fits(schema.if) && inside(schema.if))) return true;
    }
    const dependent = Object.entries(schema.dependentSchemas ?? {});
    return dependent.some(
      ([name, part]) => node.type === 'map' && node.entries.has(name) && inside(part),
    );
  }

  #resolve(schema: SchemaOrBoolean): SchemaOrBoolean {
    if (typeof schema === 'boolean') return schema;
    const { $ref: reference } = schema;
    if (reference === undefined) return schema;
    let target = this.#references.get(reference);
    if (target === undefined) {
      target = schemaAt(this.#root, reference);
      this.#references.set(reference, target);
    }
    return target;
  }

  #matches(pattern: string, text: string): boolean {
    let expression = this.#patterns.get(pattern);
    if (!expression) {
      expression = new RegExp(pattern, 'u');
      this.#patterns.set(pattern, expression);
    }
    return expression.test(text);
  }
}

/** Returns the schema that a local reference leads to; `true` if there is none. */
export function schemaAt(root: SpecificationSchema, reference: string): SchemaOrBoolean {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return true;
  let at: unknown = root;
  for (const segment of reference.slice(2).split('/')) {
    const key = decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~');
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  }
  return (at as SchemaOrBoolean | undefined) ?? true;
}

function* first<T>(parts: Iterable<T>): Generator<T> {
  let left = MOST_PARTS;
  for (const part of parts) {
    if (left-- <= 0) return;
    yield part;
  }
}

export function isTuple(items: SpecificationSchema['items']): items is readonly SchemaOrBoolean[] {
  return Array.isArray(items);
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && ownValue(record, key);
}

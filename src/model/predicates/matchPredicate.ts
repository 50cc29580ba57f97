import { getOrInsert, isRecord } from '../../base';
import type { AnyFilterPredicate } from './filterPredicate';

/*
 * Source: `evaluateFilterPredicate` and `getJsonValueAtPath` of `@backstage/filter-predicates`,
 * which throw for invalid predicates. Here, invalid predicates never match.
 */

type Test = (value: unknown) => boolean;

/** Compiled predicates, because each is matched against many entities. */
const compiled = new WeakMap<object, Test>();

/** Whether a value, such as an entity with its relations, matches a predicate. Never throws. */
export function matchesPredicate(predicate: AnyFilterPredicate, value: unknown): boolean {
  if (!isRecord(predicate)) return equalityTest(predicate)(value);
  return getOrInsert(compiled, predicate, () => predicateTest(predicate))(value);
}

const never: Test = () => false;

function predicateTest(predicate: unknown): Test {
  if (!isRecord(predicate)) return equalityTest(predicate);
  const entries = Object.entries(predicate);
  const [first] = entries;
  if (entries.length === 1 && first?.[0].startsWith('$')) return logicalTest(...first);
  const tests: Test[] = [];
  for (const [key, wanted] of entries) {
    // An operator beside other keys is invalid.
    if (key.startsWith('$')) return never;
    const test = valueTest(wanted);
    tests.push(value => test(valueAtPath(value, key)));
  }
  return value => tests.every(test => test(value));
}

function logicalTest(operator: string, operand: unknown): Test {
  if (operator === '$not') {
    const test = predicateTest(operand);
    return value => !test(value);
  }
  if (!Array.isArray(operand)) return never;
  const tests = operand.map(predicateTest);
  if (operator === '$all') return value => tests.every(test => test(value));
  if (operator === '$any') return value => tests.some(test => test(value));
  return never;
}

/** Tests the value at a path. Of several operators, Backstage uses the first in this order. */
function valueTest(wanted: unknown): Test {
  if (!isRecord(wanted)) return equalityTest(wanted);
  if (Object.hasOwn(wanted, '$contains')) {
    const test = predicateTest(wanted['$contains']);
    return value => Array.isArray(value) && value.some(test);
  }
  if (Object.hasOwn(wanted, '$in')) {
    const { $in: values } = wanted;
    if (!Array.isArray(values)) return never;
    const tests = values.map(equalityTest);
    return value => tests.some(test => test(value));
  }
  if (Object.hasOwn(wanted, '$exists')) {
    const exists = wanted['$exists'] === true;
    return value => (value !== undefined) === exists;
  }
  const { $hasPrefix: prefix } = wanted;
  if (typeof prefix !== 'string' || !Object.hasOwn(wanted, '$hasPrefix')) return never;
  const upper = prefix.toUpperCase();
  return value => typeof value === 'string' && value.toUpperCase().startsWith(upper);
}

function equalityTest(wanted: unknown): Test {
  if (typeof wanted === 'string') {
    const upper = wanted.toUpperCase();
    return value =>
      typeof value === 'string'
        ? value.toUpperCase() === upper
        : typeof value === 'number' && String(value) === wanted;
  }
  if (typeof wanted === 'number') {
    const text = String(wanted);
    return value => comparableText(value) === text;
  }
  return typeof wanted === 'boolean' ? value => value === wanted : never;
}

/** Returns the text to compare with a number: for a list with one item, that of the item, as `String` does. */
function comparableText(value: unknown): string | undefined {
  let item = value;
  while (Array.isArray(item) && item.length === 1) {
    const items: readonly unknown[] = item;
    item = items[0];
  }
  return typeof item === 'string' || typeof item === 'number' ? String(item) : undefined;
}

/**
 * Returns the value at a dotted path. Keys may contain dots; the first of the matching keys with a
 * value is used. Items of lists have no path.
 */
export function valueAtPath(value: unknown, path: string): unknown {
  return path === '' ? undefined : valueBelow(value, path);
}

function valueBelow(value: unknown, path: string): unknown {
  if (!isRecord(value)) return undefined;
  for (const [key, child] of Object.entries(value)) {
    if (key === path) {
      if (child !== undefined) return child;
    } else if (path.startsWith(key) && path[key.length] === '.') {
      const found = valueAtPath(child, path.slice(key.length + 1));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

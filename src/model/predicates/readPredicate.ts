import { failure, isRecord, ok, ownValue, type Result } from '../../base';
import { MAX_JSON_NESTING } from '../json';
import type { FilterPredicate } from './filterPredicate';

/** A reason why a value isn't a predicate. */
export interface PredicateProblem {
  readonly message: string;
  /** Keys and indices from the root. */
  readonly path: readonly (string | number)[];
  /** Token to underline: the key at the end of the path, or its value. */
  readonly at: 'key' | 'value';
}

/** Operators that combine predicates. */
export const logicalOperators = ['$all', '$any', '$not'] as const;
/** Operators on the value of a field. */
export const valueOperators = ['$exists', '$in', '$contains', '$hasPrefix'] as const;

/** Maximum number of problems to report. */
const MAX_PROBLEMS = 20;

/**
 * Checks an untrusted value. Accepts what `parseFilterPredicate` of `@backstage/filter-predicates`
 * accepts, nested at most {@link MAX_JSON_NESTING} levels. Of several operators on one value, the
 * first in the order of {@link valueOperators} stays, as there.
 */
export function readPredicate(
  value: unknown,
): Result<FilterPredicate, readonly [PredicateProblem, ...PredicateProblem[]]> {
  const reader = new PredicateReader();
  const read = reader.predicate(value, [], false);
  const [first, ...others] = reader.problems;
  return first ? failure([first, ...others]) : ok(read as FilterPredicate);
}

type Path = PredicateProblem['path'];

/** Reads values and collects their problems. What it returns is usable only without problems. */
class PredicateReader {
  readonly problems: PredicateProblem[] = [];

  /** @param isItem - whether primitive values are allowed, for items of lists */
  predicate(value: unknown, path: Path, isItem: boolean): unknown {
    if (path.length > MAX_JSON_NESTING) {
      return this.#report(path, `A predicate can have at most ${MAX_JSON_NESTING} levels`);
    }
    if (isItem && isPrimitive(value)) return value;
    if (!isRecord(value)) {
      return this.#report(
        path,
        `A predicate must be an object, such as {"kind": "Component"}, not ${nameOf(value)}`,
      );
    }
    const keys = Object.keys(value);
    const operator = logicalOperators.find(name => keys.includes(name));
    if (operator && keys.length > 1) {
      return this.#report(
        [...path, operator],
        `"${operator}" must be the only key of its object. To add conditions, list them in "$all"`,
        'key',
      );
    }
    if (operator === '$not') {
      return { $not: this.predicate(value['$not'], [...path, '$not'], isItem) };
    }
    if (operator) {
      return { [operator]: this.#list(value[operator], [...path, operator], isItem) };
    }
    return Object.fromEntries(keys.map(key => [key, this.#field(key, value[key], path)]));
  }

  #list(value: unknown, path: Path, isItem: boolean): unknown {
    if (Array.isArray(value)) {
      return value.map((item, index) => this.predicate(item, [...path, index], isItem));
    }
    return this.#report(path, `"${path.at(-1)}" must be a list of predicates`);
  }

  #field(key: string, value: unknown, path: Path): unknown {
    const own = [...path, key];
    if (key.startsWith('$')) return this.#report(own, wrongOperator(key), 'key');
    // Backstage's pattern: line separators are allowed only at the start.
    if (!/^(?:[^$\n\r].*)?$/.test(key)) {
      return this.#report(own, 'A path must not contain line breaks', 'key');
    }
    if (isPrimitive(value)) return value;
    if (!isRecord(value)) return this.#report(own, wrongValue(key, value));
    const operators = valueOperators.filter(name => Object.hasOwn(value, name));
    if (operators.length === 0) return this.#report(own, withoutOperator(key, value));
    // Backstage ignores an invalid operator if another one on the same value is valid.
    let failed: readonly PredicateProblem[] | undefined;
    for (const operator of operators) {
      const reader = new PredicateReader();
      const read = reader.#operand(operator, value[operator], [...own, operator]);
      if (reader.problems.length === 0) return { [operator]: read };
      failed ??= reader.problems;
    }
    this.problems.push(...(failed ?? []));
    this.problems.splice(MAX_PROBLEMS);
    return undefined;
  }

  #operand(operator: (typeof valueOperators)[number], value: unknown, path: Path): unknown {
    switch (operator) {
      case '$exists':
        if (typeof value === 'boolean') return value;
        return this.#report(path, '"$exists" must be true or false');
      case '$in': {
        if (!Array.isArray(value)) return this.#report(path, '"$in" must be a list of values');
        return value.map((item, index) =>
          isPrimitive(item)
            ? item
            : this.#report(
                [...path, index],
                `Values of "$in" must be texts, numbers or booleans, not ${nameOf(item)}`,
              ),
        );
      }
      case '$contains':
        return this.predicate(value, path, true);
      case '$hasPrefix':
        return typeof value === 'string' ? value : this.#report(path, '"$hasPrefix" must be text');
    }
  }

  #report(path: Path, message: string, at: PredicateProblem['at'] = 'value'): undefined {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ message, path, at });
  }
}

function isPrimitive(value: unknown): value is string | number | boolean {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && !Number.isNaN(value))
  );
}

const otherOperators: Readonly<Record<string, string>> = {
  $and: '$all',
  $or: '$any',
  $eq: 'the value itself',
  $startsWith: '$hasPrefix',
  $prefix: '$hasPrefix',
};

function wrongOperator(key: string): string {
  if (valueOperators.some(name => name === key)) {
    return `"${key}" must be in the value of a field, such as {"spec.type": {"${key}": …}}`;
  }
  const replacement = ownValue(otherOperators, key);
  const hint = replacement === undefined ? '' : ` Use ${replacement}.`;
  return `Unknown operator "${key}".${hint} Available: ${logicalOperators.join(', ')}`;
}

function withoutOperator(key: string, value: Record<string, unknown>): string {
  const [name] = Object.keys(value);
  if (name === undefined) return `"${key}" needs a value, or one of ${valueOperators.join(', ')}`;
  if (!name.startsWith('$')) {
    return `"${key}" can't have fields. Write nested fields as one path, such as "${key}.${name}"`;
  }
  if (logicalOperators.some(operator => operator === name)) {
    return `"${name}" can't be the value of a field. Put it around the condition, such as {"${name}": ${name === '$not' ? '' : '['}{"${key}": …}${name === '$not' ? '' : ', …]'}}`;
  }
  const replacement = ownValue(otherOperators, name);
  const hint = replacement === undefined ? '' : ` Use ${replacement}.`;
  return `Unknown operator "${name}".${hint} Available: ${valueOperators.join(', ')}`;
}

function wrongValue(key: string, value: unknown): string {
  if (Array.isArray(value)) return `"${key}" can't be a list. For several values, use "$in"`;
  return `"${key}" must be text, a number, a boolean or an object with an operator, not ${nameOf(value)}. For missing fields, use {"$exists": false}`;
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'a boolean';
    default:
      return 'an object';
  }
}

import { isRecord, parsedJson } from '../../../../../base';
import { parseYaml } from '../../../../../platform/core/yaml';

/** More than the largest schemas in use have, which describe whole clouds. */
const MAX_VALUES = 200_000;
const MAX_DEPTH = 200;
const MAX_PATTERN_LENGTH = 200;
const MAX_WAYS = 256;

/** Keywords whose values map names to schemas: what a name means elsewhere does not count there. */
const maps = new Set(['properties', 'definitions', '$defs', 'dependentSchemas', 'dependencies']);
/** Keywords with values that are no schemas. */
const values = new Set(['const', 'enum', 'default', 'examples', 'required', 'defaultSnippets']);

/**
 * Makes a schema that anybody may have written safe to be judged by on the thread that answers the
 * editor: patterns that may take for ever are left out, and so is what has no end.
 *
 * @param text - JSON or YAML
 * @returns JSON
 * @throws Error where it is neither, or has no end
 */
export function tameSchema(text: string): string {
  return JSON.stringify(tamed(parsedJson(text) ?? parseYaml(text)));
}

/** As `tameSchema`, of a schema that has been read. */
export function tamed(schema: unknown): unknown {
  return new Tamer().schema(schema, 0);
}

class Tamer {
  #count = 0;

  schema(value: unknown, depth: number): unknown {
    this.#charge(depth);
    if (Array.isArray(value)) return value.map(item => this.schema(item, depth + 1));
    if (!isRecord(value)) return value;
    const entries = Object.entries(value).flatMap(([keyword, inner]): [string, unknown][] => {
      if (keyword === 'pattern') return isQuickPattern(inner) ? [[keyword, inner]] : [];
      if (keyword === 'patternProperties') return [[keyword, this.#patterns(inner, depth + 1)]];
      if (maps.has(keyword)) return [[keyword, this.#map(inner, depth + 1)]];
      if (values.has(keyword)) return [[keyword, this.#value(inner, depth + 1)]];
      return [[keyword, this.schema(inner, depth + 1)]];
    });
    // By definition: `__proto__` is a name like any other.
    return Object.fromEntries(entries);
  }

  #map(value: unknown, depth: number): unknown {
    if (!isRecord(value)) return this.#value(value, depth);
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, this.schema(inner, depth + 1)]),
    );
  }

  #patterns(value: unknown, depth: number): unknown {
    if (!isRecord(value)) return {};
    return this.#map(
      Object.fromEntries(Object.entries(value).filter(([pattern]) => isQuickPattern(pattern))),
      depth,
    );
  }

  #value(value: unknown, depth: number): unknown {
    this.#charge(depth);
    if (Array.isArray(value)) return value.map(item => this.#value(item, depth + 1));
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, this.#value(inner, depth + 1)]),
    );
  }

  #charge(depth: number): void {
    this.#count++;
    if (this.#count > MAX_VALUES || depth > MAX_DEPTH) throw new Error('it is too large');
  }
}

/**
 * Whether a pattern is matched in a time that grows no faster than the text: at most one thing repeats
 * without end, nothing that repeats stands in it, and it is looked for at one place alone. What may be
 * there or not, and alternatives in groups, multiply: all ways through them are tried.
 */
function isQuickPattern(pattern: unknown): boolean {
  if (typeof pattern !== 'string' || pattern.length > MAX_PATTERN_LENGTH) return false;
  // What is escaped or in brackets stands for one character.
  const plain = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  if (waysThrough(plain) > MAX_WAYS) return false;
  if (/\)[*+{]|\\\d|\(\?/.test(plain)) return false;
  const endless = plain.match(/[*+]|\{\d*,\d*\}|\{\d{3,}\}/g)?.length ?? 0;
  return endless === 0 || (endless === 1 && plain.startsWith('^') && !plain.includes('|'));
}

/** An upper bound of the ways through the optional parts and the alternatives of a pattern. */
function waysThrough(plain: string): number {
  let ways = 1;
  const alternatives = [1];
  for (const sign of plain) {
    if (sign === '?') ways *= 2;
    else if (sign === '|') alternatives.push((alternatives.pop() ?? 1) + 1);
    else if (sign === '(') alternatives.push(1);
    else if (sign === ')') ways *= alternatives.pop() ?? 1;
  }
  return alternatives.reduce((product, count) => product * count, ways);
}

import { isRecord, parsedJson, translate } from '../../../../../base';
import { parseYaml } from '../../../../../platform/core/yaml';

/** Limits, larger than the largest schemas in use, which describe whole clouds. */
const MAX_VALUES = 200_000;
const MAX_DEPTH = 200;
const MAX_PATTERN_LENGTH = 200;
const MAX_WAYS = 256;

/** Keywords whose values map names to schemas, so that keywords have no meaning as names. */
const maps = new Set(['properties', 'definitions', '$defs', 'dependentSchemas', 'dependencies']);
/** Keywords whose values aren't schemas. */
const values = new Set(['const', 'enum', 'default', 'examples', 'required', 'defaultSnippets']);

/**
 * Makes an untrusted schema safe to validate with on the server's only thread: removes patterns that may backtrack and
 * content beyond the limits.
 *
 * @param text - JSON or YAML
 * @returns JSON
 * @throws Error if it is neither, or infinite
 */
export function tameSchema(text: string): string {
  return JSON.stringify(tamed(parsedJson(text) ?? parseYaml(text)));
}

/** Does the same as `tameSchema` for a parsed schema. */
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
    // Defines properties, because `__proto__` is a name like any other.
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
    if (this.#count > MAX_VALUES || depth > MAX_DEPTH) throw new Error(translate('too large'));
  }
}

/**
 * Whether a pattern is matched in linear time: it has at most one unlimited repetition, which isn't nested, and is
 * anchored. Optional parts and alternatives multiply the paths, which are all tried.
 */
function isQuickPattern(pattern: unknown): boolean {
  if (typeof pattern !== 'string' || pattern.length > MAX_PATTERN_LENGTH) return false;
  // An escape or a class stands for one character.
  const plain = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  if (waysThrough(plain) > MAX_WAYS) return false;
  if (/\)[*+{]|\\\d|\(\?/.test(plain)) return false;
  const endless = plain.match(/[*+]|\{\d*,\d*\}|\{\d{3,}\}/g)?.length ?? 0;
  return endless === 0 || (endless === 1 && plain.startsWith('^') && !plain.includes('|'));
}

/** Returns an upper bound of the paths through the optional parts and alternatives of a pattern. */
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

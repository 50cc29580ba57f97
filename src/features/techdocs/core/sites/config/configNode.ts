import type { Range } from '../../../../../base';
import type { JsonValue } from '../../../../../model';

/** Place of a value in a config file. */
export interface ConfigPlace {
  /** URI. */
  readonly file: string;
  readonly range: Range;
}

/** A config value with its place. Configs can inherit values from several files. */
export type ConfigNode = ConfigMap | ConfigList | ConfigScalar;

interface TaggedNode {
  /** YAML tag that isn't part of YAML itself, such as `!ENV` or a Python object. */
  readonly tag?: string | undefined;
}

export interface ConfigMap extends TaggedNode {
  readonly type: 'map';
  readonly place: ConfigPlace;
  /** Entries by the text of their key, in Python's order. */
  readonly entries: ReadonlyMap<string, ConfigEntry>;
  /**
   * Whether this file or an inherited one couldn't be read completely, so that missing entries may
   * exist.
   */
  readonly isIncomplete?: boolean;
}

export interface ConfigEntry {
  readonly key: ConfigPlace;
  readonly value: ConfigNode;
}

export interface ConfigList extends TaggedNode {
  readonly type: 'list';
  readonly place: ConfigPlace;
  readonly items: readonly ConfigNode[];
}

export interface ConfigScalar extends TaggedNode {
  readonly type: 'scalar';
  readonly place: ConfigPlace;
  /** Undefined for values that JSON can't express: a date, a Python object. */
  readonly value: string | number | boolean | null | undefined;
  /** Python's `str` of the value. */
  readonly text: string;
}

export function childOf(map: ConfigMap | undefined, key: string): ConfigNode | undefined {
  return map?.entries.get(key)?.value;
}

/** Returns the text of a string node; undefined for other types. */
export function stringOf(node: ConfigNode | undefined): string | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

export function booleanOf(node: ConfigNode | undefined): boolean | undefined {
  return node?.type === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;
}

export function mapOf(node: ConfigNode | undefined): ConfigMap | undefined {
  return node?.type === 'map' ? node : undefined;
}

/** Whether a value is missing or null. */
export function isAbsent(node: ConfigNode | undefined): boolean {
  return node === undefined || (node.type === 'scalar' && node.value === null);
}

/** Returns a text or a list of texts. Other values are skipped. */
export function stringsOf(node: ConfigNode | undefined): readonly ConfigScalar[] {
  const items = node?.type === 'list' ? node.items : node ? [node] : [];
  return items.filter(
    (item): item is ConfigScalar => item.type === 'scalar' && typeof item.value === 'string',
  );
}

/** Limit for aliases that multiply values. Depth is limited by the parser. */
const MAX_VALUES = 20_000;

/** Converts a value to JSON, without places. */
export function plainValue(node: ConfigNode | undefined): JsonValue | undefined {
  let values = 0;
  const plain = (at: ConfigNode): JsonValue => {
    if (++values > MAX_VALUES) return null;
    if (at.type === 'list') return at.items.map(plain);
    if (at.type === 'scalar') return at.value === undefined ? at.text : at.value;
    return Object.fromEntries([...at.entries].map(([key, { value }]) => [key, plain(value)]));
  };
  return node && plain(node);
}

/**
 * Merges maps recursively, in time linear in their sizes. Lists are replaced.
 *
 * Source: `mergedeep.merge`, as MkDocs uses it for `INHERIT`.
 *
 * @param maps - from the top to the bottom, at least one
 */
export function mergeMaps(maps: readonly ConfigMap[]): ConfigMap {
  /** Maps created by this call, which can be modified. */
  const made = new Map<ConfigMap, Map<string, ConfigEntry>>();
  const merge = (above: ConfigMap, below: ConfigMap): ConfigMap => {
    const entries = made.get(below) ?? new Map(below.entries);
    for (const [key, entry] of above.entries) {
      const inherited = entries.get(key)?.value;
      const isMerged = inherited?.type === 'map' && entry.value.type === 'map';
      entries.set(key, isMerged ? { ...entry, value: merge(entry.value, inherited) } : entry);
    }
    const isIncomplete = above.isIncomplete === true || below.isIncomplete === true;
    const merged = { ...above, entries, isIncomplete };
    made.set(merged, entries);
    return merged;
  };
  return maps.reduceRight((below, above) => merge(above, below));
}

import type { Range } from '../../../../../base';
import type { JsonValue } from '../../../../../model';

/** Where something is written. */
export interface ConfigPlace {
  /** URI. */
  readonly file: string;
  readonly range: Range;
}

/** A value of a config with its place: configs that inherit are put together of several files. */
export type ConfigNode = ConfigMap | ConfigList | ConfigScalar;

export interface ConfigMap {
  readonly type: 'map';
  readonly place: ConfigPlace;
  /** By the text of the key, in the order in which Python has them. */
  readonly entries: ReadonlyMap<string, ConfigEntry>;
  /** Whether the file, or a file that it inherits from, couldn't be read in full: missing entries may be written there. */
  readonly isIncomplete?: boolean;
}

export interface ConfigEntry {
  readonly key: ConfigPlace;
  readonly value: ConfigNode;
}

export interface ConfigList {
  readonly type: 'list';
  readonly place: ConfigPlace;
  readonly items: readonly ConfigNode[];
}

export interface ConfigScalar {
  readonly type: 'scalar';
  readonly place: ConfigPlace;
  /** Undefined for what JSON has no word for: a date, an object of Python. */
  readonly value: string | number | boolean | null | undefined;
  /** As Python's `str` writes it. */
  readonly text: string;
}

export function childOf(map: ConfigMap | undefined, key: string): ConfigNode | undefined {
  return map?.entries.get(key)?.value;
}

/** The text of a node that is a string, and nothing that only looks like one. */
export function stringOf(node: ConfigNode | undefined): string | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

export function booleanOf(node: ConfigNode | undefined): boolean | undefined {
  return node?.type === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;
}

export function mapOf(node: ConfigNode | undefined): ConfigMap | undefined {
  return node?.type === 'map' ? node : undefined;
}

/** Whether there is no value, or the value is nothing. */
export function isAbsent(node: ConfigNode | undefined): boolean {
  return node === undefined || (node.type === 'scalar' && node.value === null);
}

/** A text, or a list of texts; what is neither is left out. */
export function stringsOf(node: ConfigNode | undefined): readonly ConfigScalar[] {
  const items = node?.type === 'list' ? node.items : node ? [node] : [];
  return items.filter(
    (item): item is ConfigScalar => item.type === 'scalar' && typeof item.value === 'string',
  );
}

/** Values nest no deeper than documents do, and are given up where aliases multiply them. */
const MAX_VALUES = 20_000;

/** The value without its places. */
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
 * What maps say on top of each other, maps within them alike, in time that grows with their sizes; lists are replaced
 * as a whole.
 *
 * Source: `mergedeep.merge`, as MkDocs uses it for `INHERIT`.
 *
 * @param maps - from the top to the bottom, at least one
 */
export function mergeMaps(maps: readonly ConfigMap[]): ConfigMap {
  /** Maps that were made here, and can be added to. */
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

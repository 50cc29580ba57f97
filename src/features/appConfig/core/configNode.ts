import type { Range } from '../../../base';

/** Position of a config value. */
export interface ConfigPlace {
  /** URI of the file. */
  readonly file: string;
  readonly range: Range;
}

/** A value of a config, possibly merged from several files, with its position. */
export type ConfigNode = ConfigScalar | ConfigList | ConfigMap;

export interface ConfigScalar {
  readonly type: 'scalar';
  readonly place: ConfigPlace;
  readonly value: string | number | boolean | null;
}

export interface ConfigList {
  readonly type: 'list';
  readonly place: ConfigPlace;
  readonly items: readonly ConfigNode[];
}

export interface ConfigMap {
  readonly type: 'map';
  readonly place: ConfigPlace;
  readonly entries: ReadonlyMap<string, ConfigNode>;
}

/**
 * Merges configs as Backstage does: objects are merged, other values are replaced, and null hides the value of the
 * lower config. Source: `ConfigReader` of `packages/config`.
 */
export function mergeConfigs(
  over: ConfigNode | undefined,
  under: ConfigNode | undefined,
): ConfigNode | undefined {
  if (over?.type !== 'map' || under?.type !== 'map') return over ?? under;
  const entries = new Map<string, ConfigNode>();
  for (const key of new Set([...over.entries.keys(), ...under.entries.keys()])) {
    const merged = mergeConfigs(over.entries.get(key), under.entries.get(key));
    if (merged) entries.set(key, merged);
  }
  return { type: 'map', place: over.place, entries };
}

/** Returns the value at a dotted path; null counts as missing. */
export function configAt(node: ConfigNode | undefined, path: string): ConfigNode | undefined {
  let current = node;
  for (const key of path.split('.')) {
    current = current?.type === 'map' ? current.entries.get(key) : undefined;
  }
  return isNull(current) ? undefined : current;
}

function isNull(node: ConfigNode | undefined): boolean {
  return node?.type === 'scalar' && node.value === null;
}

/** Returns the items of a list; empty for other values. */
export function configItems(node: ConfigNode | undefined): readonly ConfigNode[] {
  return node?.type === 'list' ? node.items : [];
}

/** Returns the text of a value; undefined for other types. */
export function configText(node: ConfigNode | undefined): string | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** Returns Backstage's name for the type of a value in messages. */
export function configTypeName(node: ConfigNode): string {
  if (node.type === 'list') return 'array';
  if (node.type === 'map') return 'object';
  if (node.value === null) return 'null';
  return node.value === '' ? 'empty-string' : typeof node.value;
}

/** Original texts of substituted values, by value. */
export type WrittenValues = ReadonlyMap<string, string>;

/** Minimum length of a value to replace: shorter ones occur in other texts and aren't secrets. */
const SHORTEST = 5;

/** Replaces substituted values in a message with their original texts, because the values may be secret. */
export function asWritten(message: string, written: WrittenValues): string {
  let text = message;
  for (const [value, source] of [...written].sort(([a], [b]) => b.length - a.length)) {
    if (value.length >= SHORTEST) text = text.replaceAll(value, () => source);
  }
  return text;
}

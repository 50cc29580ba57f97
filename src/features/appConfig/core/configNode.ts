import type { Range } from '../../../base';

/** Where a value of a config is written. */
export interface ConfigPlace {
  /** URI of the file. */
  readonly file: string;
  readonly range: Range;
}

/** A value of a config that may have been put together from several files, with its place. */
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
 * Lays a config over another, as the files of a Backstage are laid over each other: objects are
 * merged, everything else is replaced, and null hides what is below it.
 * Source: `ConfigReader` of `packages/config`.
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

/** The value at a dotted path; null counts as nothing, also on the way. */
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

/** The values of a list; none where there is no list. */
export function configItems(node: ConfigNode | undefined): readonly ConfigNode[] {
  return node?.type === 'list' ? node.items : [];
}

/** The text of a value, if it is one. */
export function configText(node: ConfigNode | undefined): string | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** What Backstage calls the type of a value in its messages. */
export function configTypeName(node: ConfigNode): string {
  if (node.type === 'list') return 'array';
  if (node.type === 'map') return 'object';
  if (node.value === null) return 'null';
  return node.value === '' ? 'empty-string' : typeof node.value;
}

/** How values are written that variables and files filled in, by the values. */
export type WrittenValues = ReadonlyMap<string, string>;

/** Shorter values are words of other texts, too, and no secrets. */
const SHORTEST = 5;

/** A message with values as they are written: it may be shown to people who may not know the values. */
export function asWritten(message: string, written: WrittenValues): string {
  let text = message;
  for (const [value, source] of [...written].sort(([a], [b]) => b.length - a.length)) {
    if (value.length >= SHORTEST) text = text.replaceAll(value, () => source);
  }
  return text;
}

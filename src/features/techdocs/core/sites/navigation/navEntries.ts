import { type ConfigList, type ConfigNode, type ConfigPlace, isAbsent } from '../config/configNode';

/** An entry of the navigation as it is written, whatever it leads to. */
export interface NavEntry {
  /** Undefined where none is given. */
  readonly title: string | undefined;
  /** Of the value; of the key, where the value is a list. */
  readonly place: ConfigPlace;
  /** A path of the docs folder, or an address. */
  readonly target?: string;
  readonly children?: readonly NavEntry[];
}

/** Aliases can stand for more than anybody could read. */
const MAX_ENTRIES = 20_000;

/** What of a navigation can be used; what cannot is told by the config. */
export function readNavEntries(nav: ConfigList): readonly NavEntry[] {
  let left = MAX_ENTRIES;

  const ofValue = (title: string, value: ConfigNode, key: ConfigPlace): readonly NavEntry[] => {
    if (isAbsent(value) || left-- <= 0) return [];
    if (value.type === 'list') {
      return [{ title, place: key, children: value.items.flatMap(ofItem) }];
    }
    if (value.type === 'map') return [{ title, place: key, children: ofMap(value) }];
    return [{ title, place: value.place, target: value.text }];
  };

  const ofMap = (map: ConfigNode): readonly NavEntry[] =>
    map.type === 'map'
      ? [...map.entries].flatMap(([title, { key, value }]) => ofValue(title, value, key))
      : [];

  const ofItem = (item: ConfigNode): readonly NavEntry[] => {
    if (item.type !== 'scalar') return ofMap(item);
    if (typeof item.value !== 'string' || left-- <= 0) return [];
    return [{ title: undefined, place: item.place, target: item.text }];
  };

  return nav.items.flatMap(ofItem);
}

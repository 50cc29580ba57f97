import type { Entity } from '../../model';
import {
  entityDescription,
  entityTags,
  entityTitle,
  ownerRefs,
  shortOwnerRef,
  refOf,
} from './entityFields';

export interface MatchOptions {
  readonly entities: readonly Entity[];
  /** Words, all of which must occur somewhere; empty matches everything. */
  readonly query: string;
  readonly limit: number;
  /** Refs that come before others that match as well, the first of them first. */
  readonly preferred?: readonly string[];
}

interface MatchKeys {
  readonly ref: string;
  readonly title: string;
  readonly name: string;
  /** Ref, owners and tags, in lower case. */
  readonly rest: string;
  readonly description: string;
}

/** Entities are replaced, never changed. */
const keysOf = new WeakMap<Entity, MatchKeys>();

/**
 * The entities that somebody may mean, the likeliest first: by name and title, then ref, owner and
 * tags, then words of the description, then the letters of the name in order. Equals stay in the
 * order in which they were given.
 */
export function matchEntities(options: MatchOptions): readonly Entity[] {
  const { entities, limit } = options;
  const words = options.query.toLowerCase().split(/\s+/).filter(Boolean);
  const preference = new Map((options.preferred ?? []).map((ref, index) => [ref, index]));
  const found: { entity: Entity; keys: MatchKeys; score: number }[] = [];
  for (const entity of entities) {
    const keys = matchKeys(entity);
    let score = 0;
    for (const word of words) {
      const worth = scoreWord(keys, word);
      if (worth === 0) {
        score = -1;
        break;
      }
      score += worth;
    }
    if (score < 0) continue;
    const preferred = preference.get(keys.ref);
    // Being preferred decides among equals while typing, and before the first letter altogether.
    if (preferred !== undefined) score += 0.4 - preferred / 100_000;
    found.push({ entity, keys, score });
  }
  // The sort is stable.
  found.sort(
    (a, b) => b.score - a.score || (words.length ? a.keys.name.length - b.keys.name.length : 0),
  );
  return found.slice(0, limit).map(({ entity }) => entity);
}

function scoreWord({ title, name, rest, description }: MatchKeys, word: string): number {
  if (name === word || title === word) return 8;
  if (name.startsWith(word) || title.startsWith(word)) return 7;
  if (startsWordOf(name, word) || startsWordOf(title, word)) return 6;
  if (name.includes(word) || title.includes(word)) return 5;
  if (startsWordOf(rest, word)) return 3;
  if (rest.includes(word)) return 2;
  if (startsWordOf(description, word)) return 1;
  return word.length > 1 && isSubsequence(word, name) ? 0.5 : 0;
}

/** Whether the word begins after a separator somewhere in the text. */
function startsWordOf(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
  }
  return false;
}

function isSubsequence(letters: string, text: string): boolean {
  let next = 0;
  for (let at = 0; at < text.length && next < letters.length; at++) {
    if (text[at] === letters[next]) next++;
  }
  return next === letters.length;
}

function matchKeys(entity: Entity): MatchKeys {
  let keys = keysOf.get(entity);
  if (!keys) {
    const ref = refOf(entity);
    keys = {
      ref,
      title: entityTitle(entity).toLowerCase(),
      name: entity.metadata.name.toLowerCase(),
      rest: [ref, ...ownerRefs(entity).map(shortOwnerRef), ...entityTags(entity)]
        .join(' ')
        .toLowerCase(),
      description: (entityDescription(entity) ?? '').toLowerCase(),
    };
    keysOf.set(entity, keys);
  }
  return keys;
}

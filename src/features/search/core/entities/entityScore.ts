import type { Entity } from '../../../../model';
import {
  entityDescription,
  entityTags,
  entityTitle,
  ownerRefs,
  refOf,
  shortOwnerRef,
} from '../../../../model/presentation';

/** Longer descriptions are searched up to here. */
const MAX_DESCRIPTION = 200;

/** What is searched of an entity, all in lower case. */
export interface MatchKeys {
  readonly ref: string;
  readonly name: string;
  /** Everything else in one text, so that most entities are ruled out by one look. */
  readonly text: string;
  /** Where in the text the ref, owners and tags begin, behind the title. */
  readonly restAt: number;
  readonly descriptionAt: number;
}

/** What a ref alone tells, until the entity was looked at. */
export function matchKeysOfRef(ref: string): MatchKeys {
  return {
    ref,
    name: ref.slice(ref.indexOf('/') + 1),
    text: `\n${ref}\n`,
    restAt: 1,
    descriptionAt: ref.length + 2,
  };
}

export function matchKeys(entity: Entity): MatchKeys {
  const ref = refOf(entity);
  const title = entityTitle(entity).toLowerCase();
  const owners = ownerRefs(entity).map(shortOwnerRef);
  const rest = [ref, ...owners, ...entityTags(entity)].join(' ').toLowerCase();
  const description = (entityDescription(entity) ?? '').slice(0, MAX_DESCRIPTION).toLowerCase();
  return {
    ref,
    name: entity.metadata.name.toLowerCase(),
    // No word of a query holds a line feed.
    text: `${title}\n${rest}\n${description}`,
    restAt: title.length + 1,
    descriptionAt: title.length + rest.length + 2,
  };
}

/**
 * How likely somebody means an entity by words, all of which must occur somewhere; 0 for not at all.
 * Name and title count most, then ref, owner and tags, then words of the description, then the
 * letters of the name in order. What does not match a word does not match a longer one either.
 */
export function scoreWords(keys: MatchKeys, words: readonly string[]): number {
  let score = 0;
  for (const word of words) {
    const worth = scoreWord(keys, word);
    if (worth === 0) return 0;
    score += worth;
  }
  return score;
}

function scoreWord(keys: MatchKeys, word: string): number {
  const { name, text, restAt, descriptionAt } = keys;
  const at = text.indexOf(word);
  const inName = name.indexOf(word);
  if (at === -1 && inName === -1) return word.length > 1 && isSubsequence(word, name) ? 0.5 : 0;
  const titleEnd = restAt - 1;
  if (name === word || (at === 0 && titleEnd === word.length)) return 8;
  if (inName === 0 || (at === 0 && titleEnd > 0)) return 7;
  if (startsWord(name, word, inName) || startsWord(text, word, at, titleEnd)) return 6;
  if (inName !== -1 || (at !== -1 && at < titleEnd)) return 5;
  const inRest = at < restAt ? text.indexOf(word, restAt) : at;
  if (startsWord(text, word, inRest, descriptionAt)) return 3;
  if (inRest !== -1 && inRest < descriptionAt) return 2;
  const inDescription = text.indexOf(word, descriptionAt);
  if (startsWord(text, word, inDescription)) return 1;
  return word.length > 1 && isSubsequence(word, name) ? 0.5 : 0;
}

/** Whether the word begins after a separator, from its first occurrence on up to an end. */
function startsWord(text: string, word: string, from: number, end = text.length): boolean {
  for (let at = from; at !== -1 && at < end; at = text.indexOf(word, at + 1)) {
    if (at === 0 || isSeparator(text, at - 1)) return true;
  }
  return false;
}

function isSeparator(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  // Lower case only; this is asked for every occurrence in every entity.
  if (code < 128) return !((code >= 97 && code <= 122) || (code >= 48 && code <= 57));
  return !/[\p{L}\p{N}]/u.test(text.charAt(at));
}

function isSubsequence(letters: string, text: string): boolean {
  let next = 0;
  for (let at = 0; at < text.length && next < letters.length; at++) {
    if (text.charCodeAt(at) === letters.charCodeAt(next)) next++;
  }
  return next === letters.length;
}

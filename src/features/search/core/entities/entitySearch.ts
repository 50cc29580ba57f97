import type { CatalogService, EntitySearchOptions, EntitySearchService } from '../../../../api';
import { type Disposable, DisposableStore } from '../../../../base';
import type { Entity } from '../../../../model';
import {
  entityDescription,
  entityTags,
  entityTitle,
  kindOrder,
  ownerRefs,
  refOf,
  shortOwnerRef,
} from '../../../../model/presentation';
import { runInSlices } from '../../../../platform/core';
import { Best } from '../best';

/** Number of characters of a description that are searched. */
const MAX_DESCRIPTION = 200;

/** Searched text of an entity, all in lower case. */
interface MatchKeys {
  readonly ref: string;
  readonly name: string;
  /** Title, ref, owners, tags and description in one text, so that one lookup rules out most entities. */
  readonly text: string;
  /** Offset in the text where ref, owners and tags begin, after the title. */
  readonly restAt: number;
  readonly descriptionAt: number;
}

/** Match keys of an entity that has not been read, from its ref alone. */
function matchKeysOfRef(ref: string): MatchKeys {
  return {
    ref,
    name: ref.slice(ref.indexOf('/') + 1),
    text: `\n${ref}\n`,
    restAt: 1,
    descriptionAt: ref.length + 2,
  };
}

function matchKeys(entity: Entity): MatchKeys {
  const ref = refOf(entity);
  const title = entityTitle(entity).toLowerCase();
  const owners = ownerRefs(entity).map(shortOwnerRef);
  const rest = [ref, ...owners, ...entityTags(entity)].join(' ').toLowerCase();
  const description = (entityDescription(entity) ?? '').slice(0, MAX_DESCRIPTION).toLowerCase();
  return {
    ref,
    name: entity.metadata.name.toLowerCase(),
    // Queries never contain a line feed.
    text: `${title}\n${rest}\n${description}`,
    restAt: title.length + 1,
    descriptionAt: title.length + rest.length + 2,
  };
}

/**
 * Scores how well an entity matches words, all of which must occur somewhere; 0 for no match. Name and title weigh
 * most, then ref, owner and tags, then words of the description, then the letters of the name in order. An entity
 * that doesn't match a word doesn't match a longer one either.
 */
function scoreWords(keys: MatchKeys, words: readonly string[]): number {
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

/** Whether the word begins after a separator at an occurrence between `from` and `end`. */
function startsWord(text: string, word: string, from: number, end = text.length): boolean {
  for (let at = from; at !== -1 && at < end; at = text.indexOf(word, at + 1)) {
    if (at === 0 || isSeparator(text, at - 1)) return true;
  }
  return false;
}

function isSeparator(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  // Compares code units because this runs for every occurrence in every entity; text is lower case.
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

/** Numbers of entities to search, or to read, before yielding the thread. */
const SEARCH_SLICE = 500;
const READ_SLICE = 10;

/** Above this number of changes, entities are added by ref before they are read. */
const MANY = 500;

interface Found {
  readonly keys: MatchKeys;
  readonly score: number;
  readonly order: number;
}

type SearchedCatalog = Pick<CatalogService, 'getEntityByRef' | 'getEntityRefs' | 'onDidChange'>;

/**
 * Finds entities by a few letters, in catalogs of any size. Builds its keys on the first search and updates them
 * with the catalog: refs immediately; titles, owners and the rest in `read`. All work is done in generators, so
 * that the caller controls when to continue.
 */
export class EntitySearch implements EntitySearchService, Disposable {
  #catalog: SearchedCatalog;
  #store = new DisposableStore();
  #keys = new Map<string, MatchKeys>();
  /** Refs of entities that have not been read. */
  readonly #unread: string[] = [];
  /** Ordered by kind, then by ref; undefined when stale. */
  #sorted: readonly MatchKeys[] | undefined;
  /** Refs at the first search, and how many of them have been added. */
  #first: { readonly refs: readonly string[]; taken: number } | undefined;
  #pending = new Set<string>();
  #last: { words: readonly string[]; matches: readonly MatchKeys[] } | undefined;

  constructor(catalog: SearchedCatalog) {
    this.#catalog = catalog;
    this.#store.add(
      catalog.onDidChange(({ entityRefs }) => {
        if (!this.#first) return;
        for (const ref of entityRefs) this.#pending.add(ref);
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  find(options: EntitySearchOptions, signal?: AbortSignal): Promise<readonly string[] | undefined> {
    return runInSlices(this.search(options), signal);
  }

  get isComplete(): boolean {
    return !this.isUnread;
  }

  async complete(signal?: AbortSignal): Promise<void> {
    await runInSlices(this.read(), signal);
  }

  /** Returns the refs that match best first; equal matches in the order of kinds and refs. */
  *search(options: EntitySearchOptions): Generator<void, readonly string[]> {
    yield* this.#prepare();
    const words = options.query.toLowerCase().split(/\s+/).filter(Boolean);
    const preferred = new Map((options.preferred ?? []).map((ref, index) => [ref, index]));
    const matches: MatchKeys[] = [];
    const best = new Best<Found>(options.limit, (a, b) => compareFound(a, b, words.length > 0));
    const candidates = this.#candidates(words);
    for (const [order, keys] of candidates.entries()) {
      if (order % SEARCH_SLICE === SEARCH_SLICE - 1) yield;
      const worth = scoreWords(keys, words);
      if (words.length && worth === 0) continue;
      if (words.length) matches.push(keys);
      // Preference decides between equal matches, and sets the order of an empty query.
      const preference = preferred.get(keys.ref);
      const score = preference === undefined ? worth : worth + 0.4 - preference / 100_000;
      const found = { keys, score, order };
      if (best.accepts(found) && this.#accepts(keys, options.accept)) best.add(found);
    }
    this.#last = { words, matches };
    return best.sorted().map(({ keys }) => keys.ref);
  }

  /** Whether `read` has work to do; known after the first search. */
  get isUnread(): boolean {
    return this.#unread.length > 0;
  }

  /** Reads entities of which only the ref is known. More may match afterwards. */
  *read(): Generator<void, void> {
    let done = 0;
    for (let ref = this.#unread.pop(); ref !== undefined; ref = this.#unread.pop()) {
      const entity = this.#catalog.getEntityByRef(ref);
      const keys = this.#keys.get(ref);
      if (entity && keys) Object.assign(keys, matchKeys(entity));
      this.#last = undefined;
      if (++done % READ_SLICE === 0) yield;
    }
  }

  #accepts({ ref }: MatchKeys, accept: EntitySearchOptions['accept']): boolean {
    if (!accept) return true;
    const entity = this.#catalog.getEntityByRef(ref);
    return entity !== undefined && accept(entity);
  }

  /** Returns all keys, or the matches of a previous query that this one extends. */
  #candidates(words: readonly string[]): readonly MatchKeys[] {
    const last = this.#last;
    const narrows =
      last?.words.length &&
      words.length >= last.words.length &&
      last.words.every((word, index) => words[index]?.startsWith(word));
    if (last && narrows) return last.matches;
    return this.#sorted ?? [];
  }

  *#prepare(): Generator<void> {
    yield* this.#begin();
    if (this.#pending.size) yield* this.#update(this.#pending);
    if (this.#sorted) return;
    this.#last = undefined;
    this.#sorted = yield* sortKeys(this.#keys.values());
  }

  /** Adds all refs of the catalog; resumes where an interrupted run stopped. */
  *#begin(): Generator<void> {
    if (!this.#first) {
      const refs = this.#catalog.getEntityRefs();
      this.#first = { refs, taken: 0 };
      // Small catalogs are read immediately, so that results don't change while the user looks at them.
      if (refs.length <= MANY) for (const ref of refs) this.#pending.add(ref);
    }
    const { refs } = this.#first;
    if (refs.length <= MANY) return;
    while (this.#first.taken < refs.length) {
      const ref = refs[this.#first.taken++];
      if (ref !== undefined && !this.#keys.has(ref)) this.#addRef(ref);
      if (this.#first.taken % SEARCH_SLICE === 0) yield;
    }
  }

  #addRef(ref: string): void {
    this.#keys.set(ref, matchKeysOfRef(ref));
    this.#unread.push(ref);
  }

  *#update(refs: Set<string>): Generator<void> {
    const known = refs.size > MANY ? new Set(this.#catalog.getEntityRefs()) : undefined;
    let done = 0;
    for (const ref of refs) {
      refs.delete(ref);
      const entity = known ? undefined : this.#catalog.getEntityByRef(ref);
      if (entity) this.#keys.set(ref, matchKeys(entity));
      else if (known?.has(ref)) this.#addRef(ref);
      else this.#keys.delete(ref);
      this.#sorted = undefined;
      if (++done % (known ? SEARCH_SLICE : READ_SLICE) === 0) yield;
    }
  }
}

/** Sorts by kind, then by ref, one kind at a time. */
function* sortKeys(keys: Iterable<MatchKeys>): Generator<void, readonly MatchKeys[]> {
  const byKind = new Map<number, MatchKeys[]>();
  for (const item of keys) {
    const order = kindOrder(item.ref.slice(0, item.ref.indexOf(':')));
    const known = byKind.get(order);
    if (known) known.push(item);
    else byKind.set(order, [item]);
  }
  const sorted: MatchKeys[] = [];
  for (const order of [...byKind.keys()].sort((a, b) => a - b)) {
    yield;
    const group = byKind.get(order) ?? [];
    group.sort((a, b) => (a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0));
    for (const item of group) sorted.push(item);
  }
  return sorted;
}

/** Compares by score; while the user types, shorter names come first among equals. */
function compareFound(a: Found, b: Found, isTyping: boolean): number {
  return (
    b.score - a.score ||
    (isTyping ? a.keys.name.length - b.keys.name.length : 0) ||
    a.order - b.order
  );
}

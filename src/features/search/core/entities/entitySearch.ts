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
import { inSlices } from '../../../../platform/core';
import { Best } from '../best';

/** Longer descriptions are searched up to here. */
const MAX_DESCRIPTION = 200;

/** What is searched of an entity, all in lower case. */
interface MatchKeys {
  readonly ref: string;
  readonly name: string;
  /** Everything else in one text, so that most entities are ruled out by one look. */
  readonly text: string;
  /** Where in the text the ref, owners and tags begin, behind the title. */
  readonly restAt: number;
  readonly descriptionAt: number;
}

/** What a ref alone tells, until the entity was looked at. */
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

/** So many entities are searched, or put together, before others may have the thread. */
const SEARCH_SLICE = 500;
const READ_SLICE = 10;

/** More changes than these are known by their refs first. */
const MANY = 500;

interface Found {
  readonly keys: MatchKeys;
  readonly score: number;
  readonly order: number;
}

type SearchedCatalog = Pick<CatalogService, 'getEntityByRef' | 'getEntityRefs' | 'onDidChange'>;

/**
 * Finds entities by a few letters, in catalogs of any size. What is searched is put together when
 * somebody first asks and kept up with the catalog: refs at once, titles, owners and all else by
 * `read`. All work is a generator, which stops now and then so that its caller decides when to go on.
 */
export class EntitySearch implements EntitySearchService, Disposable {
  #catalog: SearchedCatalog;
  #store = new DisposableStore();
  #keys = new Map<string, MatchKeys>();
  /** Refs of entities of which no more than that is known. */
  readonly #unread: string[] = [];
  /** In the order of kinds, then of refs; undefined when there are others. */
  #sorted: readonly MatchKeys[] | undefined;
  /** All refs at the first question, and how many of them were taken up. */
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
    return inSlices(this.search(options), signal);
  }

  get isComplete(): boolean {
    return !this.isUnread;
  }

  async complete(signal?: AbortSignal): Promise<void> {
    await inSlices(this.read(), signal);
  }

  /** The refs that somebody may mean, the likeliest first; equals in the order of kinds and refs. */
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
      // Being preferred decides among equals while typing, and before the first letter altogether.
      const preference = preferred.get(keys.ref);
      const score = preference === undefined ? worth : worth + 0.4 - preference / 100_000;
      const found = { keys, score, order };
      if (best.accepts(found) && this.#accepts(keys, options.accept)) best.add(found);
    }
    this.#last = { words, matches };
    return best.sorted().map(({ keys }) => keys.ref);
  }

  /** Whether there is something for `read` to do; known after the first search. */
  get isUnread(): boolean {
    return this.#unread.length > 0;
  }

  /** Looks at entities of which only the ref is known. More may match afterwards. */
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

  /** All, or those that matched a query that this one goes on with. */
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
    if (this.#pending.size) yield* this.#takeUp(this.#pending);
    if (this.#sorted) return;
    this.#last = undefined;
    this.#sorted = yield* sortKeys(this.#keys.values());
  }

  /** Takes up all refs there are; who is stopped on the way goes on from there. */
  *#begin(): Generator<void> {
    if (!this.#first) {
      const refs = this.#catalog.getEntityRefs();
      this.#first = { refs, taken: 0 };
      // Few are read at once, so that what is found does not change while it is looked at.
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

  *#takeUp(refs: Set<string>): Generator<void> {
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

/** By kind, then by ref, one kind at a time. */
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

/** The likelier first; while typing, those with shorter names of equals. */
function compareFound(a: Found, b: Found, isTyping: boolean): number {
  return (
    b.score - a.score ||
    (isTyping ? a.keys.name.length - b.keys.name.length : 0) ||
    a.order - b.order
  );
}

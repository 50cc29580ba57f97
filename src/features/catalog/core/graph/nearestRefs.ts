import { compareCodeUnits, getOrInsert } from '../../../../base';
import { type CompoundEntityRef, shortenEntityRef } from '../../../../model';
import { editDistance, maxEdits, nameDistance } from '../../../../platform/core';

const MAX_SUGGESTIONS = 3;

/** Refs of one kind with names of the same length. */
interface Candidates {
  /** Full refs, lowercase. */
  readonly refs: string[];
  /** Letters in each name, as a bit mask. */
  readonly letters: number[];
}

/**
 * Finds existing refs similar to a missing one: the same name in another namespace or of another
 * kind, and names with a typo. Updated ref by ref; computes the edit distance only for names of
 * similar length and letters.
 */
export class NearestRefs {
  #spell: (ref: string) => CompoundEntityRef;
  #refs = new Set<string>();
  /** Refs by kind, then by length of the name. */
  #byKind = new Map<string, Map<number, Candidates>>();
  /** Cache until a ref is added or removed; nearly all edits repeat previous searches. */
  #found = new Map<string, readonly string[]>();

  /** @param spell - returns the spelling for suggestions of a full, lowercase ref */
  constructor(spell: (ref: string) => CompoundEntityRef) {
    this.#spell = spell;
  }

  /** Adds a ref. Must also be called when its spelling changed. */
  add(ref: string): void {
    this.#found.clear();
    if (this.#refs.has(ref)) return;
    this.#refs.add(ref);
    const { kind, name } = partsOf(ref);
    const byLength = getOrInsert(this.#byKind, kind, () => new Map<number, Candidates>());
    const others = getOrInsert(byLength, name.length, () => ({ refs: [], letters: [] }));
    others.refs.push(ref);
    others.letters.push(lettersOf(name));
  }

  delete(ref: string): void {
    if (!this.#refs.delete(ref)) return;
    this.#found.clear();
    const { kind, name } = partsOf(ref);
    const { refs, letters } = this.#byKind.get(kind)?.get(name.length) ?? NO_CANDIDATES;
    const at = refs.indexOf(ref);
    if (at < 0) return;
    refs.splice(at, 1);
    letters.splice(at, 1);
  }

  /**
   * Finds similar refs.
   *
   * @param context - defaults of the field, which shorten suggestions
   * @returns suggestions, best first, in the shortest form that resolves in the field
   */
  find(target: CompoundEntityRef, context: NearestContext): readonly string[] {
    const { kind, namespace, name } = target;
    const key = [kind, namespace, name, context.defaultKind, context.defaultNamespace].join('\0');
    let found = this.#found.get(key);
    if (!found) {
      if (this.#found.size >= MOST_FOUND) this.#found.clear();
      this.#found.set(key, (found = this.#search(target, context)));
    }
    return found;
  }

  #search(target: CompoundEntityRef, context: NearestContext): readonly string[] {
    const kind = target.kind.toLowerCase();
    const namespace = target.namespace.toLowerCase();
    const name = target.name.toLowerCase();
    const ranked = new Map<string, number>();
    // Other kinds count only in a field without a default kind.
    const kinds = context.defaultKind === undefined ? this.#byKind.keys() : [kind];
    for (const other of kinds) {
      const { refs } = this.#byKind.get(other)?.get(name.length) ?? NO_CANDIDATES;
      for (const ref of refs) if (ref.endsWith(name)) ranked.set(ref, 0.5);
    }
    const letters = lettersOf(name);
    for (const [length, candidates] of this.#byKind.get(kind) ?? []) {
      const limit = maxEdits(name.length, length);
      if (Math.abs(name.length - length) > limit) continue;
      for (const [at, ref] of candidates.refs.entries()) {
        // An edit adds at most one letter and removes at most one.
        if (countBits((candidates.letters[at] ?? 0) ^ letters) > 2 * limit) continue;
        if (ranked.has(ref)) continue;
        const candidate = partsOf(ref);
        const steps = editDistance(candidate.name, name);
        if (steps > limit) continue;
        ranked.set(ref, steps + (candidate.namespace === namespace ? 0 : 0.5));
      }
    }
    return [...ranked]
      .sort((a, b) => a[1] - b[1] || compareCodeUnits(a[0], b[0]))
      .slice(0, ENOUGH)
      .map(([ref, rank]) => ({
        // Refs have lowercase kinds, and names as their entity spells them.
        text: shortenEntityRef({ ...this.#spell(ref), kind: partsOf(ref).kind }, context),
        rank,
      }))
      .sort((a, b) => a.rank - b.rank || compareCodeUnits(a.text, b.text))
      .slice(0, MAX_SUGGESTIONS)
      .map(({ text }) => text);
  }
}

/** Defaults of the reference's field. */
interface NearestContext {
  readonly defaultKind?: string | undefined;
  readonly defaultNamespace: string;
}

const MOST_FOUND = 20_000;

const NO_CANDIDATES: Candidates = { refs: [], letters: [] };

/** Number of candidates whose spelling is looked up, to order equally similar ones. */
const ENOUGH = 100;

/** Whether one ref may be a typo of the other; both full and lowercase. */
export function isSimilarRef(ref: string, other: string): boolean {
  const [a, b] = [partsOf(ref), partsOf(other)];
  if (a.name === b.name) return true;
  return a.kind === b.kind && nameDistance(a.name, b.name) !== undefined;
}

function partsOf(ref: string): CompoundEntityRef {
  const colon = ref.indexOf(':');
  const slash = ref.indexOf('/', colon);
  return {
    kind: ref.slice(0, colon),
    namespace: ref.slice(colon + 1, slash),
    name: ref.slice(slash + 1),
  };
}

function lettersOf(name: string): number {
  let letters = 0;
  for (let i = 0; i < name.length; i++) letters |= 1 << (name.charCodeAt(i) & 31);
  return letters;
}

function countBits(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return (((count + (count >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

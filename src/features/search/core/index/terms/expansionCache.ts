import { type Expansion, sureExpansions, typoExpansions } from './expansions';
import type { TermDictionary } from './termDictionary';

const KEPT = 64;

/** What words stand for: most of a query is what it was a letter ago. */
export class ExpansionCache {
  #dictionary: TermDictionary;
  #known = new Map<string, readonly Expansion[]>();
  /** Of the dictionary when they were found. */
  #terms = 0;

  constructor(dictionary: TermDictionary) {
    this.#dictionary = dictionary;
  }

  sure(word: string, isUnfinished: boolean): readonly Expansion[] {
    return this.#find('sure', word, isUnfinished, sureExpansions);
  }

  typos(word: string, isUnfinished: boolean): readonly Expansion[] {
    return this.#find('typos', word, isUnfinished, typoExpansions);
  }

  #find(
    how: string,
    word: string,
    isUnfinished: boolean,
    find: typeof sureExpansions,
  ): readonly Expansion[] {
    if (this.#terms !== this.#dictionary.size) {
      this.#known.clear();
      this.#terms = this.#dictionary.size;
    }
    const key = `${how} ${String(isUnfinished)} ${word}`;
    const known = this.#known.get(key);
    if (known) return known;
    const found = find(this.#dictionary, word, isUnfinished);
    if (this.#known.size >= KEPT) {
      for (const oldest of this.#known.keys()) {
        this.#known.delete(oldest);
        break;
      }
    }
    this.#known.set(key, found);
    return found;
  }
}

import { isValidObjectName, isValidTag } from '../../../../model';

const MAX_LENGTH = 63;

/** Returns the nearest valid entity name; undefined if no character of the text is valid. */
export function toEntityName(text: string): string | undefined {
  const name = trimmed(text.normalize('NFKD').replace(/[^A-Za-z0-9._-]+/g, '-'));
  return isValidObjectName(name) ? name : undefined;
}

/** Returns the nearest valid tag. */
export function toTag(text: string): string | undefined {
  const tag = trimmed(
    text
      .toLowerCase()
      .replace(/[^a-z0-9:+#]+/g, '-')
      .replace(/-{2,}/g, '-'),
  );
  return isValidTag(tag) ? tag : undefined;
}

function trimmed(text: string): string {
  return text
    .replace(/-{2,}/g, '-')
    .replace(/^[._-]+/, '')
    .slice(0, MAX_LENGTH)
    .replace(/[._-]+$/, '');
}

/** Assigns unused names, ignoring case. */
export class FreeNames {
  #isTaken: (name: string) => boolean;
  #given = new Set<string>();

  /**
   * @param isTaken - whether the catalog has a name, given in lowercase
   */
  constructor(isTaken: (name: string) => boolean) {
    this.#isTaken = isTaken;
  }

  /** Returns the first unused proposal, else the first proposal with a number. */
  take(wishes: readonly string[]): string {
    const [first = 'component'] = wishes;
    const name = wishes.find(wish => this.#isFree(wish)) ?? this.#numbered(first);
    this.#given.add(name.toLowerCase());
    return name;
  }

  #numbered(name: string): string {
    for (let number = 2; ; number++) {
      const suffix = `-${number}`;
      const candidate = `${name.slice(0, MAX_LENGTH - suffix.length).replace(/[._-]+$/, '')}${suffix}`;
      if (this.#isFree(candidate)) return candidate;
    }
  }

  #isFree(name: string): boolean {
    const key = name.toLowerCase();
    return !this.#given.has(key) && !this.#isTaken(key);
  }
}

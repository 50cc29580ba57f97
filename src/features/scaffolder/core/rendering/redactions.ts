import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';

/** Texts that must not be told, because a secret made them. */
export interface Redactions {
  readonly values: readonly string[];
  /** Names that are there with secrets only. Elsewhere they are words like any other. */
  readonly keys: readonly string[];
}

/**
 * What in a value is another without secrets.
 *
 * Source: `collectSecretRedactions` of `NunjucksWorkflowRunner`.
 */
export function addedBySecrets(value: unknown, without: unknown): Redactions {
  const values: string[] = [];
  const keys: string[] = [];
  collect(value, without, { values, keys });
  return { values, keys };
}

interface Collected {
  readonly values: string[];
  readonly keys: string[];
}

function collect(value: unknown, without: unknown, into: Collected): void {
  if (typeof value === 'string') {
    if (value !== without) into.values.push(value);
  } else if (Array.isArray(value)) {
    const other: readonly unknown[] = Array.isArray(without) ? without : [];
    for (const [index, item] of value.entries()) collect(item, other[index], into);
  } else if (typeof value === 'object' && value !== null) {
    const other = typeof without === 'object' && without !== null ? without : {};
    for (const [key, item] of Object.entries(value)) {
      const isThere = Object.hasOwn(other, key);
      if (!isThere) into.keys.push(key);
      collect(item, isThere ? Reflect.get(other, key) : undefined, into);
    }
  }
}

/** Longer texts are not looked for within themselves: that could take for ever, and of a secret nothing is left by it. */
const LONG = 256;

/** The number of secrets for each length from which it's quicker to look up each part of a text. */
const MANY = 40;

/** Puts `***` in the place of what must not be told. */
export class Redactor {
  readonly #secrets = new Set<string>();
  /** The secrets up to `LONG` characters by their lengths. */
  readonly #byLength = new Map<number, Set<string>>();
  readonly #long = new Set<string>();

  /** What is one character long, or blank, is in every text, and stays. */
  add(secrets: Iterable<string>): void {
    for (const secret of secrets) {
      const text = secret.trim();
      if (text.length > 1) for (const spelled of spellings(text)) this.#add(spelled);
    }
  }

  #add(secret: string): void {
    this.#secrets.add(secret);
    if (secret.length > LONG) this.#long.add(secret);
    else {
      const alike = this.#byLength.get(secret.length);
      if (alike) alike.add(secret);
      else this.#byLength.set(secret.length, new Set([secret]));
    }
  }

  /** Secrets that overlap become one `***`. */
  redact(text: string): string {
    const found = this.#find(text);
    if (found.size === 0) return text;
    let result = '';
    let end = 0;
    for (const [start, itsEnd] of [...found].sort(([one], [other]) => one - other)) {
      if (start >= end) result += `${text.slice(end, start)}***`;
      end = Math.max(end, itsEnd);
    }
    return result + text.slice(end);
  }

  /** Where secrets begin, with the end of the longest. No pattern of them all: one can be larger than any pattern may be. */
  #find(text: string): ReadonlyMap<number, number> {
    const found = new Map<number, number>();
    const isMany = this.#secrets.size > MANY * this.#byLength.size;
    if (isMany) this.#findByLength(text, found);
    for (const secret of isMany ? this.#long : this.#secrets) {
      const { length } = secret;
      const step = length > LONG ? length : 1;
      for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + step)) {
        found.set(at, Math.max(found.get(at) ?? 0, at + length));
      }
    }
    return found;
  }

  /** In time that doesn't grow with the number of secrets: a step in a loop can make thousands of one. */
  #findByLength(text: string, found: Map<number, number>): void {
    for (const [length, secrets] of this.#byLength) {
      for (let at = 0; at + length <= text.length; at++) {
        if (!secrets.has(text.slice(at, at + length))) continue;
        found.set(at, Math.max(found.get(at) ?? 0, at + length));
      }
    }
  }

  /** The same for all texts in a value, names among them, and for numbers that are secrets. */
  redactValue(value: JsonValue): JsonValue {
    if (this.#secrets.size === 0) return value;
    if (typeof value === 'string') return this.redact(value);
    if (typeof value === 'number') return this.#secrets.has(String(value)) ? '***' : value;
    if (Array.isArray(value)) return value.map(item => this.redactValue(item));
    return isRecord(value) ? this.redactRecord(value) : value;
  }

  redactRecord(record: JsonObject): JsonObject {
    return Object.fromEntries(
      Object.entries(record).map(([key, value]) => [this.redact(key), this.redactValue(value)]),
    );
  }
}

/** A text, and what it is in JSON and in addresses: steps tell of their inputs so. */
function spellings(text: string): readonly string[] {
  // Half a character has no place in an address.
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return [text, JSON.stringify(text).slice(1, -1), encodeURI(whole), encodeURIComponent(whole)];
}

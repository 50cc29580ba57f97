import { isRecord, singleLine } from '../../base';
import type { JsonObject, JsonValue } from '../../model';

/** Longer texts are not looked for within themselves: that could take for ever, and of a secret nothing is left by it. */
const LONG = 256;

/** The number of secrets for each length from which it's quicker to look up each part of a text. */
const MANY = 40;

/** Puts `***` in the place of secrets, also as they are spelled in addresses and JSON. */
export class Redactor {
  readonly #secrets = new Set<string>();
  /** The secrets up to `LONG` characters by their lengths. */
  readonly #byLength = new Map<number, Set<string>>();
  readonly #long = new Set<string>();

  constructor(secrets: Iterable<string> = []) {
    this.add(secrets);
  }

  /** Skips texts of one character and blank ones: they are in every text. */
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

  /** Whether a text holds a secret. */
  finds(text: string): boolean {
    return this.#find(text).size > 0;
  }

  /** Untrusted text on one line, redacted, truncated. */
  line(text: string): string {
    return singleLine(this.redact(text), 300);
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

/** Secrets in the value of a header that lets somebody in: `Bearer …`, `Basic …`, or the token alone. */
export function headerSecrets(value: string): readonly string[] {
  const [scheme = '', ...rest] = value.trim().split(/\s+/);
  const token = rest.join(' ');
  if (token === '') return [scheme];
  const pair = /^basic$/i.test(scheme) ? decodedText(token) : '';
  return [value, token, pair, pair.slice(pair.indexOf(':') + 1)];
}

function decodedText(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), c => c.charCodeAt(0)));
  } catch {
    return '';
  }
}

/** A text and its spellings in JSON, in addresses, in the name of a host, and in one case. */
function spellings(text: string): readonly string[] {
  // Half a character has no place in an address.
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    ...[encodeURI(whole), encodeURIComponent(whole)].flatMap(encoded => [
      encoded,
      encoded.replace(/%../g, hex => hex.toLowerCase()),
      encoded.toLowerCase(),
    ]),
    text.toLowerCase(),
    text.toUpperCase(),
  ];
}

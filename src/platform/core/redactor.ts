import { isRecord, singleLine } from '../../base';
import type { JsonObject, JsonValue } from '../../model';

/**
 * The length from which a secret isn't searched within its own matches: that could take forever, and the match is
 * redacted anyway.
 */
const LONG = 256;

/** The number of secrets for each length from which it's faster to look up each substring of a text. */
const MANY = 40;

/** Replaces secrets with `***`, also in their URL and JSON encodings. */
export class Redactor {
  readonly #secrets = new Set<string>();
  /** Secrets of up to `LONG` characters, by length. */
  readonly #byLength = new Map<number, Set<string>>();
  readonly #long = new Set<string>();

  constructor(secrets: Iterable<string> = []) {
    this.add(secrets);
  }

  /** Adds secrets. Skips blank texts and single characters, which occur in every text. */
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

  /** Whether a text contains a secret. */
  finds(text: string): boolean {
    return this.#find(text).size > 0;
  }

  /** Returns untrusted text on one line, redacted and truncated. */
  line(text: string): string {
    return singleLine(this.redact(text), 300);
  }

  /** Redacts a text. Overlapping secrets become one `***`. */
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

  /**
   * Finds the offsets of secrets, with the end of the longest. Uses no combined pattern, which could exceed the size
   * limit.
   */
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

  /** Finds secrets in time that doesn't grow with their number: a step in a loop can produce thousands. */
  #findByLength(text: string, found: Map<number, number>): void {
    for (const [length, secrets] of this.#byLength) {
      for (let at = 0; at + length <= text.length; at++) {
        if (!secrets.has(text.slice(at, at + length))) continue;
        found.set(at, Math.max(found.get(at) ?? 0, at + length));
      }
    }
  }

  /** Redacts all texts in a value, names included, and numbers that are secrets. */
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

/** Returns the secrets in an authorization header: `Bearer …`, `Basic …`, or the token alone. */
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
    // Not base64: it holds no other secret than itself.
    return '';
  }
}

/** Returns the variants of a text in JSON, URLs and host names, and in upper and lower case. */
function spellings(text: string): readonly string[] {
  // A lone surrogate can't be URL-encoded.
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

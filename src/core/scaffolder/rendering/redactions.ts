import { isRecord } from '../../../base';
import type { JsonObject, JsonValue } from '../../../model';

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

/** Puts `***` in the place of what must not be told. */
export class Redactor {
  readonly #secrets = new Set<string>();
  #pattern: RegExp | undefined;

  /** What is one character long, or blank, is in every text, and stays. */
  add(secrets: Iterable<string>): void {
    const before = this.#secrets.size;
    for (const secret of secrets) {
      const text = secret.trim();
      if (text.length > 1) this.#secrets.add(text);
    }
    if (this.#secrets.size === before) return;
    const alternatives = [...this.#secrets]
      .sort((a, b) => b.length - a.length)
      .map(text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    this.#pattern = new RegExp(`(?=(${alternatives.join('|')}))`, 'g');
  }

  /** Secrets that overlap become one `***`. */
  redact(text: string): string {
    if (!this.#pattern) return text;
    let result = '';
    let end = 0;
    for (const match of text.matchAll(this.#pattern)) {
      const start = match.index;
      const length = match[1]?.length ?? 0;
      if (start >= end) result += `${text.slice(end, start)}***`;
      end = Math.max(end, start + length);
    }
    return result + text.slice(end);
  }

  /** The same for all texts in a value, names among them, and for numbers that are secrets. */
  redactValue(value: JsonValue): JsonValue {
    if (!this.#pattern) return value;
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

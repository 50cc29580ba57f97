/**
 * The texts in a value that are others without secrets: neither they nor the keys that only secrets bring
 * may be told.
 *
 * Source: `collectSecretRedactions` of `NunjucksWorkflowRunner`.
 */
export function addedBySecrets(value: unknown, without: unknown): readonly string[] {
  if (typeof value === 'string') return value === without ? [] : [value];
  if (Array.isArray(value)) {
    const other: readonly unknown[] = Array.isArray(without) ? without : [];
    return value.flatMap((item, index) => addedBySecrets(item, other[index]));
  }
  if (typeof value !== 'object' || value === null) return [];
  const other = typeof without === 'object' && without !== null ? without : {};
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    Object.hasOwn(other, key)
      ? addedBySecrets(item, Reflect.get(other, key))
      : [key, ...textsIn(item)],
  );
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) => [key, ...textsIn(item)]);
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
}

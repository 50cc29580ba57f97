/** Texts to redact because they contain secrets. */
export interface Redactions {
  readonly values: readonly string[];
  /** Keys that exist only with secrets. They are redacted only as keys. */
  readonly keys: readonly string[];
}

/** Parts of a value that came from secrets. Source: `collectSecretRedactions` of `NunjucksWorkflowRunner`. */
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

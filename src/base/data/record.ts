/** Whether a value is an object, not an array and not null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns an own property of a table: inherited ones, such as `constructor`, don't count. */
export function ownValue<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Returns the texts in a list that others wrote; none if it isn't a list. */
export function textsIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter(item => typeof item === 'string') : [];
}

/** Parses JSON from a text or its bytes; undefined if it is invalid. */
export function parsedJson(json: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof json === 'string' ? json : new TextDecoder().decode(json)) as unknown;
  } catch {
    // Invalid JSON, which no JSON value is mistaken for.
    return undefined;
  }
}

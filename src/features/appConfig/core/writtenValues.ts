/** How values are written that variables and files filled in, by the values. */
export type WrittenValues = ReadonlyMap<string, string>;

/** Shorter values are words of other texts, too, and no secrets. */
const SHORTEST = 5;

/** A message with values as they are written: it may be shown to people who may not know the values. */
export function asWritten(message: string, written: WrittenValues): string {
  let text = message;
  for (const [value, source] of [...written].sort(([a], [b]) => b.length - a.length)) {
    if (value.length >= SHORTEST) text = text.replaceAll(value, () => source);
  }
  return text;
}

/** Finds ranges of problems that aren't in a text: they would throw in an editor, or mark something else. */
export function placeOutside(
  result: unknown,
  { text, file }: { readonly text: string; readonly file: string },
): string | undefined {
  const lines = text.split(/\r\n|\n|\r/);
  const seen = new Set<object>();
  const pending: unknown[] = [result];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) continue;
    if (seen.has(value)) continue;
    seen.add(value);
    if (isProblem(value, file)) {
      const { start, end } = value.range;
      const isOrdered =
        start.line < end.line || (start.line === end.line && start.character <= end.character);
      if (!isOrdered || !isInside(start, lines) || !isInside(end, lines)) {
        return `${value.message}: ${JSON.stringify(value.range)}`;
      }
    }
    if (value instanceof Map || value instanceof Set) pending.push(...value.values());
    else pending.push(...Object.values(value));
  }
  return undefined;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

function isInside({ line, character }: Place, lines: readonly string[]): boolean {
  const length = lines[line]?.length;
  return length !== undefined && line >= 0 && character >= 0 && character <= length;
}

function isProblem(
  value: object,
  wanted: string,
): value is { message: string; range: { start: Place; end: Place } } {
  const { range, message, file } = value as Record<string, unknown>;
  if (typeof message !== 'string' || typeof range !== 'object' || range === null) return false;
  if (typeof file !== 'string' || !file.endsWith(wanted)) return false;
  return 'start' in range && 'end' in range;
}

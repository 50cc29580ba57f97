/** A text as it is, anything else as JSON: for messages, and for what asks for a text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

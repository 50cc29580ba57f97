/** A text without what its end has of a character. A pattern would look for that end from each that stands elsewhere. */
export function withoutTrailing(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}

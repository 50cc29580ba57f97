/** Where an owner stands in a CODEOWNERS file: offsets into the text. */
export interface OwnerSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * All places where a line, or the head of one of GitLab's sections, names an owner; case does not
 * matter. What stands in comments and in paths is none.
 */
export function ownerSpans(text: string, owner: string): readonly OwnerSpan[] {
  const spans: OwnerSpan[] = [];
  const wanted = owner.toLowerCase();
  for (const { 0: line, index: start } of text.matchAll(/[^\r\n]+/g)) {
    const content = line.trimStart();
    if (content.startsWith('#')) continue;
    const head = /^\^?\[[^\]]*\](?:\[\d+\])?/.exec(content) ?? /^(?:\\.|[^\\\s])*\\?/.exec(content);
    const from = line.length - content.length + (head?.[0].length ?? 0);
    for (const { 0: word, index } of line.slice(from).matchAll(/\S+/g)) {
      if (word.startsWith('#')) break;
      if (word.toLowerCase() !== wanted) continue;
      const at = start + from + index;
      spans.push({ start: at, end: at + word.length });
    }
  }
  return spans;
}

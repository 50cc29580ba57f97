const tag = /<(\/?)span[^>]*>/g;

/**
 * Puts each line that is to stand out into an element of its own. Spans that go on over the end of
 * a line are closed there and opened again, so that elements stay nested.
 */
export function splitHighlightedLines(html: string, lines: ReadonlySet<number>): string {
  if (lines.size === 0) return html;
  const open: string[] = [];
  const parts = html.split('\n');
  const ends = parts.length - 1;
  let result = '';
  for (const [index, part] of parts.entries()) {
    const before = open.join('');
    for (const found of part.matchAll(tag)) {
      if (found[1] === '/') open.pop();
      else open.push(found[0]);
    }
    const newline = index < ends ? '\n' : '';
    if (lines.has(index + 1) && newline !== '') {
      const closing = '</span>'.repeat(open.length);
      result += `<span class="hll">${before}${part}\n${closing}</span>`;
    } else {
      result += `${before}${part}${'</span>'.repeat(open.length)}${newline}`;
    }
  }
  return result;
}

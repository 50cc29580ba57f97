/** As `article.css` calls it. */
const NAME = 'docs-search';

/** More places are not marked. */
const MAX_MARKS = 2_000;

/** Marks words in a text without changing its elements, which are mended as they are. */
export class WordMarks {
  show(root: Element, words: readonly string[]): void {
    const ranges = words.length ? rangesOf(root, words) : [];
    if (ranges.length) CSS.highlights.set(NAME, new Highlight(...ranges));
    else this.clear();
  }

  clear(): void {
    CSS.highlights.delete(NAME);
  }
}

function rangesOf(root: Element, words: readonly string[]): readonly Range[] {
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent ?? '';
    const lower = text.toLowerCase();
    // Where lower case is longer, places would be others.
    if (lower.length !== text.length) continue;
    for (const word of words) {
      for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + word.length)) {
        if (ranges.length === MAX_MARKS) return ranges;
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        ranges.push(range);
      }
    }
  }
  return ranges;
}

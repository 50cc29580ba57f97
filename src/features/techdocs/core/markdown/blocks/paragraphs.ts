import { SourceText } from '../text/sourceText';
import { type BlockRule, hasLineWith } from './blockParser';

/** What is nothing else: a paragraph, or text of a list item. */
export const paragraphRule: BlockRule = {
  name: 'paragraph',
  test: () => true,
  run(parent, blocks, parser) {
    const block = blocks.take();
    if (!/\S/.test(block.text)) return;
    if (!parser.isIn('list')) {
      const paragraph = parent.add('p');
      paragraph.text = block.trimStart();
      paragraph.from = paragraph.text.offsetAt(0);
      paragraph.to = block.trimEnd().end;
      return;
    }
    const sibling = parent.last;
    if (sibling) {
      const before = sibling.tail?.length ? sibling.tail : block.slice(0, 0);
      sibling.tail = SourceText.join([before, block], '\n');
    } else if (parent.text?.length) {
      parent.text = SourceText.join([parent.text, block], '\n');
    } else {
      parent.text = block.trimStart();
    }
  },
};

const quoteLine = /(^|\n)[ ]{0,3}>[ ]?/;
const quoteStart = /^[ ]{0,3}>[ ]?/;

export const quoteRule: BlockRule = {
  name: 'quote',
  test: (_parent, block) => hasLineWith(block, '>') && quoteLine.test(block.text),
  run(parent, blocks, parser) {
    const block = blocks.take();
    const found = quoteLine.exec(block.text);
    if (!found) return false;
    parser.parseBlocks(parent, [block.slice(0, found.index)]);
    const quoted = SourceText.join(
      block
        .slice(found.index)
        .lines()
        .map(line => {
          if (line.text.trim() === '>') return line.slice(line.length);
          const marker = quoteStart.exec(line.text);
          return marker ? line.slice(marker[0].length) : line;
        }),
      '\n',
    );
    let quote = parent.last;
    if (quote?.tag !== 'blockquote') {
      quote = parent.add('blockquote');
      quote.from = block.offsetAt(found.index + (found[1]?.length ?? 0));
    }
    quote.to = block.end;
    const into = quote;
    parser.within('blockquote', () => {
      parser.parseChunk(into, quoted);
    });
    return true;
  },
};

import { SourceText } from '../text/sourceText';
import { type BlockQueue, type BlockRule, looseDetab } from './blockParser';

const footnote = /^[ ]{0,3}\[\^([^\]]{0,999})\]:[ ]*([^\n]*)$/m;

/** `[^id]: text`, with further blocks that are indented below. */
export const footnoteRule: BlockRule = {
  name: 'footnote',
  test: (_parent, block) => block.indexOf('[^') !== -1,
  run(_parent, blocks, parser) {
    const block = blocks.take();
    const found = footnote.exec(block.text);
    if (!found) {
      blocks.putBack(block);
      return false;
    }
    const [whole, id = '', text = ''] = found;
    const to = found.index + whole.length;
    const first = block.slice(to - text.length, to);
    const rest = block.slice(to).trimStart(/^\n+/);
    const next = footnote.exec(rest.text);
    const parts: SourceText[] = [];
    if (next) {
      const before = looseDetab(rest.slice(0, next.index).trimNewlines(), 4);
      parts.push(SourceText.join([first, before], '\n').trimStart(/^\n+/));
      blocks.putBack(rest.slice(next.index));
    } else {
      const joined = SourceText.join([first, looseDetab(rest, 4)], '\n');
      parts.push(joined.trimStart(/^\n+/).trimNewlines(), ...indentedBlocks(blocks));
    }
    const { footnotes } = parser.page;
    footnotes.set(id, SourceText.join(parts, '\n\n').trimEnd());
    const before = block.slice(0, found.index);
    if (before.text.trim() !== '') blocks.putBack(before.trimNewlines());
    return true;
  },
};

/** Takes the blocks that belong to the footnote before. */
function indentedBlocks(blocks: BlockQueue): SourceText[] {
  const taken: SourceText[] = [];
  while (blocks.peek()?.text.startsWith('    ') === true) {
    const block = blocks.take();
    const next = footnote.exec(block.text);
    if (next) {
      taken.push(looseDetab(block.slice(0, next.index).trimNewlines(), 4));
      blocks.putBack(block.slice(next.index));
      break;
    }
    taken.push(looseDetab(block, 4));
  }
  return taken;
}

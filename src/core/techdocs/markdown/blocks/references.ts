import type { SourceText } from '../text/sourceText';
import { withoutTrailing } from '../text/trailing';
import type { BlockQueue, BlockRule } from './blockParser';

const reference =
  /^[ ]{0,3}\[([^[\]]{0,999})\]:[ ]*\n?[ ]*([^\s]+)[ ]*(?:\n[ ]*)?((["'])([^\n]*)\4[ ]*|\(([^\n]*)\)[ ]*)?$/m;

/** `[id]: target "title"` */
export const referenceRule: BlockRule = {
  name: 'reference',
  test: (_parent, block) => block.indexOf(']:') !== -1,
  run(_parent, blocks, parser) {
    const block = blocks.take();
    const found = reference.exec(block.text);
    if (!found) {
      blocks.putBack(block);
      return false;
    }
    const [whole, id = '', written = '', , , quoted, bracketed] = found;
    const target = withoutTrailing(written.replace(/^<+/, ''), '>');
    const colon = found.index + whole.indexOf(']:') + 2;
    const at = block.text.indexOf(written, colon) + written.indexOf(target);
    parser.page.references.set(id.trim().toLowerCase(), {
      target,
      title: (quoted === undefined || quoted === '' ? bracketed : quoted) ?? '',
      written: { from: block.offsetAt(at), to: block.slice(at, at + target.length).end },
    });
    putBackAround(blocks, block, found.index, found.index + found[0].length);
    return true;
  },
};

const abbreviationStart = /^[*]\[/gm;
const abbreviationEnd = /\][ ]?:[ ]*\n?[ ]*([^\n]*)/g;

function findAbbreviation(text: string) {
  for (const start of text.matchAll(abbreviationStart)) {
    const from = start.index + 2;
    abbreviationEnd.lastIndex = from;
    const end = abbreviationEnd.exec(text);
    if (!end) return undefined;
    const name = text.slice(from, end.index);
    if (name.includes('\\')) continue;
    return {
      from: start.index,
      to: end.index + end[0].length,
      name: name.trim(),
      title: (end[1] ?? '').trim(),
    };
  }
  return undefined;
}

/** `*[HTML]: what it means` */
export const abbreviationRule: BlockRule = {
  name: 'abbr',
  test: (_parent, block) => block.indexOf('*[') !== -1,
  run(_parent, blocks, parser) {
    const block = blocks.take();
    const found = findAbbreviation(block.text);
    if (!found || found.name === '' || found.title === '') {
      blocks.putBack(block);
      return false;
    }
    const { abbreviations } = parser.page;
    if (found.title === "''" || found.title === '""') abbreviations.delete(found.name);
    else abbreviations.set(found.name, found.title);
    putBackAround(blocks, block, found.from, found.to);
    return true;
  },
};

/** What stands before and after something that was taken out of a block. */
function putBackAround(blocks: BlockQueue, block: SourceText, from: number, to: number): void {
  const after = block.slice(to);
  if (/\S/.test(after.text)) blocks.putBack(after.trimStart(/^\n+/));
  const before = block.slice(0, from);
  if (/\S/.test(before.text)) blocks.putBack(before.trimNewlines());
}

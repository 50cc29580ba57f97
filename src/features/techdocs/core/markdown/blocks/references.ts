import { withoutTrailing } from '../../../../../base';
import { SourceText } from '../text/sourceText';
import { type BlockRule, looseDetab } from './blockParser';

const referenceStart = /^[ ]{0,3}\[([^[\]]{0,999})\]:[ ]*(?:\n[ ]*)?(\S+)/gm;
const referenceEnd = /[ ]*(?:\n[ ]*)?(?:(["'])([^\n]*)\1[ ]*|\(([^\n]*)\)[ ]*)?$/my;

/** A reference definition in a block, with its offsets. */
interface FoundReference {
  readonly from: number;
  readonly to: number;
  readonly id: string;
  readonly written: string;
  readonly title: string;
}

/**
 * Finds the same as Python-Markdown's regular expression, which takes quadratic time for some
 * texts. The target is as long as possible, followed only by an optional title.
 */
export function findReference(text: string): FoundReference | undefined {
  referenceStart.lastIndex = 0;
  for (let start = referenceStart.exec(text); start; start = referenceStart.exec(text)) {
    // The second line of a failed match may start a definition.
    referenceStart.lastIndex = start.index + 1;
    const [whole, id = '', run = ''] = start;
    const from = start.index;
    referenceEnd.lastIndex = from + whole.length;
    const end = referenceEnd.exec(text);
    if (end) {
      const [rest, , quoted, bracketed] = end;
      const to = from + whole.length + rest.length;
      return { from, to, id, written: run, title: quoted || (bracketed ?? '') };
    }
    const found = withTitleAtOnce(text, { from, id, run, at: from + whole.length - run.length });
    if (found) return found;
  }
  return undefined;
}

/** Opening characters of titles, by the closing one. */
const OPENING: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  [')', '('],
]);

/** A title that follows the target without a space. */
function withTitleAtOnce(
  text: string,
  { from, id, run, at }: { from: number; id: string; run: string; at: number },
): FoundReference | undefined {
  const newline = text.indexOf('\n', at);
  const line = text.slice(at, newline < 0 ? text.length : newline);
  const kept = withoutTrailing(line, ' ');
  const close = kept.charAt(kept.length - 1);
  const open = OPENING.get(close);
  if (open === undefined) return undefined;
  const begin = run.lastIndexOf(open, kept.length - 2);
  if (begin < 1) return undefined;
  const title = kept.slice(begin + 1, -1);
  return { from, to: at + line.length, id, written: run.slice(0, begin), title };
}

/** `[id]: target "title"` */
export const referenceRule: BlockRule = (block, _parent, parser, rest) => {
  const found = block.indexOf(']:') === -1 ? undefined : findReference(block.text);
  if (!found) return false;
  const { from, to, id, written, title } = found;
  const target = withoutTrailing(written.replace(/^<+/, ''), '>');
  const colon = block.text.indexOf(']:', from) + 2;
  const at = block.text.indexOf(written, colon) + written.indexOf(target);
  parser.page.references.set(id.trim().toLowerCase(), {
    target,
    title,
    written: { from: block.offsetAt(at), to: block.slice(at, at + target.length).end },
  });
  putBackAround(rest, block, from, to);
  return true;
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

/** `*[HTML]: title` */
export const abbreviationRule: BlockRule = (block, _parent, parser, rest) => {
  const found = block.indexOf('*[') === -1 ? undefined : findAbbreviation(block.text);
  if (!found || found.name === '' || found.title === '') return false;
  const { abbreviations } = parser.page;
  if (found.title === "''" || found.title === '""') abbreviations.delete(found.name);
  else abbreviations.set(found.name, found.title);
  putBackAround(rest, block, found.from, found.to);
  return true;
};

/** Puts the text around a removed definition back. */
function putBackAround(rest: SourceText[], block: SourceText, from: number, to: number): void {
  const after = block.slice(to);
  if (/\S/.test(after.text)) rest.push(after.trimStart(/^\n+/));
  const before = block.slice(0, from);
  if (/\S/.test(before.text)) rest.push(before.trimNewlines());
}

const footnote = /^[ ]{0,3}\[\^([^\]]{0,999})\]:[ ]*([^\n]*)$/m;

/** `[^id]: text`, with indented blocks below it. */
export const footnoteRule: BlockRule = (block, _parent, parser, blocks) => {
  const found = block.indexOf('[^') === -1 ? null : footnote.exec(block.text);
  if (!found) return false;
  const [whole, id = '', text = ''] = found;
  const to = found.index + whole.length;
  const first = block.slice(to - text.length, to);
  const rest = block.slice(to).trimStart(/^\n+/);
  const next = footnote.exec(rest.text);
  const parts: SourceText[] = [];
  if (next) {
    const before = looseDetab(rest.slice(0, next.index).trimNewlines(), 4);
    parts.push(SourceText.join([first, before], '\n').trimStart(/^\n+/));
    blocks.push(rest.slice(next.index));
  } else {
    const joined = SourceText.join([first, looseDetab(rest, 4)], '\n');
    parts.push(joined.trimStart(/^\n+/).trimNewlines(), ...indentedBlocks(blocks));
  }
  const { footnotes } = parser.page;
  footnotes.set(id, SourceText.join(parts, '\n\n').trimEnd());
  const before = block.slice(0, found.index);
  if (before.text.trim() !== '') blocks.push(before.trimNewlines());
  return true;
};

/** Removes the blocks that belong to the previous footnote. */
function indentedBlocks(blocks: SourceText[]): SourceText[] {
  const taken: SourceText[] = [];
  for (let block = blocks.at(-1); block?.text.startsWith('    '); block = blocks.at(-1)) {
    blocks.pop();
    const next = footnote.exec(block.text);
    if (next) {
      taken.push(looseDetab(block.slice(0, next.index).trimNewlines(), 4));
      blocks.push(block.slice(next.index));
      break;
    }
    taken.push(looseDetab(block, 4));
  }
  return taken;
}

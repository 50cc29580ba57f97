import type { SourceText } from '../text/sourceText';
import { type BlockRule, hasLineWith, looseDetab } from './blockParser';

interface HashHeader {
  readonly from: number;
  readonly level: number;
  readonly text: SourceText;
  /** Offset after its newline. */
  readonly to: number;
}

/** Finds the first line of a block that is a header. */
function findHashHeader(block: SourceText): HashHeader | undefined {
  const { text } = block;
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 ? text.length : newline;
    if (text[from] === '#') {
      const content = headerContent(text, from, to);
      if (content) {
        return {
          // Includes the newline before it.
          from: Math.max(0, from - 1),
          level: content.level,
          text: block.slice(content.from, content.to).trim(),
          to: Math.min(to + 1, text.length),
        };
      }
    }
    from = to + 1;
  }
  return undefined;
}

/** Returns the content without trailing number signs, except escaped ones. */
function headerContent(
  text: string,
  lineStart: number,
  lineEnd: number,
): { level: number; from: number; to: number } | undefined {
  let from = lineStart;
  while (from < lineEnd && from - lineStart < 6 && text[from] === '#') from++;
  let protectedUntil = from;
  for (let at = text.indexOf('\\', from); at !== -1 && at < lineEnd;) {
    // A trailing backslash escapes nothing, and Python-Markdown sees no header then.
    if (at + 1 >= lineEnd) return undefined;
    protectedUntil = at + 2;
    at = text.indexOf('\\', protectedUntil);
  }
  let to = lineEnd;
  while (to > protectedUntil && text[to - 1] === '#') to--;
  return { level: from - lineStart, from, to };
}

export const hashHeaderRule: BlockRule = (block, parent, parser, rest) => {
  const found = block.indexOf('#') === -1 ? undefined : findHashHeader(block);
  if (!found) return false;
  if (found.from > 0) parser.parseBlocks(parent, [block.slice(0, found.from)]);
  const header = parent.add(`h${found.level}`);
  header.text = found.text;
  header.from = found.text.offsetAt(0);
  header.to = found.text.end;
  const below = block.slice(found.to);
  if (below.length > 0) rest.push(parser.isIn('looselist') ? looseDetab(below, 4) : below);
  return true;
};

const underline = /^[^\n]*\n(=|-)[=-]*[ ]*(?:\n|$)/;

/** A line underlined with `=` or `-`. */
export const setextHeaderRule: BlockRule = (block, parent, _parser, rest) => {
  const found = underline.exec(block.text);
  if (!found) return false;
  const header = parent.add(found[1] === '=' ? 'h1' : 'h2');
  const newline = block.text.indexOf('\n');
  header.text = block.slice(0, newline).trim();
  header.from = header.text.offsetAt(0);
  header.to = block.slice(0, found[0].trimEnd().length).end;
  const second = block.text.indexOf('\n', newline + 1);
  if (second !== -1) rest.push(block.slice(second + 1));
  return true;
};

/** Whether a line is three or more of `-`, `_`, or `*`, at most two spaces apart. */
function isRule(text: string, from: number, to: number): boolean {
  let at = from;
  while (at < to && at - from < 3 && text[at] === ' ') at++;
  const character = text[at];
  if (character !== '-' && character !== '_' && character !== '*') return false;
  let count = 0;
  let spaces = 0;
  for (; at < to; at++) {
    if (text[at] === character) {
      if (spaces > 2) return false;
      spaces = 0;
      count++;
    } else if (text[at] === ' ') spaces++;
    else return false;
  }
  return count >= 3;
}

function findRule(block: SourceText): { from: number; to: number } | undefined {
  const { text } = block;
  const end = lineEnd(text, 0);
  if (isRule(text, 0, end)) return { from: 0, to: end };
  const newline = block.search('a rule below', newlineBeforeRule);
  if (newline === -1) return undefined;
  return { from: newline + 1, to: lineEnd(text, newline + 1) };
}

/** Returns the newline before the first rule; -1 if there is none. */
function newlineBeforeRule(text: string): number {
  let newline = text.indexOf('\n');
  while (newline !== -1) {
    const to = lineEnd(text, newline + 1);
    if (isRule(text, newline + 1, to)) return newline;
    newline = to === text.length ? -1 : to;
  }
  return -1;
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline;
}

export const horizontalRuleRule: BlockRule = (block, parent, parser, rest) => {
  const mayHaveOne = ['-', '*', '_'].some(sign => hasLineWith(block, sign));
  const found = mayHaveOne ? findRule(block) : undefined;
  if (!found) return false;
  const before = block.slice(0, found.from).trimNewlines();
  if (before.length > 0) parser.parseBlocks(parent, [before]);
  const rule = parent.add('hr');
  rule.from = block.offsetAt(found.from);
  rule.to = block.slice(0, found.to).end;
  const after = block.slice(found.to).trimStart(/^\n+/);
  if (after.length > 0) rest.push(after);
  return true;
};

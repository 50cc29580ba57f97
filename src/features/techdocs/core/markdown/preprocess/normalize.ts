import { type SourceText, SourceTextBuilder } from '../text/sourceText';
import { ETX, STX } from '../text/stash';

const tabLength = 4;

const [SOH, EOT] = ['\u0001', '\u0004'];
/** Placeholders from before whitespace is normalized. */
const early = new RegExp(`[${SOH}${EOT}]`, 'g');
const special = new RegExp(`[\\t${STX}${ETX}]`);

/**
 * Normalizes newlines, expands tabs, clears blank lines, and removes control characters used as
 * markers.
 */
export function normalizeWhitespace(source: SourceText): SourceText {
  const builder = new SourceTextBuilder();
  const { text } = source;
  let first = true;
  for (let from = 0; from <= text.length;) {
    let to = from;
    while (to < text.length && text[to] !== '\n' && text[to] !== '\r') to++;
    // The first line keeps its spaces: Python-Markdown looks for a newline before them.
    addLine(source.slice(from, to), builder, first);
    if (to >= text.length) break;
    const width = text[to] === '\r' && text[to + 1] === '\n' ? 2 : 1;
    if (text[to] === '\n') builder.add(source.slice(to, to + 1));
    else builder.addMade('\n', source.offsetAt(to));
    from = to + width;
    first = false;
  }
  builder.addMade('\n\n', source.end);
  return builder.build();
}

function addLine(line: SourceText, builder: SourceTextBuilder, keepSpaces: boolean): void {
  const { text } = line;
  if (!special.test(text)) {
    if (keepSpaces || /[^ ]/.test(text)) builder.add(line);
    return;
  }
  const pieces = new SourceTextBuilder();
  let column = 0;
  let from = 0;
  let blank = true;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\t') {
      pieces.add(line.slice(from, at));
      const width = tabLength - (column % tabLength);
      pieces.addMade(' '.repeat(width), line.offsetAt(at));
      column += width;
      from = at + 1;
    } else if (character === STX || character === ETX) {
      pieces.add(line.slice(from, at));
      from = at + 1;
    } else {
      if (character !== ' ') blank = false;
      column++;
    }
  }
  pieces.add(line.slice(from));
  if (keepSpaces || !blank) builder.add(pieces.build());
}

/** Converts early placeholders, which passed {@link normalizeWhitespace}, to the usual form. */
export function adoptPlaceholders(source: SourceText): SourceText {
  if (source.text.search(early) === -1) return source;
  return source.replace(early, found => (found === SOH ? STX : ETX));
}

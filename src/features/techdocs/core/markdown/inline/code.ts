import type { Extensions } from '../config';
import { CodeRenderer, escapeHtml } from '../render/codeBlock';
import { Element } from '../text/element';
import { SourceText } from '../text/sourceText';
import { escapeMarker } from '../text/stash';
import type { InlineRule } from './inlineRule';

const languageMark = /^(?::{3,}|#!)([\p{L}\p{N}_#.+-]*)\s+/u;

/** Start positions of backtick runs, by length. */
class TickRuns {
  readonly #byLength = new Map<number, number[]>();
  readonly #cursors = new Map<number, number>();

  constructor(text: string) {
    for (const { 0: run, index } of text.matchAll(/`+/g)) {
      const starts = this.#byLength.get(run.length);
      if (starts) starts.push(index);
      else this.#byLength.set(run.length, [index]);
    }
  }

  /** Fast for ascending positions; starts over for earlier ones. */
  next(length: number, after: number): number | undefined {
    const starts = this.#byLength.get(length);
    if (!starts) return undefined;
    let cursor = this.#cursors.get(length) ?? 0;
    if (cursor > 0 && (starts[cursor - 1] ?? 0) >= after) cursor = 0;
    while (cursor < starts.length && (starts[cursor] ?? 0) < after) cursor++;
    this.#cursors.set(length, cursor);
    return starts[cursor];
  }
}

/** Code between backticks; highlighted with a leading `#!language`. */
export function codeSpanRule(extensions: Extensions): InlineRule {
  let runsOf: { readonly text: string; readonly runs: TickRuns } | undefined;
  const renderer = extensions.has('pymdownx.inlinehilite')
    ? new CodeRenderer(extensions, undefined)
    : undefined;
  const plainLanguage = extensions.option('pymdownx.inlinehilite', 'style_plain_text');
  return {
    trigger: /[\\`]/g,
    match(source, at, _before, { page }) {
      const { text } = source;
      const start = at;
      let from = start;
      while (text[from] === '\\') from++;
      const backslashes = from - start;
      let to = from;
      while (text[to] === '`') to++;
      if (to === from) return { continueAt: from };
      if (backslashes > 0) {
        if (backslashes % 2 === 0) {
          const node = escapeMarker('\\').repeat(backslashes / 2);
          return { from: start, to: from, node };
        }
        // The last backslash escapes the first backtick.
        from++;
        if (to === from) return { continueAt: to };
      }
      if (runsOf?.text !== text) runsOf = { text, runs: new TickRuns(text) };
      for (let length = to - from; length > 0; length--) {
        const end = runsOf.runs.next(length, Math.max(to, from + length + 1));
        if (end === undefined) continue;
        const written = source.slice(from + length, end);
        const mark = renderer ? languageMark.exec(written.text) : null;
        const code = mark ? written.slice(mark[0].length) : written;
        const usable = code.length > 0 ? code : written;
        const language = usable === code ? (mark?.[1] ?? '') : '';
        const element = new Element('code');
        const trimmed = usable.text.trim();
        let html = escapeHtml(trimmed);
        const shown =
          language === '' && typeof plainLanguage === 'string' ? plainLanguage : language;
        if (renderer && (shown !== '' || plainLanguage === true)) {
          page.languages.add(shown);
          const inline = new CodeRenderer(extensions, page.highlight).inline(trimmed, shown);
          if (inline.classes !== '') element.set('class', inline.classes);
          html = inline.html;
        }
        const offset = source.offsetAt(from);
        element.text = renderer
          ? SourceText.made(page.stash.store(html), offset)
          : SourceText.made(html, offset).asAtomic();
        return { from, to: end + length, node: element };
      }
      return { continueAt: to };
    },
  };
}

/** An escaped character. */
export const escapeRule: InlineRule = {
  trigger: /\\/g,
  match(source, at, _before, { page }) {
    const character = source.text.charAt(at + 1);
    if (character === '') return undefined;
    if (!page.escapable.has(character)) return { continueAt: at + 2 };
    return { from: at, to: at + 2, node: escapeMarker(character) };
  },
};

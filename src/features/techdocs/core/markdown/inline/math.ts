import type { BlockRule } from '../blocks/blockParser';
import type { Extensions } from '../config';
import { Element } from '../text/element';
import { SourceText } from '../text/sourceText';
import { escapeMarker } from '../text/stash';
import { type InlineRule, isSpace } from './inlineRule';

const extension = 'pymdownx.arithmatex';

function isAllowed(extensions: Extensions, option: string, syntax: string): boolean {
  const configured = extensions.option(extension, option);
  return Array.isArray(configured) ? configured.includes(syntax) : true;
}

function wrapOf(extensions: Extensions, option: string, fallback: readonly [string, string]) {
  const configured = extensions.option(extension, option);
  if (!Array.isArray(configured)) return fallback;
  const [open, close] = configured as unknown[];
  return [
    typeof open === 'string' ? open : fallback[0],
    typeof close === 'string' ? close : fallback[1],
  ] as const;
}

/** Creates an element for formula renderers: `generic`, or a script for MathJax 2. */
function mathElement(extensions: Extensions, formula: SourceText, isBlock: boolean): Element {
  const tag = extensions.text(
    extension,
    isBlock ? 'block_tag' : 'inline_tag',
    isBlock ? 'div' : 'span',
  );
  const element = new Element(tag, { class: 'arithmatex' });
  if (extensions.flag(extension, 'generic', false)) {
    const [open, close] = isBlock
      ? wrapOf(extensions, 'tex_block_wrap', ['\\[', '\\]'])
      : wrapOf(extensions, 'tex_inline_wrap', ['\\(', '\\)']);
    element.text = SourceText.made(open + formula.text + close, formula.offsetAt(0)).asAtomic();
    return element;
  }
  if (extensions.flag(extension, 'preview', true)) {
    const preview = element.add(isBlock ? 'div' : 'span', { class: 'MathJax_Preview' });
    preview.text = formula.asAtomic();
  }
  const type = isBlock ? 'math/tex; mode=display' : 'math/tex';
  element.add('script', { type }).text = formula.asAtomic();
  return element;
}

/** `$formula$` and `\(formula\)` */
export function inlineMathRule(extensions: Extensions): InlineRule {
  const dollar = isAllowed(extensions, 'inline_syntax', 'dollar');
  const round = isAllowed(extensions, 'inline_syntax', 'round');
  const smart = extensions.flag(extension, 'smart_dollar', true);
  return {
    trigger: /\\+|\$/g,
    match(source, at, before, { budget }) {
      const { text } = source;
      if (text[at] === '$') {
        if (!dollar || before === '\\' || (smart && isSpace(text, at + 1))) return undefined;
        const end = closingDollar(text, at + 1, budget);
        if (end === undefined || (smart && isSpace(text, end - 1))) return undefined;
        const node = mathElement(extensions, source.slice(at + 1, end), false);
        return { from: at, to: end + 1, node };
      }
      let to = at;
      while (text[to] === '\\') to++;
      const backslashes = to - at;
      const opensRound = round && text[to] === '(' && backslashes % 2 === 1;
      const isEscaped = (dollar && text[to] === '$') || (round && text[to] === '(');
      if (isEscaped && backslashes > 1) {
        const pairs = Math.floor(backslashes / 2);
        return { from: at, to: at + pairs * 2, node: escapeMarker('\\').repeat(pairs) };
      }
      if (opensRound) {
        const end = text.indexOf('\\)', to + 1);
        if (end > to + 1) {
          const node = mathElement(extensions, source.slice(to + 1, end), false);
          return { from: at, to: end + 2, node };
        }
      }
      // An escaped dollar sign.
      return { continueAt: text[to] === '$' ? to + 1 : to };
    },
  };
}

function closingDollar(
  text: string,
  from: number,
  budget: { spend(steps: number): boolean },
): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '$') return at > from ? at : undefined;
    if (text[at] === '\\') at++;
    if ((at & 15) === 0 && !budget.spend(1)) return undefined;
  }
  return undefined;
}

const block = {
  dollar: /^\$\$([^]+?)\$\$[ ]*$/,
  square: /^\\\[([^]+?)\\\][ ]*$/,
  begin: /^(\\begin\{([a-z]+\*?)\}[^]+?\\end\{\2\})[ ]*$/,
};

/** `$$formula$$`, `\[formula\]`, and environments, as blocks. */
export function blockMathRule(extensions: Extensions): BlockRule {
  const patterns = Object.entries(block)
    .filter(([syntax]) => isAllowed(extensions, 'block_syntax', syntax))
    .map(([, pattern]) => pattern);
  const find = (text: string): RegExpExecArray | null => {
    if (text[0] !== '$' && text[0] !== '\\') return null;
    for (const pattern of patterns) {
      const found = pattern.exec(text);
      if (found) return found;
    }
    return null;
  };
  return (taken, parent) => {
    const found = find(taken.text);
    if (!found) return false;
    const formula = found[1] ?? '';
    const at = taken.text.indexOf(formula);
    const element = mathElement(extensions, taken.slice(at, at + formula.length), true);
    element.from = taken.offsetAt(0);
    element.to = taken.end;
    parent.append(element);
    return true;
  };
}

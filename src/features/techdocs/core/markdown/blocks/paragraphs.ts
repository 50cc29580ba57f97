import { escapeHtml } from '../render/codeBlock';
import { Element } from '../text/element';
import { SourceText, SourceTextBuilder } from '../text/sourceText';
import { HtmlStash } from '../text/stash';
import { type BlockParser, type BlockRule, detab, hasLineWith } from './blockParser';

/** Fallback: a paragraph, or text of a list item. */
export const paragraphRule: BlockRule = (block, parent, parser) => {
  if (!/\S/.test(block.text)) return true;
  const sibling = parent.last;
  if (!parser.isIn('list')) {
    const paragraph = parent.add('p');
    paragraph.text = block.trimStart();
    paragraph.from = paragraph.text.offsetAt(0);
    paragraph.to = block.trimEnd().end;
  } else if (sibling) {
    const before = sibling.tail?.length ? sibling.tail : block.slice(0, 0);
    sibling.tail = SourceText.join([before, block], '\n');
  } else if (parent.text?.length) {
    parent.text = SourceText.join([parent.text, block], '\n');
  } else {
    parent.text = block.trimStart();
  }
  return true;
};

const quoteLine = /(^|\n)[ ]{0,3}>[ ]?/;
const quoteStart = /^[ ]{0,3}>[ ]?/;

export const quoteRule: BlockRule = (block, parent, parser) => {
  const found = hasLineWith(block, '>') ? quoteLine.exec(block.text) : null;
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
  parser.within('blockquote', () => parser.parseChunk(into, quoted));
  return true;
};

/** Elements with `markdown="1"`, whose content is Markdown. */
export const markdownInHtmlRule: BlockRule = (block, parent, parser) => {
  const index = HtmlStash.indexAtStart(block.text);
  const stashed = index === undefined ? undefined : parser.page.stash.get(index);
  if (index === undefined || !(stashed instanceof Element)) return false;
  readContent(stashed, parser, 0);
  parent.append(stashed);
  parser.page.stash.set(index, '');
  return true;
};

function readContent(element: Element, parser: BlockParser, depth: number): void {
  const mode = element.attributes.get('markdown') ?? 'off';
  element.attributes.delete('markdown');
  const children = [...element.children];
  if (depth < 100) for (const child of children) readContent(child, parser, depth + 1);
  if (mode === 'span') return;
  if (mode !== 'block') {
    element.text = element.text?.asAtomic();
    for (const child of children) child.tail = child.tail?.asAtomic();
    return;
  }
  const read = (text: Element['text']): readonly Element[] => {
    if (!text?.length) return [];
    const into = new Element('div');
    parser.parseChunk(into, text.trimNewlines());
    return into.children;
  };
  // Tails are read first, which determines the numbers of tabs.
  const after = children.flatMap(child => {
    const { tail } = child;
    child.tail = undefined;
    return [child, ...read(tail)];
  });
  const first = read(element.text);
  element.text = undefined;
  element.replaceChildren([...first, ...after]);
}

/** Returns the code element of an indented code block. */
function codeOf(element: Element | undefined): Element | undefined {
  const [code] = element?.tag === 'pre' ? element.children : [];
  return code?.tag === 'code' ? code : undefined;
}

/** Blank lines end blocks, and are kept in code. */
export const emptyRule: BlockRule = (block, parent, parser, rest) => {
  if (block.length > 0 && !block.text.startsWith('\n')) return false;
  if (block.length > 1) rest.push(block.slice(1));
  const code = codeOf(parent.last);
  const filler = block.length > 0 ? '\n' : '\n\n';
  if (code) parser.page.codeTexts.get(code)?.addMade(filler, block.offsetAt(0));
  return true;
};

/** Indented code. Fences in it become text again. */
export const codeRule: BlockRule = (taken, parent, parser, blocks) => {
  if (!taken.text.startsWith('    ')) return false;
  const block = parser.page.fences.restore(taken);
  const { inside, rest } = detab(block, 4);
  const trimmed = inside.trimEnd();
  let code = codeOf(parent.last);
  let text = code && parser.page.codeTexts.get(code);
  if (!code || !text) {
    const pre = parent.add('pre');
    pre.from = block.offsetAt(0);
    code = pre.add('code');
    text = new SourceTextBuilder();
    parser.page.codeTexts.set(code, text);
  } else text.addMade('\n', block.offsetAt(0));
  text.addMade(escapeHtml(trimmed.text), block.offsetAt(0)).addMade('\n', block.offsetAt(0));
  if (code.parent) code.parent.to = trimmed.end;
  if (rest.length > 0) blocks.push(rest);
  return true;
};

/** Builds the text of code once, since it grows block by block. */
export function finishCode(texts: Map<Element, SourceTextBuilder>): void {
  for (const [code, text] of texts) code.text = text.build().asAtomic();
  texts.clear();
}

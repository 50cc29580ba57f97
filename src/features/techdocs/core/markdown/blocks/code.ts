import type { Element } from '../text/element';
import { SourceTextBuilder } from '../text/sourceText';
import { type BlockRule, detab } from './blockParser';

/** The code element of an indented code block. */
function codeOf(element: Element | undefined): Element | undefined {
  const [code] = element?.tag === 'pre' ? element.children : [];
  return code?.tag === 'code' ? code : undefined;
}

const escapeCode = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Blank lines: they end blocks, and count within code. */
export const emptyRule: BlockRule = {
  name: 'empty',
  test: (_parent, block) => block.length === 0 || block.text.startsWith('\n'),
  run(parent, blocks, parser) {
    const block = blocks.take();
    let filler = '\n\n';
    if (block.length > 0) {
      filler = '\n';
      if (block.length > 1) blocks.putBack(block.slice(1));
    }
    const code = codeOf(parent.last);
    if (code) parser.page.codeTexts.get(code)?.addMade(filler, block.offsetAt(0));
  },
};

/** Code by indentation. Fences that were found in it meanwhile are text again. */
export const codeRule: BlockRule = {
  name: 'code',
  test: (_parent, block) => block.text.startsWith('    '),
  run(parent, blocks, parser) {
    const block = parser.page.fences.restore(blocks.take());
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
    text.addMade(escapeCode(trimmed.text), block.offsetAt(0)).addMade('\n', block.offsetAt(0));
    if (code.parent) code.parent.to = trimmed.end;
    if (rest.length > 0) blocks.putBack(rest);
  },
};

/** Code grows block by block; its text is put together once. */
export function finishCode(texts: Map<Element, SourceTextBuilder>): void {
  for (const [code, text] of texts) code.text = text.build().asAtomic();
  texts.clear();
}

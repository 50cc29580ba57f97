import type { Element } from '../text/element';
import { SourceText, SourceTextBuilder } from '../text/sourceText';
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
  run(parent, blocks) {
    const block = blocks.take();
    let filler = '\n\n';
    if (block.length > 0) {
      filler = '\n';
      if (block.length > 1) blocks.putBack(block.slice(1));
    }
    const code = codeOf(parent.last);
    if (code?.text) {
      code.text = new SourceTextBuilder()
        .add(code.text)
        .addMade(filler, block.offsetAt(0))
        .build()
        .asAtomic();
    }
  },
};

/** Code by indentation. Fences that were found in it meanwhile are text again. */
export const codeRule: BlockRule = {
  name: 'code',
  test: (_parent, block) => block.text.startsWith('    '),
  run(parent, blocks, parser) {
    const block = parser.page.fences.restore(blocks.take());
    const code = codeOf(parent.last);
    const { inside, rest } = detab(block, 4);
    const trimmed = inside.trimEnd();
    const escaped = SourceText.made(escapeCode(trimmed.text), block.offsetAt(0));
    const builder = new SourceTextBuilder();
    if (code?.text) builder.add(code.text).addMade('\n', block.offsetAt(0));
    builder.add(escaped).addMade('\n', block.offsetAt(0));
    if (code) {
      code.text = builder.build().asAtomic();
      if (code.parent) code.parent.to = trimmed.end;
    } else {
      const pre = parent.add('pre');
      pre.from = block.offsetAt(0);
      pre.to = trimmed.end;
      pre.add('code').text = builder.build().asAtomic();
    }
    if (rest.length > 0) blocks.putBack(rest);
  },
};

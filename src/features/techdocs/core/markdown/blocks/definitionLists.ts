import { SourceText } from '../text/sourceText';
import { type BlockRule, detab, hasLineWith } from './blockParser';

const definition = /(^|\n)[ ]{0,3}:[ ]{1,3}([^\n]*)(\n|$)/;

/** Terms, and below each `:   what it means`. */
export function definitionListRule({ indent }: { readonly indent: number }): BlockRule {
  // mdx_truly_sane_lists lets definitions, too, go on at its own indentation.
  const notIndented = new RegExp(`^[ ]{0,${indent === 4 ? 3 : indent - 1}}[^ :]`);
  return {
    name: 'deflist',
    test: (_parent, block) => hasLineWith(block, ':') && definition.test(block.text),
    run(parent, blocks, parser) {
      const block = blocks.take();
      const found = definition.exec(block.text);
      if (!found) return false;
      let terms = block
        .slice(0, found.index)
        .lines()
        .map(line => line.trim())
        .filter(line => line.length > 0);
      const after = block.slice(found.index + found[0].length);
      const { inside, rest } = notIndented.test(after.text)
        ? { inside: after, rest: after.slice(after.length) }
        : detab(after, indent);
      const from = found.index + found[0].length - (found[3] ?? '').length;
      const first = block.slice(from - (found[2] ?? '').length, from);
      const text = inside.length > 0 ? SourceText.join([first, inside], '\n') : first;

      let sibling = parent.last;
      if (terms.length === 0 && !sibling) {
        blocks.putBack(block);
        return false;
      }
      let state: 'list' | 'looselist' = 'list';
      if (terms.length === 0 && sibling?.tag === 'p') {
        state = 'looselist';
        terms = (sibling.text ?? block.slice(0, 0)).lines();
        parent.remove(sibling);
        sibling = parent.last;
      }
      let list = sibling;
      if (list?.tag === 'dl') {
        const last = list.last;
        if (terms.length === 0 && last?.tag === 'dd' && last.children.length > 0) {
          state = 'looselist';
        }
      } else {
        list = parent.add('dl');
        list.from = (terms[0] ?? block).offsetAt(0);
      }
      for (const term of terms) {
        const added = list.add('dt');
        added.text = term;
        added.from = term.offsetAt(0);
      }
      const described = list.add('dd');
      described.from = first.offsetAt(0);
      parser.within(state, () => {
        parser.parseBlocks(described, [text]);
      });
      if (rest.length > 0) blocks.putBack(rest);
      return true;
    },
  };
}

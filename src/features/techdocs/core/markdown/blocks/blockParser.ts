import type { PageContext } from '../pageContext';
import type { Element } from '../text/element';
import { SourceText } from '../text/sourceText';

/**
 * Context of a rule: `list` and `looselist` (items without and with paragraphs), `detabbed` (an
 * indented block of an item), or `blockquote`.
 */
export type BlockState = 'list' | 'looselist' | 'detabbed' | 'blockquote';

/**
 * A rule for block structure: adds a block to the parent, and the remaining text to `rest`.
 *
 * @param rest - blocks still to be parsed, the next one last
 * @returns false, without changes, if the rule doesn't apply to the block
 */
export type BlockRule = (
  block: SourceText,
  parent: Element,
  parser: BlockParser,
  rest: SourceText[],
) => boolean;

/** Nesting limit. Deeper content is text. */
const maxDepth = 100;

/**
 * Parses blocks (texts between blank lines) by rules in order of priority, like Python-Markdown.
 * Rules look at the block, at the last child of the parent, and at the state.
 */
export class BlockParser {
  readonly page: PageContext;
  readonly #rules: readonly BlockRule[];
  readonly #states: BlockState[] = [];
  #depth = 0;

  constructor(rules: readonly BlockRule[], page: PageContext) {
    this.#rules = rules;
    this.page = page;
  }

  isIn(state: BlockState): boolean {
    return this.#states.at(-1) === state;
  }

  within(state: BlockState, read: () => void): void {
    this.#states.push(state);
    read();
    this.#states.pop();
  }

  /** Parses text with blank lines. */
  parseChunk(parent: Element, text: SourceText): void {
    this.parseBlocks(parent, text.split('\n\n'));
  }

  parseBlocks(parent: Element, blocks: readonly SourceText[]): void {
    if (this.#depth >= maxDepth) {
      for (const block of blocks) {
        if (block.text.trim() !== '') parent.add('p').text = block.asAtomic();
      }
      return;
    }
    this.#depth++;
    const rest = blocks.toReversed();
    for (let block = rest.pop(); block; block = rest.pop()) {
      for (const rule of this.#rules) if (rule(block, parent, this, rest)) break;
    }
    this.#depth--;
  }
}

/** Splits off the lines that are indented by `length`, and removes the indentation. */
export function detab(text: SourceText, length: number): { inside: SourceText; rest: SourceText } {
  const indent = ' '.repeat(length);
  const kept: SourceText[] = [];
  let position = 0;
  // Line by line, since often only the start of a long text is indented.
  while (position <= text.length) {
    const newline = text.text.indexOf('\n', position);
    const end = newline === -1 ? text.length : newline;
    if (text.text.startsWith(indent, position)) kept.push(text.slice(position + length, end));
    else if (text.text.slice(position, end).trim() === '') kept.push(text.slice(end, end));
    else break;
    position = end + 1;
  }
  return {
    inside: joinLines(kept, text),
    rest: text.slice(Math.min(position, text.length)),
  };
}

/** Whether a line of a block starts with a sign, after at most three spaces. */
export function hasLineWith(block: SourceText, sign: string): boolean {
  const first = block.text.slice(0, 4).trimStart();
  if (first.startsWith(sign)) return true;
  return block.search(`line with ${sign}`, text => indexOfLineWith(text, sign)) !== -1;
}

function indexOfLineWith(text: string, sign: string): number {
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    let start = at + 1;
    while (start <= at + 3 && text[start] === ' ') start++;
    if (text.startsWith(sign, start)) return at;
  }
  return -1;
}

/** Removes the indentation from each line that has it. */
export function looseDetab(text: SourceText, length: number): SourceText {
  const indent = ' '.repeat(length);
  return joinLines(
    text.lines().map(line => (line.text.startsWith(indent) ? line.slice(length) : line)),
    text,
  );
}

function joinLines(lines: readonly SourceText[], of: SourceText): SourceText {
  return lines.length === 0 ? of.slice(0, 0) : SourceText.join(lines, '\n');
}

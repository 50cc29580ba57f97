import type { Token } from './highlight';

/** What is laid out at a time, once it comes into view. */
const LINES_AT_ONCE = 100;
/** The rest of a longer line is not shown: a minified document would be laid out for seconds. */
const MAX_LINE = 2_000;

/** A text as it is put into a page. */
export interface ShownText {
  readonly text: string;
  /** Whether lines are cut off. */
  readonly isCut: boolean;
}

export function shownText(text: string): ShownText {
  let isCut = false;
  const lines = text.split('\n').map(line => {
    if (line.length <= MAX_LINE) return line;
    isCut = true;
    return `${line.slice(0, MAX_LINE)}…`;
  });
  return isCut ? { text: lines.join('\n'), isCut } : { text, isCut };
}

/**
 * Writes pieces of a text into blocks of whole lines, so that a page lays out those that are seen, however many
 * there are.
 */
export class CodeBlocks {
  readonly fragment = document.createDocumentFragment();
  #block: HTMLElement | undefined;
  #lines = 0;

  write({ text, scope }: Token): void {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) this.#endLine();
      if (part === '') continue;
      const block = this.#open();
      if (scope === undefined) block.append(part);
      else block.append(piece(part, scope));
    }
  }

  /** @returns what was written */
  end(): DocumentFragment {
    this.#open();
    this.#close();
    return this.fragment;
  }

  #endLine(): void {
    const block = this.#open();
    this.#lines++;
    block.append('\n');
    if (this.#lines === LINES_AT_ONCE) this.#close();
  }

  #open(): HTMLElement {
    if (!this.#block) {
      this.#block = document.createElement('span');
      this.#block.className = 'code-block';
      this.fragment.append(this.#block);
    }
    return this.#block;
  }

  #close(): void {
    this.#block?.style.setProperty('--lines', `${Math.max(this.#lines, 1)}`);
    this.#block = undefined;
    this.#lines = 0;
  }
}

function piece(text: string, scope: string): HTMLElement {
  const span = document.createElement('span');
  span.className = `token token-${scope.split('.')[0] ?? ''}`;
  span.textContent = text;
  return span;
}

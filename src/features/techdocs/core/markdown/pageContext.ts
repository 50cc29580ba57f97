import type { Position, Range } from '../../../../base';
import type { Extensions } from './config';
import type { HighlightCode } from './render/codeBlock';
import type { Element, Stretch } from './text/element';
import { lastAtOrBefore, SourceText, type SourceTextBuilder } from './text/sourceText';
import { ETX, HtmlStash, STX } from './text/stash';
import { WorkBudget } from './text/workBudget';

interface Fence {
  /** The whole fence, as written. */
  readonly source: SourceText;
  /** Indentation, including quote markers. */
  readonly indent: number;
}

const placeholderLine = new RegExp(`^([> ]*)(${STX}wzxhzdk:[0-9]+${ETX})$`);

/** Sources of fences, in case they turn out to be part of indented code. */
export class FenceStash {
  readonly #fences = new Map<string, Fence>();

  store(placeholder: string, fence: Fence): void {
    this.#fences.set(placeholder, fence);
  }

  /** Restores the fences in a block of indented code. */
  restore(block: SourceText): SourceText {
    if (this.#fences.size === 0 || !block.text.includes('\u0002')) return block;
    return SourceText.join(
      block.lines().flatMap(line => {
        const found = placeholderLine.exec(line.text);
        const fence = found ? this.#fences.get(found[2] ?? '') : undefined;
        if (!found || !fence) return [line];
        this.#fences.delete(found[2] ?? '');
        // Python slices negative indexes from the end of the line.
        const cut = fence.indent - (found[1] ?? '').length;
        return fence.source
          .lines()
          .map(written => written.slice(cut < 0 ? Math.max(0, written.length + cut) : cut));
      }),
      '\n',
    );
  }
}

/** A reference definition: `[id]: target`. */
export interface Reference {
  readonly target: string;
  readonly title: string;
  /** Offsets of the target in the page. */
  readonly written: Stretch;
}

/** A diagram, and the offsets of its fence's first line. */
export interface PlacedDiagram extends Stretch {
  readonly program: string;
}

/** Configuration for rendering a page. */
export interface PageDeps {
  readonly extensions: Extensions;
  /** Characters that a backslash escapes. */
  readonly escapable: ReadonlySet<string>;
  readonly highlight: HighlightCode | undefined;
}

/** State shared by the rules of one page. */
export class PageContext implements PageDeps {
  readonly extensions: Extensions;
  readonly escapable: ReadonlySet<string>;
  readonly highlight: HighlightCode | undefined;
  readonly stash = new HtmlStash();
  readonly fences = new FenceStash();
  /** References by id in lower case. */
  readonly references = new Map<string, Reference>();
  readonly abbreviations = new Map<string, string>();
  /** Texts of footnotes by id, in order of the page. */
  readonly footnotes = new Map<string, SourceText>();
  /** Number of references to each footnote, by the id of the first. */
  readonly footnoteCounts = new Map<string, number>();
  /** Texts of indented code, while blocks are parsed. */
  readonly codeTexts = new Map<Element, SourceTextBuilder>();
  /** HTML of critic marks, which replaces their placeholders at the end. */
  readonly criticMarks: string[] = [];
  /** Diagrams in order of the page. */
  readonly diagrams: PlacedDiagram[] = [];
  /** Languages of fences. */
  readonly languages = new Set<string>();
  /** Budget for missing table cells: a long header adds many to every short row. */
  readonly cellBudget: WorkBudget;
  tabSets = 0;
  /** Offsets of lines in the page. */
  readonly #lineStarts: number[] = [0];

  /** @param length - of the Markdown */
  constructor(written: string, length: number, { extensions, escapable, highlight }: PageDeps) {
    this.extensions = extensions;
    this.escapable = escapable;
    this.highlight = highlight;
    this.cellBudget = new WorkBudget(length, 2);
    for (const { 0: end, index } of written.matchAll(/\r\n?|\n/g)) {
      this.#lineStarts.push(index + end.length);
    }
  }

  lineAt(offset: number): number {
    return lastAtOrBefore(this.#lineStarts, offset);
  }

  rangeAt(from: number, to: number): Range {
    return { start: this.#positionAt(from), end: this.#positionAt(Math.max(from, to)) };
  }

  /** Returns undefined for an empty stretch, which is generated or from another file. */
  rangeOf(stretch: Stretch | undefined): Range | undefined {
    return stretch && stretch.to > stretch.from
      ? this.rangeAt(stretch.from, stretch.to)
      : undefined;
  }

  #positionAt(offset: number): Position {
    const line = this.lineAt(offset);
    return { line, character: offset - (this.#lineStarts[line] ?? 0) };
  }
}

import type { Position, Range } from '../../../../base';
import type { Extensions } from './config';
import type { HighlightCode } from './render/codeBlock';
import type { Element, Stretch } from './text/element';
import { lastAtOrBefore, SourceText, type SourceTextBuilder } from './text/sourceText';
import { ETX, HtmlStash, STX } from './text/stash';
import { WorkBudget } from './text/workBudget';

interface Fence {
  /** All of it, as it was written. */
  readonly source: SourceText;
  /** How far it was indented, markers of quotes included. */
  readonly indent: number;
}

const placeholderLine = new RegExp(`^([> ]*)(${STX}wzxhzdk:[0-9]+${ETX})$`);

/** What fences were before they became code: some turn out to stand in code by indentation. */
export class FenceStash {
  readonly #fences = new Map<string, Fence>();

  store(placeholder: string, fence: Fence): void {
    this.#fences.set(placeholder, fence);
  }

  /** A block of indented code with its fences as text. */
  restore(block: SourceText): SourceText {
    if (this.#fences.size === 0 || !block.text.includes('\u0002')) return block;
    return SourceText.join(
      block.lines().flatMap(line => {
        const found = placeholderLine.exec(line.text);
        const fence = found ? this.#fences.get(found[2] ?? '') : undefined;
        if (!found || !fence) return [line];
        this.#fences.delete(found[2] ?? '');
        // As Python slices: from the end of the line where that is below zero.
        const cut = fence.indent - (found[1] ?? '').length;
        return fence.source
          .lines()
          .map(written => written.slice(cut < 0 ? Math.max(0, written.length + cut) : cut));
      }),
      '\n',
    );
  }
}

/** What `[id]: target` says. */
export interface Reference {
  readonly target: string;
  readonly title: string;
  /** Where the target is written: offsets in the page. */
  readonly written: Stretch;
}

/** A diagram that a program draws, and the opening of its fence: offsets in the page. */
export interface PlacedDiagram extends Stretch {
  readonly program: string;
}

/** What a page is made by. */
export interface PageDeps {
  readonly extensions: Extensions;
  /** Characters that a backslash protects. */
  readonly escapable: ReadonlySet<string>;
  readonly highlight: HighlightCode | undefined;
}

/** What the rules of one page share while it is made. */
export class PageContext implements PageDeps {
  readonly extensions: Extensions;
  readonly escapable: ReadonlySet<string>;
  readonly highlight: HighlightCode | undefined;
  readonly stash = new HtmlStash();
  readonly fences = new FenceStash();
  /** By id in lower case. */
  readonly references = new Map<string, Reference>();
  readonly abbreviations = new Map<string, string>();
  /** Their texts, by id, in the order of the page. */
  readonly footnotes = new Map<string, SourceText>();
  /** The number of references to each footnote, by the id of the first. */
  readonly footnoteCounts = new Map<string, number>();
  /** Texts of code by indentation, while blocks are read. */
  readonly codeTexts = new Map<Element, SourceTextBuilder>();
  /** HTML of critic marks, which comes in place of its placeholders at the end. */
  readonly criticMarks: string[] = [];
  /** Fences that programs draw, in the order of the page. */
  readonly diagrams: PlacedDiagram[] = [];
  /** Of its fences. */
  readonly languages = new Set<string>();
  /** Of the cells of tables that nobody wrote: a long header makes many of them in every short row. */
  readonly cellBudget: WorkBudget;
  tabSets = 0;
  /** Offsets in the page at which its lines begin. */
  readonly #lineStarts: number[] = [0];

  /** @param length - of what is read as Markdown */
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

  /** Undefined for a stretch in one place only: it is brought in from somewhere else. */
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

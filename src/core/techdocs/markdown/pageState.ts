import { BlockParser, type BlockRule } from './blocks/blockParser';
import type { Extensions } from './config';
import type { PageContext, Reference } from './pageContext';
import { FenceStash } from './preprocess/fenceStash';
import type { IncludeProblem } from './preprocess/snippets';
import type { HighlightCode } from './render/codeBlock';
import { Element } from './text/element';
import type { SourceText, SourceTextBuilder } from './text/sourceText';
import { HtmlStash } from './text/stash';
import type { TocEntry } from './tree/tableOfContents';
import { collectTargets } from './tree/targets';
import type { MarkdownPage, PagePosition, PageProblem, PageRange } from './types';

interface PageDeps {
  readonly extensions: Extensions;
  readonly escapable: ReadonlySet<string>;
  readonly highlight: HighlightCode | undefined;
  readonly blockRules: readonly BlockRule[];
}

const messages: Readonly<Record<PageProblem['code'], (path: string) => string>> = {
  'include-missing': path => `There is no file or section "${path}" to include`,
  'include-outside': path => `"${path}" lies outside of what this site may include`,
  'include-too-large': path => `"${path}" makes this page too large`,
};

/** One page while it is made: what its rules share, and what comes of it. */
export class PageState implements PageContext {
  readonly extensions: Extensions;
  readonly escapable: ReadonlySet<string>;
  readonly highlight: HighlightCode | undefined;
  readonly stash = new HtmlStash();
  readonly fences = new FenceStash();
  readonly references = new Map<string, Reference>();
  readonly abbreviations = new Map<string, string>();
  readonly footnotes = new Map<string, SourceText>();
  readonly footnoteIds = new Set<string>();
  readonly footnoteCounts = new Map<string, number>();
  readonly codeTexts = new Map<Element, SourceTextBuilder>();
  readonly criticMarks: string[] = [];
  readonly languages = new Set<string>();
  tabSets = 0;

  readonly root = new Element('div');
  readonly parser: BlockParser;
  source: SourceText;
  toc: readonly TocEntry[] = [];
  title: string | undefined;
  /** Offsets in the page at which its lines begin. */
  readonly #lineStarts: number[] = [0];

  constructor(written: string, source: SourceText, deps: PageDeps) {
    this.extensions = deps.extensions;
    this.escapable = deps.escapable;
    this.highlight = deps.highlight;
    this.parser = new BlockParser(deps.blockRules, this);
    this.source = source;
    for (const { 0: end, index } of written.matchAll(/\r\n?|\n/g)) {
      this.#lineStarts.push(index + end.length);
    }
  }

  lineAt(offset: number): number {
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  rangeAt(from: number, to: number): PageRange {
    return { start: this.#positionAt(from), end: this.#positionAt(Math.max(from, to)) };
  }

  problem({ code, path, from, to }: IncludeProblem): PageProblem {
    return { code, message: messages[code](path), range: this.rangeAt(from, to) };
  }

  /** What there is to tell of the page besides its HTML. */
  result(): Omit<MarkdownPage, 'html' | 'problems' | 'title'> {
    const targets = collectTargets(this.root, this, (from, to) => this.rangeAt(from, to));
    return { toc: this.toc, ...targets, languages: [...this.languages] };
  }

  #positionAt(offset: number): PagePosition {
    const line = this.lineAt(offset);
    return { line, character: offset - (this.#lineStarts[line] ?? 0) };
  }
}

import type { Extensions } from './config';
import type { FenceStash } from './preprocess/fenceStash';
import type { HighlightCode } from './render/codeBlock';
import type { Element, Stretch } from './text/element';
import type { SourceText, SourceTextBuilder } from './text/sourceText';
import type { HtmlStash } from './text/stash';
import type { WorkBudget } from './text/workBudget';

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

/** What the rules of one page share while it is made. */
export interface PageContext {
  readonly extensions: Extensions;
  readonly stash: HtmlStash;
  readonly fences: FenceStash;
  /** By id in lower case. */
  readonly references: Map<string, Reference>;
  readonly abbreviations: Map<string, string>;
  /** Their texts, by id, in the order of the page. */
  readonly footnotes: Map<string, SourceText>;
  /** The number of references to each footnote, by the id of the first. */
  readonly footnoteCounts: Map<string, number>;
  /** Texts of code by indentation, while blocks are read. */
  readonly codeTexts: Map<Element, SourceTextBuilder>;
  /** HTML of critic marks, which comes in place of its placeholders at the end. */
  readonly criticMarks: string[];
  /** Characters that a backslash protects. */
  readonly escapable: ReadonlySet<string>;
  readonly highlight: HighlightCode | undefined;
  /** Fences that programs draw, in the order of the page. */
  readonly diagrams: PlacedDiagram[];
  /** Of its fences. */
  readonly languages: Set<string>;
  /** Of the cells of tables that nobody wrote: a long header makes many of them in every short row. */
  readonly cellBudget: WorkBudget;
  tabSets: number;
}

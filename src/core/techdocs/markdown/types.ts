import type { TocEntry } from './tree/tableOfContents';

/** From 0, as editors count. */
export interface PagePosition {
  readonly line: number;
  readonly character: number;
}

export interface PageRange {
  readonly start: PagePosition;
  readonly end: PagePosition;
}

/**
 * Where a target leads: a page of the site (`other.md`), another file, a place in the same page, an
 * absolute path (which MkDocs leaves alone), mail, or elsewhere.
 */
export type TargetKind = 'page' | 'file' | 'anchor' | 'absolute' | 'mail' | 'external' | 'empty';

export interface PageLink {
  /** As it is written, with escapes and entities resolved. */
  readonly target: string;
  readonly kind: TargetKind;
  /** Of pages and files: the path without query and anchor, decoded. */
  readonly path: string | undefined;
  /** Behind `#`, decoded. */
  readonly anchor: string | undefined;
  readonly form: 'inline' | 'reference' | 'automatic' | 'html';
  readonly title: string | undefined;
  readonly range: PageRange;
}

export interface PageImage extends PageLink {
  readonly alt: string;
}

export type PageProblemCode = 'include-missing' | 'include-outside' | 'include-too-large';

/** Something that keeps a page from being what its author meant. */
export interface PageProblem {
  readonly code: PageProblemCode;
  readonly message: string;
  readonly range: PageRange;
}

export interface MarkdownPage {
  /** Not sanitised: what a page says in HTML is in it. */
  readonly html: string;
  readonly toc: readonly TocEntry[];
  /** What the page calls itself: in its front matter, else in a first header of level 1. */
  readonly title: string | undefined;
  readonly links: readonly PageLink[];
  readonly images: readonly PageImage[];
  /** All ids that links can lead to. */
  readonly anchors: readonly string[];
  /** What languages its code is in, as they are written. */
  readonly languages: readonly string[];
  readonly problems: readonly PageProblem[];
}

import type { Range } from '../../../../base';
import type { PageSection } from '../sections/pageSections';
import type { TocEntry } from './tree/tableOfContents';

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
  /** Of what another file brings in, the line that includes it. */
  readonly range: Range;
  /** Where the target is written, in a definition or not; undefined where it is in another file. */
  readonly targetRange: Range | undefined;
}

export interface PageImage extends PageLink {
  readonly alt: string;
}

export type PageProblemCode = 'include-missing' | 'include-outside' | 'include-too-large';

/** Something that keeps a page from being what its author meant. */
export interface PageProblem {
  readonly code: PageProblemCode;
  readonly message: string;
  readonly range: Range;
}

/** A fence with the source of a diagram. */
export interface PageDiagram {
  /** What draws it, such as `plantuml`. */
  readonly program: string;
  /** The line that opens the fence. */
  readonly range: Range;
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
  /** Fences that programs draw, in their order. */
  readonly diagrams: readonly PageDiagram[];
  /** What languages its code is in, as they are written. */
  readonly languages: readonly string[];
  readonly problems: readonly PageProblem[];
}

/** Where links to a page may lead. */
export interface PageAnchor {
  readonly id: string;
  /** Of the element; undefined where nobody wrote it. */
  readonly range: Range | undefined;
  /** What the id is written at, where it is; other ids are made of headings. */
  readonly idRange: Range | undefined;
  /** Of headings of the Markdown. */
  readonly heading: { readonly level: number; readonly title: string } | undefined;
}

/** What a page says below a heading, with the heading's place. */
export interface PlacedSection extends PageSection {
  /** Of what another file brings in, the line that includes it. */
  readonly range: Range | undefined;
}

/** `[id]: target` */
export interface PageDefinition {
  readonly id: string;
  readonly target: string;
  readonly targetRange: Range;
}

/** A file that a page brings in: `--8<-- "file"`. */
export interface PageInclude {
  readonly path: string;
  /** Of those that the page itself writes. */
  readonly range: Range;
  /** What was read, from the folder of mkdocs.yml; undefined where nothing was. */
  readonly file: string | undefined;
  readonly problem: PageProblemCode | undefined;
}

/** What stands where in a page, for those who check and edit it. Nothing within code is in it. */
export interface PageIndex {
  readonly title: string | undefined;
  readonly links: readonly PageLink[];
  readonly images: readonly PageImage[];
  /** In the order of the page; an id can be there more than once. */
  readonly anchors: readonly PageAnchor[];
  readonly definitions: readonly PageDefinition[];
  readonly includes: readonly PageInclude[];
}

/** What a link or an image of a page is to lead to, by what is written. */
export type ReplaceTarget = (target: string) => string;

import type { Range } from '../../../../base';
import type { PageSection } from '../sections/pageSections';
import type { TocEntry } from './tree/tableOfContents';

/**
 * Target of a link: a page (`other.md`) or another file of the site, an anchor on the same page, an
 * absolute path (which MkDocs ignores), mail, or an external address.
 */
export type TargetKind = 'page' | 'file' | 'anchor' | 'absolute' | 'mail' | 'external' | 'empty';

export interface PageLink {
  /** Target as written, with escapes and entities resolved. */
  readonly target: string;
  readonly kind: TargetKind;
  /** Decoded path of a page or file, without query and anchor. */
  readonly path: string | undefined;
  /** Decoded text after `#`. */
  readonly anchor: string | undefined;
  readonly form: 'inline' | 'reference' | 'automatic' | 'html';
  readonly title: string | undefined;
  /** Range of the source; the including line for included content. */
  readonly range: Range;
  /** Range of the target, which may be in a definition; undefined if it is in another file. */
  readonly targetRange: Range | undefined;
}

export interface PageImage extends PageLink {
  readonly alt: string;
}

export type PageProblemCode = 'include-missing' | 'include-outside' | 'include-too-large';

/** A problem found while a page is rendered. */
export interface PageProblem {
  readonly code: PageProblemCode;
  readonly message: string;
  readonly range: Range;
}

/** A fence with a diagram. */
export interface PageDiagram {
  /** Program, such as `plantuml`. */
  readonly program: string;
  /** Line that opens the fence. */
  readonly range: Range;
}

export interface MarkdownPage {
  /** Not sanitized: contains the HTML of the page. */
  readonly html: string;
  readonly toc: readonly TocEntry[];
  /** Title from the front matter, or from a level 1 header at the start. */
  readonly title: string | undefined;
  readonly links: readonly PageLink[];
  readonly images: readonly PageImage[];
  /** Ids that links can target. */
  readonly anchors: readonly string[];
  /** Diagrams in order of the page. */
  readonly diagrams: readonly PageDiagram[];
  /** Languages of code, as written. */
  readonly languages: readonly string[];
  readonly problems: readonly PageProblem[];
}

/** Target for links to a page. */
export interface PageAnchor {
  readonly id: string;
  /** Range of the element; undefined for a generated one. */
  readonly range: Range | undefined;
  /** Range of an explicit id; others are generated from headings. */
  readonly idRange: Range | undefined;
  /** Undefined if the anchor isn't a Markdown heading. */
  readonly heading: { readonly level: number; readonly title: string } | undefined;
}

/** A section with the place of its heading. */
export interface PlacedSection extends PageSection {
  /** Range of the source; the including line for included content. */
  readonly range: Range | undefined;
}

/** `[id]: target` */
export interface PageDefinition {
  readonly id: string;
  readonly target: string;
  readonly targetRange: Range;
}

/** An include of a page: `--8<-- "file"`. */
export interface PageInclude {
  readonly path: string;
  /** Range of the line in the page itself. */
  readonly range: Range;
  /** Path from the folder of mkdocs.yml; undefined if nothing was read. */
  readonly file: string | undefined;
  readonly problem: PageProblemCode | undefined;
}

/**
 * Positions of links, headings, and other elements of a page, for checks and edits. Excludes code.
 */
export interface PageIndex {
  readonly title: string | undefined;
  readonly links: readonly PageLink[];
  readonly images: readonly PageImage[];
  /** In order of the page. Ids may repeat. */
  readonly anchors: readonly PageAnchor[];
  readonly definitions: readonly PageDefinition[];
  readonly includes: readonly PageInclude[];
}

/** Maps a written link or image target to the target in the HTML. */
export type ReplaceTarget = (target: string) => string;

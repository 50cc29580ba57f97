import type { LinkTarget } from '../../../../api';
import type { Glances } from '../../../catalog/core/glances';
import type { MatchedPart } from '../../../search/core/pages';

/** One of the sites, where they are all listed. */
export interface DocsSiteItem {
  readonly id: string;
  readonly title: string;
  /** Full refs of the entities whose docs these are. */
  readonly entityRefs: readonly string[];
  /** The folder, as people know it. */
  readonly place: string;
  readonly origin: 'mkdocs' | 'generated' | 'readme';
}

export interface DocsSitesView {
  readonly sites: readonly DocsSiteItem[];
  readonly glances: Glances;
}

/** An entry of a site's navigation. */
export interface DocsNavItem {
  readonly title: string;
  /** Of a page: its path below the docs folder. */
  readonly path?: string;
  /** Of a link to somewhere else. */
  readonly target?: LinkTarget;
  /** Of a section. */
  readonly children?: readonly DocsNavItem[];
}

/** A heading of a page. */
export interface DocsHeading {
  readonly id: string;
  readonly title: string;
  /** 1 to 6. */
  readonly level: number;
  readonly children: readonly DocsHeading[];
}

/** Where a link of a page leads. */
export type DocsLink =
  | { readonly type: 'target'; readonly target: LinkTarget }
  /** Within the page. */
  | { readonly type: 'anchor'; readonly id: string }
  /** What is missing, for people. */
  | { readonly type: 'broken'; readonly reason: string };

/** A picture of a page. */
export type DocsPictureState =
  /** The version is another one once the picture is. */
  | { readonly type: 'picture'; readonly version: string }
  /** One of the web that may be loaded. */
  | { readonly type: 'web'; readonly url: string }
  /** Why there is none, for people. */
  | { readonly type: 'broken'; readonly reason: string };

export interface DocsPageContent {
  /** Below the docs folder of its site. */
  readonly path: string;
  readonly title: string;
  /** As the Markdown says it: not sanitised. Blocks have their first line in `data-line`, counted from 0. */
  readonly html: string;
  readonly headings: readonly DocsHeading[];
  /** By what `href` says. */
  readonly links: Readonly<Record<string, DocsLink>>;
  /** By what `src` says. */
  readonly pictures: Readonly<Record<string, DocsPictureState>>;
  /** Sections that the page is in, the outermost first. */
  readonly breadcrumbs: readonly string[];
  readonly previous?: { readonly path: string; readonly title: string };
  readonly next?: { readonly path: string; readonly title: string };
  /** URI of the Markdown; undefined for a page that a Backstage has built. */
  readonly file?: string;
  readonly problems: readonly string[];
}

/** The Backstage that has built docs. */
export interface DocsServerView {
  readonly name: string;
  /** Of VS Code's chart colours, where the user gave it one. */
  readonly color?: string;
  /** The same page there, for a browser. */
  readonly url?: string;
  /** Milliseconds since the epoch at which the docs were built. */
  readonly builtAt?: number;
  /** Of a page that is not of now: when it was, and why there is no other. */
  readonly kept?: { readonly fetchedAt: number; readonly reason: string };
  /** Whether it has built none. */
  readonly isUnbuilt: boolean;
}

export interface DocsPageView {
  readonly site: {
    readonly id: string;
    readonly title: string;
    readonly entityRefs: readonly string[];
  };
  readonly nav: readonly DocsNavItem[];
  /** Undefined where the site has no such page, or it cannot be shown. */
  readonly page?: DocsPageContent;
  /** Why a page that is there cannot be shown, for people. */
  readonly failure?: string;
  /** Undefined for docs of the workspace. */
  readonly server?: DocsServerView;
  readonly glances: Glances;
}

export interface DocsPageRequest {
  /** Id of the site. */
  readonly site: string;
  /** Below its docs folder; undefined: the first page. */
  readonly path?: string;
}

/** A page. */
export interface DocsPlace {
  /** Id of the site. */
  readonly site: string;
  /** Below its docs folder. */
  readonly path: string;
}

/** A picture, and the page that shows it. */
export interface DocsPictureRequest extends DocsPlace {
  /** As the page says it. */
  readonly source: string;
}

export interface DocsPicture {
  /** Media type. */
  readonly type: string;
  readonly base64: string;
}

export interface DocsSearchRequest {
  /** Id of the site. */
  readonly site: string;
  readonly text: string;
  /** More places are counted, but not given. */
  readonly limit: number;
}

/** A place in docs that was found by words. */
export interface DocsHit {
  /** Of the page, below the docs folder. */
  readonly path: string;
  /** Of the page. */
  readonly title: readonly MatchedPart[];
  /** Of the heading. */
  readonly anchor?: string;
  /** Undefined at the top of the page. */
  readonly heading?: readonly MatchedPart[];
  readonly excerpt: readonly MatchedPart[];
}

export interface DocsHits {
  /** What was searched, in lower case. */
  readonly words: readonly string[];
  /** Words that were ignored because no section has all words; the places have all the others. */
  readonly ignored: readonly string[];
  /** How many places there are. */
  readonly count: number;
  /** The likeliest first. */
  readonly hits: readonly DocsHit[];
}

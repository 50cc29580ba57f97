import type { LinkTarget } from '../../../../api';
import type { Glances } from '../../../catalog/core/glances';
import type { MatchedPart } from '../../../search/core/pages';

/** Entry of the list of sites. */
export interface DocsSiteItem {
  readonly id: string;
  readonly title: string;
  /** Full refs of the entities with these docs. */
  readonly entityRefs: readonly string[];
  /** Full refs of the entities' owners. */
  readonly owners: readonly string[];
  /** Description of the entity, if it is the only one. */
  readonly description?: string;
  /** Display path of the folder. */
  readonly place: string;
  readonly origin: 'mkdocs' | 'generated' | 'readme';
}

export interface DocsSitesView {
  /** By title. */
  readonly sites: readonly DocsSiteItem[];
  readonly glances: Glances;
}

/** Entry of a site's navigation. */
export interface DocsNavItem {
  readonly title: string;
  /** Path of a page below the docs folder. */
  readonly path?: string;
  /** Target of an external link. */
  readonly target?: LinkTarget;
  /** Items of a section. */
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

/** Target of a link on a page. */
export type DocsLink =
  | { readonly type: 'target'; readonly target: LinkTarget }
  /** Anchor on the same page. */
  | { readonly type: 'anchor'; readonly id: string }
  /** `reason`: message for users. */
  | { readonly type: 'broken'; readonly reason: string };

/** State of an image on a page. */
export type DocsPictureState =
  /** `version` changes with the image. */
  | { readonly type: 'picture'; readonly version: string }
  /** Image on the web that may be loaded. */
  | { readonly type: 'web'; readonly url: string }
  /** `reason`: message for users. */
  | { readonly type: 'broken'; readonly reason: string };

export interface DocsPageContent {
  /** Path below the docs folder. */
  readonly path: string;
  readonly title: string;
  /** HTML of the Markdown, not sanitized. Blocks have their first line, from 0, in `data-line`. */
  readonly html: string;
  readonly headings: readonly DocsHeading[];
  /** By `href`. */
  readonly links: Readonly<Record<string, DocsLink>>;
  /** By `src`. */
  readonly pictures: Readonly<Record<string, DocsPictureState>>;
  /** Sections around the page, the outermost first. */
  readonly breadcrumbs: readonly string[];
  readonly previous?: { readonly path: string; readonly title: string };
  readonly next?: { readonly path: string; readonly title: string };
  /** URI of the Markdown; undefined for a page built by Backstage. */
  readonly file?: string;
  readonly problems: readonly string[];
}

/** The Backstage that built the docs. */
export interface DocsServerView {
  readonly name: string;
  /** One of VS Code's chart colors, if the user set one. */
  readonly color?: string;
  /** Address of the page in Backstage. */
  readonly url?: string;
  /** Build time, in milliseconds since the epoch. */
  readonly builtAt?: number;
  /** Set for a cached copy: when it was fetched, and why it can't be refreshed. */
  readonly kept?: { readonly fetchedAt: number; readonly reason: string };
  /** Whether Backstage hasn't built the docs. */
  readonly isUnbuilt: boolean;
}

export interface DocsPageView {
  readonly site: {
    readonly id: string;
    readonly title: string;
    readonly entityRefs: readonly string[];
  };
  readonly nav: readonly DocsNavItem[];
  /** Undefined if the page doesn't exist or can't be shown. */
  readonly page?: DocsPageContent;
  /** Message why an existing page can't be shown. */
  readonly failure?: string;
  /** Undefined for docs of the workspace. */
  readonly server?: DocsServerView;
  readonly glances: Glances;
}

export interface DocsPageRequest {
  /** Id of the site. */
  readonly site: string;
  /** Path below the docs folder; defaults to the first page. */
  readonly path?: string;
}

export interface DocsPlace {
  /** Id of the site. */
  readonly site: string;
  /** Path below the docs folder. */
  readonly path: string;
}

/** Request for an image on a page. */
export interface DocsPictureRequest extends DocsPlace {
  /** `src` as written on the page. */
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
  /** Maximum number of hits. */
  readonly limit: number;
}

/** Search hit in docs. */
export interface DocsHit {
  /** Path of the page below the docs folder. */
  readonly path: string;
  /** Title of the page. */
  readonly title: readonly MatchedPart[];
  /** Id of the heading. */
  readonly anchor?: string;
  /** Undefined at the top of the page. */
  readonly heading?: readonly MatchedPart[];
  readonly excerpt: readonly MatchedPart[];
}

export interface DocsHits {
  /** Search words in lower case. */
  readonly words: readonly string[];
  /** Words ignored because no section has all of them. */
  readonly ignored: readonly string[];
  /** Total number of matches. */
  readonly count: number;
  /** Best match first. */
  readonly hits: readonly DocsHit[];
}

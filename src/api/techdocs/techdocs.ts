import type { Event, Range } from '../../base';
import type { JsonValue, Problem } from '../../model';
import type { FileEdit } from '../catalog/edits';

/** Documentation of the workspace that TechDocs would build, or that is read where there is none. */
export interface TechDocsSite {
  /** Stable as long as the folder is: its URI. */
  readonly id: string;
  /** `site_name`; the title of an entity, or the name of the folder, where no config says. */
  readonly name: string;
  /** URI of the folder that `backstage.io/techdocs-ref` leads to. */
  readonly folder: string;
  /**
   * `mkdocs`: there is a config; `generated`: there is none, and TechDocs makes one for the folder `docs`;
   * `readme`: there is nothing but a README.
   */
  readonly origin: 'mkdocs' | 'generated' | 'readme';
  /** URI of the `mkdocs.yml` or `mkdocs.yaml`. */
  readonly config: string | undefined;
  /** Full refs of the entities whose documentation it is; empty for a config that no entity leads to. */
  readonly entityRefs: readonly string[];
  /** Entities that show it as theirs, by `backstage.io/techdocs-entity`. */
  readonly sharedWith: readonly TechDocsShare[];
}

export interface TechDocsShare {
  readonly entityRef: string;
  /** Below the site's own address, as `backstage.io/techdocs-entity-path` says; `''` where it does not. */
  readonly path: string;
}

/** What a site consists of. */
export interface TechDocsContent {
  readonly site: TechDocsSite;
  /** As it is shown beside the pages. */
  readonly nav: readonly TechDocsNavItem[];
  /** All pages, those that the navigation leaves out included, in MkDocs' order of files. */
  readonly pages: readonly TechDocsPage[];
  /** Path of the page that the site begins with; undefined where it has none. */
  readonly home: string | undefined;
  /** From the address of a page that was, to a page's path, or an address, both with what follows `#`. */
  readonly redirects: ReadonlyMap<string, string>;
  /** Options of Markdown extensions by name, as the config has them; what TechDocs adds is not in it. */
  readonly markdownExtensions: ReadonlyMap<string, JsonValue>;
  /** `extra` of the config. */
  readonly extra: JsonValue;
  /** What is wrong with the config, the navigation, and what they lead to; each has a file and a range. */
  readonly problems: readonly Problem[];
}

export type TechDocsNavItem =
  | {
      readonly type: 'section';
      readonly title: string;
      readonly children: readonly TechDocsNavItem[];
    }
  | { readonly type: 'page'; readonly title: string; readonly path: string }
  | {
      readonly type: 'link';
      readonly title: string;
      /** As written: an address of the web, or what leads nowhere. */
      readonly url: string;
      /** URI, where it is a file of the site that is no page. */
      readonly file?: string;
    };

export interface TechDocsPage {
  /** From the docs folder, with `/`; of a site that is taken in, with its alias before it. */
  readonly path: string;
  /** Below the site's own address, encoded; `''` for the page that it begins with. */
  readonly url: string;
  readonly title: string;
  /** URI of the Markdown. */
  readonly file: string;
  /** The page that edits it on the repository's host. */
  readonly editUrl?: string;
  /** Paths of the pages before and after it in the navigation. */
  readonly previous?: string;
  readonly next?: string;
  readonly isInNav: boolean;
  /** What stands before the Markdown. */
  readonly meta: Readonly<Record<string, JsonValue>>;
}

/** What a page says below one of its headings, up to the next. */
export interface TechDocsSection {
  /** Id of the heading in the page; undefined for what stands before the first, and at one without. */
  readonly anchor: string | undefined;
  /** Of the heading, from 1; 0 before the first. */
  readonly level: number;
  /** What the heading says; empty before the first. */
  readonly title: string;
  /** Without markup, in one line. */
  readonly text: string;
  /** Of the heading in the Markdown, or of the line that includes it; undefined before the first. */
  readonly range: Range | undefined;
}

/** Where the documentation of an entity is. */
export type TechDocsLocation =
  | {
      readonly type: 'site';
      readonly siteId: string;
      /** Below the site's own address. */
      readonly path: string;
      /** Full ref of the entity whose documentation it shares. */
      readonly sharedFrom?: string;
    }
  /** What a Backstage that is a source has built, where the workspace does not have the files. */
  | {
      readonly type: 'instance';
      /** As pages of the portal name it; `TechDocsService` has no such site. */
      readonly siteId: string;
      /** As `CatalogSourceInfo.id`. */
      readonly sourceId: string;
      /** Full ref of the entity whose docs they are there. */
      readonly entityRef: string;
      /** Below the site's own address. */
      readonly path: string;
      /** Full ref of the entity whose documentation it shares. */
      readonly sharedFrom?: string;
    }
  /** A page of the web, where neither has them. */
  | { readonly type: 'web'; readonly url: string };

export interface TechDocsChangeEvent {
  /** Whether sites have come or gone, or are another's. */
  readonly list: boolean;
  /** Ids of sites whose content may be another. */
  readonly siteIds: ReadonlySet<string>;
  /** By id of a site, the paths of pages that may say something else: theirs or what they include has changed. */
  readonly pages: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The documentation of the workspace, as TechDocs and MkDocs read it. Files are read when somebody first
 * asks, and followed from then on. All methods reject with an `AbortError` when their signal is aborted.
 */
export interface TechDocsService {
  readonly onDidChange: Event<TechDocsChangeEvent>;
  /** All sites, in the order of their folders. */
  getSites(options?: { readonly signal?: AbortSignal }): Promise<readonly TechDocsSite[]>;
  /** Undefined where there is no such site. */
  loadContent(
    siteId: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<TechDocsContent | undefined>;
  /**
   * What a page says, by its headings: as it is shown, includes and all. Undefined where there is no such page, or it
   * cannot be read.
   */
  loadSections(
    siteId: string,
    path: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly TechDocsSection[] | undefined>;
  /**
   * By path of each page of a site, a text that is another when the page may say something else. It stays the same over
   * sessions, and takes no rendering. Undefined where there is no such site.
   */
  loadStamps(
    siteId: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<ReadonlyMap<string, string> | undefined>;
  /** Undefined where an entity has none, or none that is there. */
  locate(
    entityRef: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<TechDocsLocation | undefined>;
}

export interface TechDocsBuildOptions {
  /** URI of the folder that the site is put into; it need not be there. */
  readonly target: string;
  /** Whether whatever lies in the folder may go, but for what begins with a dot. */
  readonly isCleaned?: boolean;
  readonly signal?: AbortSignal;
  /** Told how far the work has come, in a few words. */
  readonly report?: (message: string) => void;
}

export type TechDocsBuildResult =
  | {
      readonly type: 'built';
      /** Undefined where MkDocs did the work, which does not say. */
      readonly pages: number | undefined;
      /** Of which the log of the build tells. */
      readonly warnings: number;
      readonly showLog: () => void;
    }
  /** The folder holds something that is no site that was built: nothing was written. */
  | { readonly type: 'foreign-folder' };

/** What gives an entity docs, or why it cannot have any. */
export type TechDocsDraft =
  | {
      readonly type: 'draft';
      /** The edit of the descriptor, and the files that are not there, to be applied as one step. */
      readonly edits: readonly FileEdit[];
      /** URI of the first page, where it is one of them. */
      readonly page: string | undefined;
    }
  /** With a sentence for the user. */
  | { readonly type: 'refused'; readonly reason: string };

/** Builds sites into folders, by the program that the user has chosen, and drafts new ones. */
export interface TechDocsBuilderService {
  /**
   * What has an entity that says nothing of docs have some beside its descriptor: `backstage.io/techdocs-ref: dir:.`, a
   * `mkdocs.yml` and a first page. Nothing is written, and nothing that is there would be.
   */
  draft(entityRef: string): Promise<TechDocsDraft>;
  /**
   * @throws Error with a sentence for the user, where the folder holds the sources or cannot be written to, where the
   *   site has errors, or where the program is not to be run; AbortError when the signal is aborted
   */
  build(siteId: string, options: TechDocsBuildOptions): Promise<TechDocsBuildResult>;
}

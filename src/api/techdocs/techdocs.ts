import type { Event, Range } from '../../base';
import type { JsonValue, Problem } from '../../model';
import type { FileEdit } from '../catalog/edits';

/** A documentation site of the workspace: one that TechDocs would build, or a README. */
export interface TechDocsSite {
  /** URI of the folder; stable. */
  readonly id: string;
  /** `site_name`; without a config, the title of an entity or the name of the folder. */
  readonly name: string;
  /** URI of the folder that `backstage.io/techdocs-ref` refers to. */
  readonly folder: string;
  /**
   * `mkdocs`: has a config. `generated`: has no config, so TechDocs generates one for the folder
   * `docs`. `readme`: only a README.
   */
  readonly origin: 'mkdocs' | 'generated' | 'readme';
  /** URI of `mkdocs.yml` or `mkdocs.yaml`. */
  readonly config: string | undefined;
  /** Full refs of the entities whose docs they are; empty for a config that no entity refers to. */
  readonly entityRefs: readonly string[];
  /** Entities that use the docs through `backstage.io/techdocs-entity`. */
  readonly sharedWith: readonly TechDocsShare[];
}

/** An entity that uses the docs of another entity. */
export interface TechDocsShare {
  readonly entityRef: string;
  /** Path of `backstage.io/techdocs-entity-path`, relative to the site; `''` without the annotation. */
  readonly path: string;
}

/** Contents of a site. */
export interface TechDocsContent {
  readonly site: TechDocsSite;
  /** Navigation as shown beside the pages. */
  readonly nav: readonly TechDocsNavItem[];
  /** All pages, including those outside the navigation, in MkDocs' file order. */
  readonly pages: readonly TechDocsPage[];
  /** Path of the first page; undefined for sites without pages. */
  readonly home: string | undefined;
  /** Redirects from the address of a former page to a page's path or a URL, each with its `#` fragment. */
  readonly redirects: ReadonlyMap<string, string>;
  /**
   * Options of the config's Markdown extensions by name, without the extensions that TechDocs adds. `gh_admonitions` is
   * `false` for a release of techdocs-core without GitHub's alerts.
   */
  readonly markdownExtensions: ReadonlyMap<string, JsonValue>;
  /** `extra` in the config. */
  readonly extra: JsonValue;
  /** Problems of the config, the navigation and their targets; each has a file and a range. */
  readonly problems: readonly Problem[];
}

/** An item of the navigation. */
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
      /** URL as written, even if it is broken. */
      readonly url: string;
      /** URI of the target if it is a file of the site that isn't a page. */
      readonly file?: string;
    };

/** A page of a site. */
export interface TechDocsPage {
  /** Path in the docs folder, with `/`. Pages of included sites start with the alias of their site. */
  readonly path: string;
  /** Encoded address relative to the site; `''` for the first page. */
  readonly url: string;
  readonly title: string;
  /** URI of the Markdown file. */
  readonly file: string;
  /** URL that edits the page on the repository's host. */
  readonly editUrl?: string;
  /** Paths of the previous and next pages in the navigation. */
  readonly previous?: string;
  readonly next?: string;
  readonly isInNav: boolean;
  /** Front matter. */
  readonly meta: Readonly<Record<string, JsonValue>>;
}

/** The content of a page between two headings. */
export interface TechDocsSection {
  /** Id of the heading; undefined before the first heading and for headings without id. */
  readonly anchor: string | undefined;
  /** Level of the heading, from 1; 0 before the first heading. */
  readonly level: number;
  /** Text of the heading; empty before the first heading. */
  readonly title: string;
  /** Text without markup, in one line. */
  readonly text: string;
  /** Range of the heading, or of the line that includes it; undefined before the first heading. */
  readonly range: Range | undefined;
}

/** The place of an entity's docs. */
export type TechDocsLocation =
  | {
      readonly type: 'site';
      readonly siteId: string;
      /** Path relative to the site. */
      readonly path: string;
      /** Full ref of the entity whose docs it uses. */
      readonly sharedFrom?: string;
    }
  /** Docs that a source's Backstage has built, if the workspace doesn't have the files. */
  | {
      readonly type: 'instance';
      /** Id for pages of the portal; `TechDocsService` doesn't know the site. */
      readonly siteId: string;
      /** `CatalogSourceInfo.id` of the Backstage. */
      readonly sourceId: string;
      /** Full ref of the entity whose docs they are. */
      readonly entityRef: string;
      /** Path relative to the site. */
      readonly path: string;
      /** Full ref of the entity whose docs it uses. */
      readonly sharedFrom?: string;
    }
  /** A web page, if neither has the docs. */
  | { readonly type: 'web'; readonly url: string };

/** A change of sites. */
export interface TechDocsChangeEvent {
  /** Whether sites were added, removed or assigned to other entities. */
  readonly list: boolean;
  /** Ids of sites whose content may have changed. */
  readonly siteIds: ReadonlySet<string>;
  /** Paths of pages that may have changed, directly or through an included file, by site id. */
  readonly pages: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Documentation sites of the workspace, as TechDocs and MkDocs read them. Files are read on first
 * use and watched from then on. All methods reject with an AbortError when their signal is aborted.
 */
export interface TechDocsService {
  readonly onDidChange: Event<TechDocsChangeEvent>;
  /** Returns all sites, sorted by folder. */
  getSites(options?: { readonly signal?: AbortSignal }): Promise<readonly TechDocsSite[]>;
  /** Returns the contents of a site; undefined if it doesn't exist. */
  loadContent(
    siteId: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<TechDocsContent | undefined>;
  /**
   * Returns a page's rendered text by heading, includes resolved; undefined if the page doesn't
   * exist or can't be read.
   */
  loadSections(
    siteId: string,
    path: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly TechDocsSection[] | undefined>;
  /**
   * Returns a version stamp by page path, computed without rendering and stable across sessions;
   * undefined if the site doesn't exist.
   */
  loadStamps(
    siteId: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<ReadonlyMap<string, string> | undefined>;
  /** Returns the place of an entity's docs; undefined if it has none or they don't exist. */
  locate(
    entityRef: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<TechDocsLocation | undefined>;
}

/** Options for a build of docs. */
export interface TechDocsBuildOptions {
  /** URI of the target folder, which is created if needed. */
  readonly target: string;
  /** Whether existing files in the folder are deleted, except those that start with a dot. */
  readonly isCleaned?: boolean;
  readonly signal?: AbortSignal;
  /** Called with short progress messages. */
  readonly report?: (message: string) => void;
}

/** Outcome of a build. */
export type TechDocsBuildResult =
  | {
      readonly type: 'built';
      /** Number of pages; undefined if MkDocs, which doesn't report it, built the site. */
      readonly pages: number | undefined;
      /** Number of warnings in the build log. */
      readonly warnings: number;
      readonly showLog: () => void;
    }
  /** The folder contains files that aren't a built site. Nothing was written. */
  | { readonly type: 'foreign-folder' };

/** Changes that add docs to an entity, or the reason why it can't have any. */
export type TechDocsDraft =
  | {
      readonly type: 'draft';
      /** Edit of the descriptor and new files, to be applied in one step. */
      readonly edits: readonly FileEdit[];
      /** URI of the first page if it is among the new files. */
      readonly page: string | undefined;
    }
  /** `reason` is a sentence for the user. */
  | { readonly type: 'refused'; readonly reason: string };

/** Builds sites with the configured program, and drafts new sites. */
export interface TechDocsBuilderService {
  /**
   * Drafts docs beside the descriptor of an entity that has none: `backstage.io/techdocs-ref:
   * dir:.`, a `mkdocs.yml` and a first page. Writes nothing, and never replaces existing files.
   */
  draft(entityRef: string): Promise<TechDocsDraft>;
  /**
   * Builds a site into a folder.
   *
   * @throws Error with a sentence for the user if the folder contains the sources or isn't
   * writable, if the site has errors, or if the program may not be run; AbortError when the signal
   * is aborted
   */
  build(siteId: string, options: TechDocsBuildOptions): Promise<TechDocsBuildResult>;
}

import type { Range } from '../../base';
import type { JsonValue } from '../../model';

/** Query of the catalog table. Values are compared as in `EntityFilterCondition`. */
export interface CatalogQuery {
  /** Kind, lowercase; undefined: all kinds. */
  readonly kind?: string;
  /**
   * Accepted values by facet id (`type`, `lifecycle`, `owner`, `system`, `tag`, `namespace`). An
   * entity must have one of them for each facet. Owners and systems are full refs.
   */
  readonly facets?: Readonly<Record<string, readonly string[]>>;
  /** Conditions that must all hold. */
  readonly only?: readonly CatalogCondition[];
  /** Words that must all occur in the text of a row, and predicates: `where:{"spec.type": "grpc"}`. */
  readonly text?: string;
  readonly sort?: { readonly column: string; readonly descending?: boolean };
}

/** Conditions on entities, such as `owned` by the user. */
export type CatalogCondition =
  | 'owned'
  | 'starred'
  | 'withoutDocs'
  | 'withProblems'
  | 'withoutOwner';

/** Contents and layout of the graph. */
export interface GraphQuery {
  /** Full refs of the entities at the center; none: the whole catalog. */
  readonly rootRefs?: readonly string[];
  /** The maximum number of relations from a root; undefined: no limit. */
  readonly depth?: number;
  /** `outgoing`: dependencies of the roots; `incoming`: their dependents. Default: both. */
  readonly direction?: 'both' | 'outgoing' | 'incoming';
  /** Types of relations, either one of a pair; undefined: all. */
  readonly relations?: readonly string[];
  /** Kinds, lowercase; undefined: all. */
  readonly kinds?: readonly string[];
  /** Full refs of owners, one of which each node must have. */
  readonly owners?: readonly string[];
  readonly lifecycles?: readonly string[];
  /** Combines entities of a system, domain or owner into one node that can be expanded. */
  readonly rollUp?: 'system' | 'domain' | 'owner';
  /** Refs of combined nodes that are expanded, and of entities with all their relations. */
  readonly expanded?: readonly string[];
  /** Whether components that consume an API are also connected to its providers. */
  readonly implied?: boolean;
  /** Ref of an entity; the shortest path from the first root to it is highlighted. */
  readonly pathTo?: string;
  /** Whether the dependents of the roots are shown, as `CatalogService.getDependents` returns them. */
  readonly dependents?: boolean;
  /** Ref of the selected node. */
  readonly selected?: string;
  /** Whether nodes and relations are shown as a table instead of a drawing. */
  readonly asList?: boolean;
}

/** A page of the portal with the state needed to restore it. */
export type PortalPage =
  | { readonly page: 'home' }
  | {
      readonly page: 'catalog';
      readonly query?: CatalogQuery;
      /** 0-based index of the first visible row. */
      readonly row?: number;
    }
  | {
      readonly page: 'entity';
      /** Full ref, lowercase. */
      readonly entityRef: string;
      /** Id of an `EntityTab`; default: the first tab. */
      readonly tab?: string;
      /** Place in the tab, such as an operation of an API or a page of docs. */
      readonly anchor?: string;
    }
  | { readonly page: 'graph'; readonly query?: GraphQuery }
  | {
      readonly page: 'docs';
      /** Id of a site; undefined: the list of all sites. */
      readonly site?: string;
      /** Path of a page in the site's docs folder; undefined: the first page. */
      readonly path?: string;
      /** Id of a heading or another element of the page. */
      readonly anchor?: string;
      /** Words to highlight, lowercase. */
      readonly words?: readonly string[];
    }
  | {
      /** The templates by category. */
      readonly page: 'create';
      /** Words that must all occur in a template's texts. */
      readonly text?: string;
      /** Type of the templates, lowercase; undefined: all. */
      readonly type?: string;
    }
  | {
      /** The form of a Template. */
      readonly page: 'template';
      /** Full ref of the Template, lowercase. */
      readonly template: string;
      /** Whether the input is only used for a dry run. */
      readonly isDryRun?: boolean;
    }
  /** The list of template runs. */
  | { readonly page: 'tasks' }
  | {
      /** A template run. */
      readonly page: 'task';
      readonly id: string;
    }
  | {
      readonly page: 'organization';
      /** Full ref of the selected group or user. */
      readonly entityRef?: string;
    }
  | {
      readonly page: 'search';
      /** Query as typed; undefined: no query yet. */
      readonly query?: string;
      /** 0-based index of the last opened result. */
      readonly result?: number;
    };

/** Options for opening a page. */
export interface OpenPageOptions {
  /** Whether the page opens in a new editor beside the active one. */
  readonly toSide?: boolean;
  /** Whether focus stays where it is. */
  readonly preserveFocus?: boolean;
}

/** Opens pages of the portal. */
export interface PortalService {
  /** Page in the active editor; undefined if the active editor isn't the portal. */
  readonly activePage: PortalPage | undefined;
  /** Opens a page in the editor that shows it already, else in the last active portal editor, else in a new one. */
  open(page: PortalPage, options?: OpenPageOptions): Promise<void>;
}

/** Target of a link in a page. */
export type LinkTarget =
  | { readonly type: 'entity'; readonly entityRef: string }
  | { readonly type: 'page'; readonly page: PortalPage }
  /** An external link; only `http:`, `https:` and `mailto:` are opened. */
  | { readonly type: 'url'; readonly url: string }
  /** A range of a file, or its start; `file` is a URI. */
  | { readonly type: 'source'; readonly file: string; readonly range?: Range }
  /** A command of the editor. */
  | {
      readonly type: 'command';
      readonly command: string;
      readonly arguments?: readonly JsonValue[];
    };

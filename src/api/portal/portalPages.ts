import type { Range } from '../../base';
import type { JsonValue } from '../../model';

/** What the table of the catalog shows. Values are as `EntityFilterCondition` compares them. */
export interface CatalogQuery {
  /** Lower-cased; undefined: all kinds. */
  readonly kind?: string;
  /**
   * By the id of a facet (`type`, `lifecycle`, `owner`, `system`, `tag`, `namespace`), the values of which
   * an entity has to have one. Owners and systems are full refs.
   */
  readonly facets?: Readonly<Record<string, readonly string[]>>;
  /** Of which all have to hold: `owned` by the user, `starred`, and so on. */
  readonly only?: readonly CatalogCondition[];
  /** Words that all have to occur in what a row shows. */
  readonly text?: string;
  readonly sort?: { readonly column: string; readonly descending?: boolean };
}

export type CatalogCondition =
  'owned' | 'starred' | 'withoutDocs' | 'withProblems' | 'withoutOwner';

/** What the graph shows, and how. */
export interface GraphQuery {
  /** Full refs of the entities that it is drawn around; none: the whole catalog. */
  readonly rootRefs?: readonly string[];
  /** Relations to go from the roots at most; undefined: as many as there are. */
  readonly depth?: number;
  /** `outgoing`: what the roots depend on; `incoming`: what depends on them. Default: both. */
  readonly direction?: 'both' | 'outgoing' | 'incoming';
  /** Types of relations, either half of a pair; undefined: all. */
  readonly relations?: readonly string[];
  /** Lower-cased; undefined: all. */
  readonly kinds?: readonly string[];
  /** Full refs of owners of which a node has to have one. */
  readonly owners?: readonly string[];
  readonly lifecycles?: readonly string[];
  /** Draws what belongs together as one node that can be expanded. */
  readonly rollUp?: 'system' | 'domain' | 'owner';
  /** Refs of rolled-up nodes that are expanded. */
  readonly expanded?: readonly string[];
  /** Whether a component that consumes an API is drawn to depend on what provides it. */
  readonly implied?: boolean;
  /** Marks the shortest path from the first root to this ref. */
  readonly pathTo?: string;
  /** Shows the dependents of the roots, as `CatalogService.getDependents` finds them. */
  readonly dependents?: boolean;
  /** Ref of the node that is selected. */
  readonly selected?: string;
  /** Whether it is shown as a table of nodes and their relations, and not drawn. */
  readonly asList?: boolean;
}

/** A page of the portal, with what it is about: all that is needed to show it again. */
export type PortalPage =
  | { readonly page: 'home' }
  | {
      readonly page: 'catalog';
      readonly query?: CatalogQuery;
      /** 0-based index of the row that is shown first. */
      readonly row?: number;
    }
  | {
      readonly page: 'entity';
      /** Full, lower-cased. */
      readonly entityRef: string;
      /** Id of an `EntityTab`; default: the first one. */
      readonly tab?: string;
      /** What a tab shows in particular, such as an operation of an API or a page of docs. */
      readonly anchor?: string;
    }
  | { readonly page: 'graph'; readonly query?: GraphQuery }
  | {
      readonly page: 'docs';
      /** Id of a site; undefined: the list of all. */
      readonly site?: string;
      /** Of a page, below the docs folder of its site; undefined: the first one. */
      readonly path?: string;
      /** Id of a heading or another element of the page. */
      readonly anchor?: string;
    }
  | {
      /** The form of a Template. */
      readonly page: 'template';
      /** Full ref, lower-cased. */
      readonly template: string;
      /** Whether what is filled in is only for a dry run. */
      readonly isDryRun?: boolean;
    }
  /** The runs of Templates. */
  | { readonly page: 'tasks' }
  | {
      /** A run of a Template. */
      readonly page: 'task';
      readonly id: string;
    }
  | {
      readonly page: 'organization';
      /** Full ref of the group or user that is selected. */
      readonly entityRef?: string;
    }
  | {
      readonly page: 'search';
      /** As people type it; undefined: nothing is searched for yet. */
      readonly query?: string;
      /** 0-based index of the result that was gone to. */
      readonly result?: number;
    };

export interface OpenPageOptions {
  /** In a new editor beside the active one. */
  readonly toSide?: boolean;
  /** Keys go on to where they go now. */
  readonly preserveFocus?: boolean;
}

/** Opens pages of the portal. */
export interface PortalService {
  /** The page in the active editor; undefined while another editor is active. */
  readonly activePage: PortalPage | undefined;
  /**
   * Shows a page: in the editor that shows it already, else in the one where the portal was last, else in a
   * new one.
   */
  open(page: PortalPage, options?: OpenPageOptions): Promise<void>;
}

/** Where something in a page leads. */
export type LinkTarget =
  | { readonly type: 'entity'; readonly entityRef: string }
  | { readonly type: 'page'; readonly page: PortalPage }
  /** Opened outside, if it is `http:`, `https:` or `mailto:`. */
  | { readonly type: 'url'; readonly url: string }
  /** A place in a file: the URI of the file. */
  | { readonly type: 'source'; readonly file: string; readonly range?: Range }
  /** A command of the editor. */
  | {
      readonly type: 'command';
      readonly command: string;
      readonly arguments?: readonly JsonValue[];
    };

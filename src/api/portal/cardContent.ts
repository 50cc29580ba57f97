import type { Problem } from '../../model';
import type { GraphQuery, LinkTarget } from './portalPages';

/** How something is meant: `none` has no colour. */
export type Tone = 'none' | 'info' | 'good' | 'warning' | 'bad';

/** A piece of a line. Texts are shown as they are, never as Markdown or HTML. */
export type Inline =
  | { readonly type: 'text'; readonly text: string; readonly tone?: Tone }
  | { readonly type: 'entity'; readonly entityRef: string }
  | {
      readonly type: 'badge';
      readonly text: string;
      readonly tone?: Tone;
      readonly target?: LinkTarget;
    }
  | {
      readonly type: 'link';
      readonly text: string;
      readonly target: LinkTarget;
      /** Name of a codicon. */
      readonly icon?: string;
    }
  | {
      readonly type: 'code';
      readonly text: string;
      /** Whether a button copies it. */
      readonly canCopy?: boolean;
    }
  /** A line of its own, for what went or came. */
  | { readonly type: 'change'; readonly change: 'removed' | 'added'; readonly piece: Inline };

export interface CardField {
  readonly label: string;
  /** None: the field is shown as empty. */
  readonly value: readonly Inline[];
  /** Whether it takes the whole width of the card. */
  readonly wide?: boolean;
}

/** Columns that a table of entities can have; the name is always the first. */
export type EntityColumn =
  | 'kind'
  | 'problems'
  | 'type'
  | 'lifecycle'
  | 'owner'
  | 'system'
  | 'description'
  | 'tags'
  | 'namespace';

export interface CardTreeItem {
  /** Unique among its siblings. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon?: string;
  readonly badge?: { readonly text: string; readonly tone?: Tone };
  readonly target?: LinkTarget;
  readonly children?: readonly CardTreeItem[];
  readonly isExpanded?: boolean;
  /** What is shown below the item while it is expanded. */
  readonly content?: CardContent;
}

export interface CardBar {
  readonly label: string;
  readonly value: number;
  /** What `value` is a part of; default: the largest value of the bars. */
  readonly total?: number;
  /** In place of the number. */
  readonly text?: string;
  /** The parts of the number; shown on hover, and read by screen readers. */
  readonly details?: string;
  readonly tone?: Tone;
  readonly icon?: string;
  readonly target?: LinkTarget;
}

/**
 * What a card shows, as data: the portal draws it, in the colours of the editor and for keyboards and screen
 * readers. Entities are named by full refs; what they are called, and whether they exist, the portal adds.
 * A card of the page of an entity that shows a message and nothing else has no frame and no title.
 */
export type CardContent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'fields'; readonly fields: readonly CardField[] }
  | {
      readonly type: 'entities';
      /** However many: of long lists the first hundred are shown, and others when somebody asks for them. */
      readonly entityRefs: readonly string[];
      /** Default: type, lifecycle and description. */
      readonly columns?: readonly EntityColumn[];
      /** What is said where there are none. */
      readonly empty?: string;
      /** How many there are besides, and where those are. */
      readonly more?: { readonly count: number; readonly target?: LinkTarget };
    }
  | {
      readonly type: 'links';
      readonly links: readonly {
        readonly text: string;
        readonly target: LinkTarget;
        readonly icon?: string;
        readonly description?: string;
      }[];
      readonly empty?: string;
    }
  | {
      readonly type: 'labels';
      readonly labels: readonly { readonly key: string; readonly value: string }[];
    }
  | {
      readonly type: 'code';
      readonly text: string;
      /** Id of a language of the editor, such as `yaml`. */
      readonly language?: string;
      /** Where it is written. */
      readonly source?: LinkTarget;
      /** 0-based number of its first line there; default: 0. */
      readonly firstLine?: number;
    }
  | {
      readonly type: 'tree';
      /** For screen readers. */
      readonly label: string;
      readonly items: readonly CardTreeItem[];
      /** Whether a box filters the items by their labels and descriptions. */
      readonly canFilter?: boolean;
      /** An item that is brought into view and marked: the ids of all above it and its own, each after a `/`. */
      readonly selected?: string;
      readonly empty?: string;
    }
  | { readonly type: 'bars'; readonly bars: readonly CardBar[]; readonly empty?: string }
  | { readonly type: 'problems'; readonly problems: readonly Problem[]; readonly empty?: string }
  | { readonly type: 'graph'; readonly query: GraphQuery }
  | {
      /**
       * A page of docs with the navigation of its site, on the pages of entities; elsewhere a link to it. Where one has
       * gone to is kept in the `anchor` that `load` is given: `guide/setup.md#install`, with `%25` and `%23` for a `%`
       * and a `#` of the path.
       */
      readonly type: 'docs';
      /** Id of a `TechDocsSite`. */
      readonly site: string;
      /** Of a page, below the docs folder; default: the first one. */
      readonly path?: string;
      /** Id of a heading or another element of the page. */
      readonly anchor?: string;
    }
  | {
      readonly type: 'message';
      readonly tone: Tone;
      readonly text: string;
      readonly detail?: string;
      /** Entities that it tells of. */
      readonly entityRefs?: readonly string[];
      readonly actions?: readonly { readonly text: string; readonly target: LinkTarget }[];
    }
  | {
      /** A person or a team. */
      readonly type: 'profile';
      readonly name: string;
      readonly description?: string;
      /** A `data:` URL of an image. Without one, the initials of the name are shown. */
      readonly picture?: string;
      readonly fields: readonly CardField[];
    }
  | {
      /** Contents of which one is shown at a time. */
      readonly type: 'choices';
      /** For screen readers: what is chosen. */
      readonly label: string;
      readonly choices: readonly {
        /** Unique among the choices. */
        readonly id: string;
        readonly title: string;
        readonly content: CardContent;
      }[];
    }
  | {
      readonly type: 'sections';
      readonly sections: readonly {
        readonly title?: string;
        readonly description?: string;
        readonly content: CardContent;
      }[];
    };

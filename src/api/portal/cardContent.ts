import type { Problem } from '../../model';
import type { GraphQuery, LinkTarget } from './portalPages';

/** Severity that the color of a text or badge shows; `none` has no color. */
export type Tone = 'none' | 'info' | 'good' | 'warning' | 'bad';

/** Part of a line. Text is shown literally, never as Markdown or HTML. */
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
      /** Whether a button copies the text. */
      readonly canCopy?: boolean;
    }
  /** A removed or added value, on a line of its own. */
  | { readonly type: 'change'; readonly change: 'removed' | 'added'; readonly piece: Inline };

/** A labeled value on a card. */
export interface CardField {
  readonly label: string;
  /** Content of the field; an empty array shows the field as empty. */
  readonly value: readonly Inline[];
  /** Whether the field takes the full width of the card. */
  readonly wide?: boolean;
}

/** Columns of a table of entities, after the name column. */
export type EntityColumn =
  | 'kind'
  | 'problems'
  | 'type'
  | 'lifecycle'
  | 'owner'
  | 'system'
  | 'description'
  | 'tags'
  | 'namespace'
  /** Numbers of components that provide or consume an API. */
  | 'providers'
  | 'consumers';

/** An item of a tree on a card. */
export interface CardTreeItem {
  /** Id, unique among its siblings. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon?: string;
  readonly badge?: { readonly text: string; readonly tone?: Tone };
  readonly target?: LinkTarget;
  readonly children?: readonly CardTreeItem[];
  readonly isExpanded?: boolean;
  /** Content below the item while it is expanded. */
  readonly content?: CardContent;
}

/** A bar of a bar chart. */
export interface CardBar {
  readonly label: string;
  readonly value: number;
  /** The whole that `value` is part of; default: the largest value of all bars. */
  readonly total?: number;
  /** Text in place of the number. */
  readonly text?: string;
  /** Explanation of the number, shown on hover and read by screen readers. */
  readonly details?: string;
  readonly tone?: Tone;
  readonly icon?: string;
  readonly target?: LinkTarget;
  /** Target of the number, such as the list that it counts. */
  readonly textTarget?: LinkTarget;
}

/** A number or a short text with a label, such as `Coverage: 84 %`. */
export interface CardMetric {
  readonly label: string;
  readonly value: number | string;
  /** Unit after the value: `%`, `ms`. */
  readonly unit?: string;
  readonly tone?: Tone;
  /** Direction of the latest change; `tone` says whether it is good. */
  readonly trend?: 'up' | 'down' | 'steady';
  /** Explanation below the value. */
  readonly description?: string;
  readonly target?: LinkTarget;
}

/** A grade with a label, such as `Security: A`. */
export interface CardRating {
  readonly label: string;
  /** Grade of at most three characters: `A`, `4.5`. */
  readonly grade: string;
  readonly tone?: Tone;
  readonly description?: string;
  readonly target?: LinkTarget;
}

/** State of a thing, such as a deployment. Each state has an icon and a color. */
export interface CardStatus {
  readonly label: string;
  readonly status: 'ok' | 'warning' | 'error' | 'running' | 'pending' | 'unknown';
  /** Text in place of the name of the state. */
  readonly text?: string;
  readonly description?: string;
  readonly target?: LinkTarget;
}

/** An event of a timeline. */
export interface CardEvent {
  /** Time as an ISO 8601 text, or in milliseconds since the epoch. */
  readonly at: string | number;
  readonly title: string;
  readonly description?: string;
  /** Name of a codicon. */
  readonly icon?: string;
  readonly tone?: Tone;
  readonly target?: LinkTarget;
}

/** A line of a chart. */
export interface CardSeries {
  readonly label: string;
  /** Values in the order of the chart's `labels`; null leaves a gap. */
  readonly values: readonly (number | null)[];
  readonly tone?: Tone;
}

/** A column of a table on a card. */
export interface CardTableColumn {
  readonly title: string;
  /** Alignment of the cells; default: start. */
  readonly align?: 'start' | 'end';
}

/**
 * Content of a card, as data. The portal renders it in the editor's colors, for keyboards and
 * screen readers. Entities are given as full refs; the portal adds their titles and whether they
 * exist. A card on an entity page that only shows a message has no frame and no title.
 */
export type CardContent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'fields'; readonly fields: readonly CardField[] }
  | {
      readonly type: 'entities';
      /** Entities in any number; lists show the first 100 and load others on demand. */
      readonly entityRefs: readonly string[];
      /** Columns; default: type, lifecycle and description. */
      readonly columns?: readonly EntityColumn[];
      readonly empty?: string;
      /** Number of entities that are not listed, and where to find them. */
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
      /** Language id of the editor, such as `yaml`. */
      readonly language?: string;
      /** Place that the code is from. */
      readonly source?: LinkTarget;
      /** 0-based number of the first line in the source; default: 0. */
      readonly firstLine?: number;
    }
  | {
      readonly type: 'tree';
      /** Accessible name. */
      readonly label: string;
      readonly items: readonly CardTreeItem[];
      /** Whether a filter box matches labels and descriptions. */
      readonly canFilter?: boolean;
      /** Item that is revealed and selected: the ids of its ancestors and its own, each after a `/`. */
      readonly selected?: string;
      readonly empty?: string;
    }
  | { readonly type: 'bars'; readonly bars: readonly CardBar[]; readonly empty?: string }
  | {
      readonly type: 'metrics';
      readonly metrics: readonly CardMetric[];
      readonly empty?: string;
    }
  | {
      readonly type: 'rating';
      readonly ratings: readonly CardRating[];
      readonly empty?: string;
    }
  | {
      readonly type: 'status';
      readonly items: readonly CardStatus[];
      readonly empty?: string;
    }
  | {
      readonly type: 'timeline';
      /** Events in any order; the latest is shown first. */
      readonly events: readonly CardEvent[];
      readonly empty?: string;
    }
  | {
      readonly type: 'table';
      readonly columns: readonly CardTableColumn[];
      /** Rows with a cell for each column. */
      readonly rows: readonly (readonly (readonly Inline[])[])[];
      readonly empty?: string;
    }
  | {
      /** A line chart with a table of its values for screen readers. */
      readonly type: 'chart';
      /** Accessible name. */
      readonly label: string;
      /** Labels of the horizontal axis, such as dates. */
      readonly labels: readonly string[];
      readonly series: readonly CardSeries[];
      /** Unit of the values: `%`, `ms`. */
      readonly unit?: string;
    }
  /** Markdown. Links are followed as in other content; HTML and images are shown as text. */
  | { readonly type: 'markdown'; readonly text: string }
  | { readonly type: 'problems'; readonly problems: readonly Problem[]; readonly empty?: string }
  | { readonly type: 'graph'; readonly query: GraphQuery }
  | {
      /**
       * A page of docs with the navigation of its site. On pages other than entity pages, a link to
       * it. The current place is stored in the `anchor` that `load` gets: `guide/setup.md#install`,
       * with `%25` and `%23` for `%` and `#` in the path.
       */
      readonly type: 'docs';
      /** Id of a `TechDocsSite`. */
      readonly site: string;
      /** Path of a page in the docs folder; default: the first page. */
      readonly path?: string;
      /** Id of a heading or another element of the page. */
      readonly anchor?: string;
    }
  | {
      readonly type: 'message';
      readonly tone: Tone;
      readonly text: string;
      readonly detail?: string;
      /** Entities that the message is about. */
      readonly entityRefs?: readonly string[];
      readonly actions?: readonly { readonly text: string; readonly target: LinkTarget }[];
    }
  | {
      /** A user or group. */
      readonly type: 'profile';
      readonly name: string;
      readonly description?: string;
      /** A `data:` URL of an image. Default: the initials of the name. */
      readonly picture?: string;
      readonly fields: readonly CardField[];
    }
  | {
      /** Alternative contents, shown one at a time. */
      readonly type: 'choices';
      /** Accessible name of the choice. */
      readonly label: string;
      readonly choices: readonly {
        /** Id, unique among the choices. */
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

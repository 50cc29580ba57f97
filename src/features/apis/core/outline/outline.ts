import type { CardField, CardTreeItem, LinkTarget, Severity } from '../../../../api';
import type { Translate } from '../../../../base';
import type { Place } from '../document/placedNode';

/** Problem codes of API definitions, as `problemSeverities` of the catalog has its own. */
export const definitionSeverities = {
  /** The definition cannot be read as what it is said to be. */
  'definition-syntax': 'warning',
  /** The definition does not conform to the specification of OpenAPI or AsyncAPI. */
  'definition-invalid': 'warning',
  /** A $ref leads to nothing in the document, or a type of GraphQL is missing. */
  'definition-reference': 'warning',
  /** The definition is too large to be read. */
  'definition-too-large': 'warning',
} as const satisfies Record<string, Severity>;

export interface DefinitionProblem {
  readonly code: keyof typeof definitionSeverities;
  /** Only where it isn't that of the code. */
  readonly severity?: Severity;
  readonly message: string;
  readonly place: Place;
}

/** What a definition says, as far as it can be read. */
export interface ApiOutline {
  /** As people call it: `OpenAPI 3.1.0`. */
  readonly format: string;
  /** Id of the language that the definition is written in. */
  readonly language?: string;
  readonly title?: string | undefined;
  readonly version?: string | undefined;
  readonly description?: string | undefined;
  /** Servers and the like. */
  readonly fields: readonly CardField[];
  /** What the API can do; items with children group others. */
  readonly operations: readonly CardTreeItem[];
  /** What operations are called in this format, where it is something else. */
  readonly operationsTitle?: string;
  /** What it can be done with: schemas, messages, types. */
  readonly types: readonly CardTreeItem[];
  readonly typesTitle?: string;
  readonly problems: readonly DefinitionProblem[];
}

/** Makes an outline of a definition, in steps between which others may have the thread. */
export type Outliner = (text: string, context: OutlineContext) => Generator<void, ApiOutline>;

/** What outliners need of the place that they outline for. */
export interface OutlineContext {
  readonly translate: Translate;
  /** Where a place of the definition is; undefined where nobody can say. */
  target(place: Place | undefined): LinkTarget | undefined;
  /** How many more items there may be: large APIs would show more than a page can hold. */
  readonly budget: ItemBudget;
}

/** A number of items, of which parts have their share, so that the first does not take it all. */
export class ItemBudget {
  #left: number;
  #whole: ItemBudget | undefined;

  constructor(left: number, whole?: ItemBudget) {
    this.#left = left;
    this.#whole = whole;
  }

  get isSpent(): boolean {
    return this.#left <= 0 || (this.#whole?.isSpent ?? false);
  }

  take(): void {
    this.#left--;
    this.#whole?.take();
  }
}

/** Of the details of one operation or type. */
const MOST_DETAILS = 200;

/** The context for the details of one operation or type, which are to leave something to the others. */
export function sharing<T extends OutlineContext>(context: T): T {
  return { ...context, budget: new ItemBudget(MOST_DETAILS, context.budget) };
}

/** The leaves of operations: those that are no groups. */
export function* leavesOf(items: readonly CardTreeItem[]): Generator<CardTreeItem> {
  for (const item of items) {
    if (item.children) yield* leavesOf(item.children);
    else yield item;
  }
}

/** A leaf with its path: the ids of all above it and its own, each after a `/`. */
export interface PlacedLeaf {
  readonly item: CardTreeItem;
  readonly path: string;
  /** What it is in, from the outside. */
  readonly groups: readonly CardTreeItem[];
}

export function* leavesWithPaths(
  items: readonly CardTreeItem[],
  parent = '',
  groups: readonly CardTreeItem[] = [],
): Generator<PlacedLeaf> {
  for (const item of items) {
    const path = `${parent}/${item.id}`;
    if (item.children) yield* leavesWithPaths(item.children, path, [...groups, item]);
    else yield { item, path, groups };
  }
}

/** How many operations there are. */
export function countOperations(items: readonly CardTreeItem[]): number {
  let count = 0;
  for (const item of items) count += item.children ? countOperations(item.children) : 1;
  return count;
}

/** The first line of a text, for a place where there is no more room. */
export function firstLine(text: string | undefined): string | undefined {
  const line = text?.trimStart().split(/\r?\n/, 1)[0]?.trim();
  if (!line) return undefined;
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}

/** Facts beside a name: `string · required · In cents`. */
export function joined(...facts: readonly (string | undefined)[]): string | undefined {
  return facts.filter(Boolean).join(' · ') || undefined;
}

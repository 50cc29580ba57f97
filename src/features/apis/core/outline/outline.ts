import type { CardField, CardTreeItem, LinkTarget, Severity } from '../../../../api';
import type { Translate } from '../../../../base';
import type { Place } from '../document/placedNode';

/** Severities of the problem codes of API definitions, like the catalog's `problemSeverities`. */
export const definitionSeverities = {
  /** The definition can't be parsed as its declared type. */
  'definition-syntax': 'warning',
  /** The definition doesn't conform to the specification of OpenAPI or AsyncAPI. */
  'definition-invalid': 'warning',
  /** A `$ref` has no target in the document, or a GraphQL type is missing. */
  'definition-reference': 'warning',
  /** The definition is too large to be read. */
  'definition-too-large': 'warning',
  /** The check of the definition took too long or crashed. */
  'definition-not-checked': 'warning',
} as const satisfies Record<string, Severity>;

export interface DefinitionProblem {
  readonly code: keyof typeof definitionSeverities;
  /** Only if it differs from that of the code. */
  readonly severity?: Severity;
  readonly message: string;
  readonly place: Place;
}

/** The outline of a definition, as far as it can be read. */
export interface ApiOutline {
  /** The name and version of the format: `OpenAPI 3.1.0`. */
  readonly format: string;
  /** Id of the language that the definition is written in. */
  readonly language?: string;
  readonly title?: string | undefined;
  readonly version?: string | undefined;
  readonly description?: string | undefined;
  /** Properties of the API, such as servers. */
  readonly fields: readonly CardField[];
  /** Operations of the API; items with children are groups. */
  readonly operations: readonly CardTreeItem[];
  /** The format's own word for operations, if it has one. */
  readonly operationsTitle?: string;
  /** Types that operations use: schemas, messages, types. */
  readonly types: readonly CardTreeItem[];
  readonly typesTitle?: string;
  readonly problems: readonly DefinitionProblem[];
}

/** Outlines a definition in steps, to release the thread in between. */
export type Outliner = (text: string, context: OutlineContext) => Generator<void, ApiOutline>;

/** Context of an outliner. */
export interface OutlineContext {
  readonly translate: Translate;
  /** Returns the location of a place in the definition; undefined if it is unknown. */
  target(place: Place | undefined): LinkTarget | undefined;
  /** The remaining number of items: large APIs would exceed what a page can show. */
  readonly budget: ItemBudget;
}

/** A number of items of which parts get a share, so that the first part doesn't use all. */
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

/** The maximum number of details of one operation or type. */
const MOST_DETAILS = 200;

/** Returns the context for the details of one operation or type, with a limited share of the budget. */
export function sharing<T extends OutlineContext>(context: T): T {
  return { ...context, budget: new ItemBudget(MOST_DETAILS, context.budget) };
}

/** Returns the operations without their groups. */
export function* leavesOf(items: readonly CardTreeItem[]): Generator<CardTreeItem> {
  for (const item of items) {
    if (item.children) yield* leavesOf(item.children);
    else yield item;
  }
}

/** An operation with its path: the ids of its groups and its own, each after a `/`. */
export interface PlacedLeaf {
  readonly item: CardTreeItem;
  readonly path: string;
  /** The groups around it, outermost first. */
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

/** Returns the number of operations. */
export function countOperations(items: readonly CardTreeItem[]): number {
  let count = 0;
  for (const item of items) count += item.children ? countOperations(item.children) : 1;
  return count;
}

/** Returns the first line of a text, shortened, for compact places. */
export function firstLine(text: string | undefined): string | undefined {
  const line = text?.trimStart().split(/\r?\n/, 1)[0]?.trim();
  if (!line) return undefined;
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}

/** Joins facts beside a name: `string · required · In cents`. */
export function joined(...facts: readonly (string | undefined)[]): string | undefined {
  return facts.filter(Boolean).join(' · ') || undefined;
}

import { type Entity, isTreeNode, refOf } from '../../../../api';
import type { CatalogTreeNode } from '..';
import { entityInFront } from './atCursor/entityInFront';
import { pickEntity } from './pickers/entityPicker';
import type { CatalogViewContext } from './tree/catalogViewContext';

export interface EntityArgumentOptions {
  /** Title of the picker. */
  readonly title: string;
  /** Filters the entities of the picker; default: all. */
  accept?(entity: Entity, ref: string): boolean;
  /** Whether a command without an argument uses the entity of the active editor. Default: the picker opens. */
  readonly takesEntityInFront?: boolean;
}

/**
 * Resolves the entity of a command: of a row (from menus), by ref (from other commands), of the
 * focused row (`{ "focused": true }` from keys), of the active editor if the command allows it,
 * otherwise as picked by the user.
 */
export async function resolveEntityRef(
  argument: unknown,
  context: CatalogViewContext,
  options: EntityArgumentOptions,
): Promise<string | undefined> {
  const named = isNamed(argument) ? argument.entityRef : argument;
  if (typeof named === 'string') return named.toLowerCase();
  const node = await resolveNode(argument, context);
  const ref = node && context.model.entityRefOf(node);
  if (ref !== undefined) return ref;
  if (isFromKey(argument)) return undefined;
  if (options.takesEntityInFront && argument === undefined) {
    const inFront = entityInFront(context);
    const entity = inFront === undefined ? undefined : context.catalog.getEntityByRef(inFront);
    const isAccepted = !entity || options.accept?.(entity, refOf(entity)) !== false;
    if (inFront !== undefined && isAccepted) return inFront;
  }
  return (await pickEntity(context, options))?.ref;
}

/**
 * Resolves the entities of a command: of the selected rows if a menu of one was used, otherwise
 * like `resolveEntityRef`.
 */
export async function resolveEntityRefs(
  argument: unknown,
  selected: unknown,
  context: CatalogViewContext,
  options: EntityArgumentOptions,
): Promise<readonly string[]> {
  const nodes = Array.isArray(selected) ? selected.filter(isNode) : [];
  if (nodes.length < 2) {
    const ref = await resolveEntityRef(argument, context, options);
    return ref === undefined ? [] : [ref];
  }
  return [...new Set(nodes.flatMap(node => context.model.entityRefOf(node) ?? []))];
}

/** Returns the row of an argument, if it has one. */
export async function resolveNode(
  argument: unknown,
  { view }: CatalogViewContext,
): Promise<CatalogTreeNode | undefined> {
  if (isFromKey(argument)) return view.findFocused();
  return isNode(argument) ? argument : undefined;
}

/** Whether the command was run from an entity's menu in a portal page. */
function isNamed(argument: unknown): argument is { readonly entityRef: unknown } {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    'entityRef' in argument &&
    !isNode(argument)
  );
}

/** Whether a key ran the command, for the focused row. */
function isFromKey(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'focused' in argument;
}

function isNode(argument: unknown): argument is CatalogTreeNode {
  const types = ['group', 'entity', 'relation', 'failed', 'more'] as const;
  return isTreeNode<CatalogTreeNode>(argument, types);
}

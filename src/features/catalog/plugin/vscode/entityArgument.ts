import type { Entity } from '../../../../api';
import { isTreeNode } from '../../../../platform/vscode/trees';
import type { CatalogTreeNode } from '..';
import { entityInFront } from './atCursor/entityInFront';
import { pickEntity } from './pickers/entityPicker';
import type { CatalogViewContext } from './tree/catalogViewContext';

export interface EntityArgumentOptions {
  /** Of the picker, where one is needed. */
  readonly title: string;
  /** Which entities the picker offers; default: all. */
  accept?(entity: Entity, ref: string): boolean;
  /** Whether a command without an argument is about the entity of the active editor. Default: the picker asks. */
  readonly takesEntityInFront?: boolean;
}

/**
 * The ref that a command is about: a row of the tree from its menus, the ref from other commands,
 * the focused row from a key (`{ "focused": true }`), the entity of the active editor where the command takes it, and
 * otherwise what the user picks.
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
    if (inFront !== undefined) return inFront;
  }
  return (await pickEntity(context, options))?.ref;
}

/**
 * The refs that a command for several entities is about: those of the selected rows where the menu
 * of one of them was used, otherwise as `resolveEntityRef`.
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

/** The row of an argument, if it is one. */
export async function resolveNode(
  argument: unknown,
  { view }: CatalogViewContext,
): Promise<CatalogTreeNode | undefined> {
  if (isFromKey(argument)) return view.findFocused();
  return isNode(argument) ? argument : undefined;
}

/** Whether it comes from the menu of an entity in a page of the portal. */
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

import type { Disposable } from '../../base';
import type { Entity } from '../../model';
import type { FilterPredicate } from '../../model/predicates';
import { createExtensionPoint } from '../extensionPoints';
import type { FailedEntity } from './catalog';

/** A group of the Catalog view. */
export interface TreeGroup {
  /** Stable id, unique among its siblings. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Name of a codicon, such as `organization`. */
  readonly icon?: string;
  /**
   * Full ref of the entity that the group represents. The group then offers the entity's actions,
   * and the entity isn't listed in the group again.
   */
  readonly entityRef?: string;
  /**
   * Type of the relation from the group's entity to the group's members, such as `ownerOf`. It
   * isn't listed again among the entity's relations.
   */
  readonly relation?: string;
  /** Sort key; groups with the same key are sorted by label. */
  readonly order?: number;
}

/** A way to group the Catalog tree, such as by owner. */
export interface TreeGrouping {
  /** Unique id: `owner`. */
  readonly id: string;
  /** Name as shown to users: `Owner`. */
  readonly label: string;
  /**
   * Returns the path of groups, outermost first, for each place where the entity appears. An empty
   * path places it at the top level; an empty list omits it.
   */
  groupsOf(entity: Entity): readonly (readonly TreeGroup[])[];
  /**
   * Returns the same for an entity's full ref, or undefined if the ref isn't enough. Makes grouping large catalogs fast.
   */
  groupsOfRef?(ref: string): readonly (readonly TreeGroup[])[] | undefined;
  /**
   * Returns the same for a descriptor that isn't an entity. Without it, such descriptors are in a
   * group of their own.
   */
  groupsOfFailed?(failed: FailedEntity): readonly (readonly TreeGroup[])[];
  /** Whether a group whose only child is another group is shown with it in one row, like compact folders. */
  readonly compactGroups?: boolean;
}

/** Extension point for plugins that group the Catalog tree. */
export interface TreeGroupingsExtensionPoint {
  /** Adds a grouping until the Disposable is disposed. */
  addTreeGrouping(grouping: TreeGrouping): Disposable;
}

/** Adds groupings of the Catalog view. */
export const treeGroupingsExtensionPoint = createExtensionPoint<TreeGroupingsExtensionPoint>({
  id: 'catalog.tree-groupings',
});

/**
 * A command on one entity, listed in "Entity Actions…" of its context menu in the Catalog view, on
 * pages, in tables, graphs and search results. For entries of the menu itself, see `entityRefsOf`.
 */
export interface EntityCommand {
  /** Unique id: `todo.show`. */
  readonly id: string;
  readonly title: string;
  /** Name of a codicon. */
  readonly icon?: string;
  /** Entities that the command is available for, if `isEnabled` returns true; default: all. */
  readonly where?: FilterPredicate;
  /** Whether the command is available for the entity; default: true. */
  isEnabled?(entity: Entity): boolean;
  /** Runs the command. Errors, and rejections of a returned promise, are shown to the user. */
  run(entity: Entity): unknown;
}

/** Extension point for plugins that add commands on entities. */
export interface EntityCommandsExtensionPoint {
  /** Adds a command until the Disposable is disposed. */
  addEntityCommand(command: EntityCommand): Disposable;
}

/** Adds commands on entities. */
export const entityCommandsExtensionPoint = createExtensionPoint<EntityCommandsExtensionPoint>({
  id: 'catalog.entity-commands',
});

import type { Disposable } from '../base';
import type { Entity } from '../model';
import { createExtensionPoint } from './extensionPoints';

/** One group of a grouping that an entity belongs to. */
export interface TreeGroup {
  /** Stable, unique among its siblings. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Name of a codicon, such as `organization`. */
  readonly icon?: string;
  /** Where the group stands for an entity, its full ref. */
  readonly entityRef?: string;
  /** Groups are ordered by this, then by label. */
  readonly order?: number;
}

/** A way to group the Catalog tree, such as by owner. */
export interface TreeGrouping {
  /** Unique: `owner`. */
  readonly id: string;
  /** As offered to the user: `Owner`. */
  readonly label: string;
  /**
   * The path of groups, outermost first, for each place where the entity shall appear. An empty
   * path puts it at the top level; an empty list leaves it out.
   */
  groupsOf(entity: Entity): readonly (readonly TreeGroup[])[];
}

export interface TreeGroupingsExtensionPoint {
  addTreeGrouping(grouping: TreeGrouping): Disposable;
}
export const treeGroupingsExtensionPoint = createExtensionPoint<TreeGroupingsExtensionPoint>({
  id: 'catalog.tree-groupings',
});

/** A command on one entity, offered in "Entity Actions…" and the entity's context menu. */
export interface EntityCommand {
  /** Unique: `todo.show`. */
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  /** Whether it is offered for this entity; default: for all. */
  isEnabled?(entity: Entity): boolean;
  run(entity: Entity): unknown;
}

export interface EntityCommandsExtensionPoint {
  addEntityCommand(command: EntityCommand): Disposable;
}
export const entityCommandsExtensionPoint = createExtensionPoint<EntityCommandsExtensionPoint>({
  id: 'catalog.entity-commands',
});

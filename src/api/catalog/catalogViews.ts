import type { Disposable } from '../../base';
import type { Entity } from '../../model';
import { createExtensionPoint } from '../extensionPoints';
import type { FailedEntity } from './catalog';

/** One group of a grouping that an entity belongs to. */
export interface TreeGroup {
  /** Stable, unique among its siblings. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Name of a codicon, such as `organization`. */
  readonly icon?: string;
  /**
   * Where the group stands for an entity, its full ref. The group then has the entity's actions,
   * and the entity itself, placed in it, is not listed a second time.
   */
  readonly entityRef?: string;
  /**
   * The type of the relation from the entity that the group stands for to what the group holds,
   * such as `ownerOf`: it is not shown a second time among the entity's relations.
   */
  readonly relation?: string;
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
  /**
   * The same for the full ref of an entity, where that tells it all: a large catalog is grouped in a
   * moment, because its entities need not be put together. Undefined where it does not.
   */
  groupsOfRef?(ref: string): readonly (readonly TreeGroup[])[] | undefined;
  /** The same for a descriptor that is no entity; without it, those get a group of their own. */
  groupsOfFailed?(failed: FailedEntity): readonly (readonly TreeGroup[])[];
  /** Shows a group that holds one other group and nothing else as one row, as folders often are. */
  readonly compactGroups?: boolean;
}

export interface TreeGroupingsExtensionPoint {
  addTreeGrouping(grouping: TreeGrouping): Disposable;
}
export const treeGroupingsExtensionPoint = createExtensionPoint<TreeGroupingsExtensionPoint>({
  id: 'catalog.tree-groupings',
});

/** A command on one entity, offered in "Entity Actions…", which its context menu opens. */
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

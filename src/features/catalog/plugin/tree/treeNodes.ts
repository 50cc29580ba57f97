import type { FailedEntity } from '../../../../api';

/**
 * A row of the Catalog tree, without its presentation. A row is the same object while it is
 * visible, so that the editor recognizes it.
 */
export type CatalogTreeNode = GroupNode | EntityNode | RelationNode | FailedEntityNode | MoreNode;

interface NodeBase {
  /** Id that is unique in the tree and stable. */
  readonly id: string;
  readonly parent: CatalogTreeNode | undefined;
}

export interface GroupNode extends NodeBase {
  readonly type: 'group';
  /** Full ref of the entity that the group represents. */
  readonly entityRef: string | undefined;
}

/** An entity, or a missing one that others refer to. */
export interface EntityNode extends NodeBase {
  readonly type: 'entity';
  /** Full ref; part of the contract of menus, see `entityRefsOf`. */
  readonly entityRef: string;
}

/** All targets of one relation of an entity. */
export interface RelationNode extends NodeBase {
  readonly type: 'relation';
  readonly sourceRef: string;
  readonly relation: string;
}

export interface FailedEntityNode extends NodeBase {
  readonly type: 'failed';
  readonly failed: FailedEntity;
}

/** Represents the hidden rows of a long list. */
export interface MoreNode extends NodeBase {
  readonly type: 'more';
  readonly remaining: number;
}

export type NodeColor = 'warning' | 'error';

/** Presentation of a row. */
export interface NodePresentation {
  readonly label: string;
  readonly description: string | undefined;
  /** Name of a codicon. */
  readonly icon: string | undefined;
  readonly iconColor: NodeColor | undefined;
  /** Color of the entity's source, as a VS Code color id; {@link iconColor} takes precedence. */
  readonly sourceColor?: string;
  readonly state: 'leaf' | 'collapsed' | 'expanded';
  /** Words for the `when` clauses of menus, separated by blanks: `entity starred owned`. */
  readonly contextValue: string;
  /** Accessible label, which includes the meaning of the icon and its color. */
  readonly accessibilityLabel: string;
}

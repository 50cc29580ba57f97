import type { FailedEntity } from '../../../../api';

/**
 * A row of the Catalog tree: what it stands for, not what it looks like. The same row is the same
 * object for as long as it can be seen, so that the editor recognises it.
 */
export type CatalogTreeNode = GroupNode | EntityNode | RelationNode | FailedEntityNode | MoreNode;

interface NodeBase {
  /** Unique in the tree; a row that comes back has the id it had. */
  readonly id: string;
  readonly parent: CatalogTreeNode | undefined;
}

export interface GroupNode extends NodeBase {
  readonly type: 'group';
}

/** An entity, or a ref that others point to and nothing declares. */
export interface EntityNode extends NodeBase {
  readonly type: 'entity';
  readonly ref: string;
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

/** Stands for the rows of a long list that are not shown yet. */
export interface MoreNode extends NodeBase {
  readonly type: 'more';
  readonly remaining: number;
}

export type NodeColor = 'warning' | 'error';

/** What a row looks like. */
export interface NodePresentation {
  readonly label: string;
  readonly description: string | undefined;
  /** Name of a codicon. */
  readonly icon: string | undefined;
  readonly iconColor: NodeColor | undefined;
  /** The colour of the source that it comes from, by VS Code's name; one of {@link iconColor} says more. */
  readonly sourceColor?: string;
  readonly state: 'leaf' | 'collapsed' | 'expanded';
  /** Words joined by blanks, for the `when` clauses of menus: `entity starred owned`. */
  readonly contextValue: string;
  /** What a screen reader says; with what sighted people see in the icon and its colour. */
  readonly accessibilityLabel: string;
}

import type { Disposable, Event } from '../../base';
import type { Entity } from '../../model';
import type { FilterPredicate } from '../../model/predicates';
import { createExtensionPoint } from '../extensionPoints';
import type { Tone } from '../portal/cardContent';
import type { LinkTarget } from '../portal/portalPages';

/**
 * Value of a column for one entity.
 *
 * @beta
 */
export interface EntityCell {
  readonly text: string;
  /** Sort key; default: the text, compared naturally. */
  readonly sort?: string | number;
  readonly tone?: Tone;
  /** Name of a codicon. */
  readonly icon?: string;
  readonly tooltip?: string;
  readonly target?: LinkTarget;
}

/**
 * A column of the catalog table. Users select it in the menu "Columns".
 *
 * @beta
 */
export interface EntityTableColumn {
  /** Unique id, with dots, starting with the plugin: `sonar.coverage`. */
  readonly id: string;
  readonly title: string;
  /** Whether the column is shown until the user selects columns; default: false. */
  readonly isShownByDefault?: boolean;
  /** Entities that have a value, if `cellFor` returns one; default: all. */
  readonly where?: FilterPredicate;
  /** Returns the value for an entity; undefined leaves the cell empty. Called for visible rows, and for all rows to sort them. */
  cellFor(entity: Entity): EntityCell | undefined;
  /** Fires when values change independently of the catalog. */
  readonly onDidChange?: Event<void>;
}

/**
 * Extension point for plugins that add columns to the catalog table.
 *
 * @beta
 */
export interface EntityColumnsExtensionPoint {
  /** Adds a column until the Disposable is disposed. */
  addEntityColumn(column: EntityTableColumn): Disposable;
}
/** @beta */
export const entityColumnsExtensionPoint = createExtensionPoint<EntityColumnsExtensionPoint>({
  id: 'catalog.entity-columns',
});

/**
 * A mark at the end of an entity's row in the Catalog view.
 *
 * @beta
 */
export interface EntityDecoration {
  /** At most two characters; default: only the color. */
  readonly badge?: string;
  /** Explanation, shown on hover and read by screen readers. */
  readonly tooltip: string;
  /** Color of the row. */
  readonly tone?: Tone;
}

/**
 * Decorates entities in the Catalog view. Problems of an entity keep their own mark.
 *
 * @beta
 */
export interface EntityDecorator {
  /** Unique id, with dots, starting with the plugin: `sonar.gate`. */
  readonly id: string;
  /** Entities to decorate, if `decorationFor` returns a decoration; default: all. */
  readonly where?: FilterPredicate;
  /** Returns the decoration of an entity; undefined for none. Called for visible rows. */
  decorationFor(entity: Entity): EntityDecoration | undefined;
  /** Fires with the full refs of entities whose decoration changed; undefined: any may have. */
  readonly onDidChange?: Event<ReadonlySet<string> | undefined>;
}

/**
 * Extension point for plugins that decorate the Catalog view.
 *
 * @beta
 */
export interface EntityDecoratorsExtensionPoint {
  /** Adds a decorator until the Disposable is disposed. */
  addEntityDecorator(decorator: EntityDecorator): Disposable;
}
/** @beta */
export const entityDecoratorsExtensionPoint = createExtensionPoint<EntityDecoratorsExtensionPoint>({
  id: 'catalog.entity-decorators',
});

/**
 * Columns and decorations that plugins contribute, for views of entities. Values that don't fit
 * their type are left out and reported once for their plugin.
 *
 * @beta
 */
export interface EntityViewsService {
  /** Columns in order of registration. */
  readonly columns: readonly Pick<EntityTableColumn, 'id' | 'title' | 'isShownByDefault'>[];
  /** Fires when columns are added or removed, or values change. */
  readonly onDidChangeColumns: Event<void>;
  /** Returns the value of a column for an entity. */
  cellOf(column: string, entity: Entity): EntityCell | undefined;
  /** Fires with the full refs of entities whose decorations changed; undefined: any may have. */
  readonly onDidChangeDecorations: Event<ReadonlySet<string> | undefined>;
  /** Returns the decorations of an entity, in order of registration. */
  decorationsOf(entity: Entity): readonly EntityDecoration[];
}

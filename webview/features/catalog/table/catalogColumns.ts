import type { EntityColumn } from '../../../../src/api';
import { ownValue } from '../../../../src/base';
import type { CatalogTableView } from '../../../../src/features/portal/protocol';
import { columnTitles } from '../../../shared/contents/entities';
import { translate } from '../../../shared/translate';

/** Columns after the name, in display order. */
export const optionalColumns = [
  'kind',
  'namespace',
  'system',
  'owner',
  'type',
  'lifecycle',
  'providers',
  'consumers',
  'description',
  'tags',
  'problems',
] as const satisfies readonly EntityColumn[];
type BuiltinColumn = (typeof optionalColumns)[number];
/** Columns of plugins, by id. */
export type PluginColumns = CatalogTableView['columns'];
/** Id of a built-in column or of a plugin's. */
export type OptionalColumn = string;
export type CatalogColumn = string;

export function isBuiltin(column: string): column is BuiltinColumn {
  return optionalColumns.some(known => known === column);
}

/** Minimum width in pixels, and share of the width of the table. */
const widths: Readonly<Record<BuiltinColumn | 'name', readonly [least: number, share: number]>> = {
  name: [200, 4],
  kind: [96, 0],
  namespace: [90, 0],
  system: [112, 2],
  owner: [112, 2],
  type: [104, 1],
  lifecycle: [104, 0],
  providers: [80, 0],
  consumers: [88, 0],
  description: [140, 4],
  tags: [112, 2],
  problems: [84, 0],
};

/** Minimum and maximum width of a resized column, in pixels. */
const LEAST_WIDTH = 48;
const MOST_WIDTH = 1_200;

/** Default columns of a kind. Source: `plugin-catalog`'s `defaultCatalogTableColumnsFunc`. */
export function defaultColumns(kind: string | undefined): readonly OptionalColumn[] {
  switch (kind) {
    case undefined:
      return ['kind', 'system', 'owner', 'type', 'lifecycle', 'description', 'tags'];
    case 'api':
      return ['owner', 'type', 'lifecycle', 'providers', 'consumers', 'description'];
    case 'user':
      return ['description', 'tags'];
    case 'domain':
    case 'system':
      return ['owner', 'description', 'tags'];
    case 'group':
    case 'template':
    case 'location':
      return ['type', 'description', 'tags'];
    default:
      return ['system', 'owner', 'type', 'lifecycle', 'description', 'tags'];
  }
}

/** Filters known column names, in display order. */
export function knownColumns(
  names: readonly string[],
  plugins: PluginColumns,
): readonly OptionalColumn[] {
  return [...optionalColumns, ...plugins.map(({ id }) => id)].filter(column =>
    names.includes(column),
  );
}

/** Default columns that a narrow table leaves out, the least important first. */
const dispensable: readonly OptionalColumn[] = [
  'tags',
  'namespace',
  'description',
  'consumers',
  'providers',
  'lifecycle',
  'kind',
];

/** Leaves out dispensable columns until the others and the name fit in a width in pixels. */
export function fittingColumns(
  columns: readonly OptionalColumn[],
  resized: ResizedColumns,
  available: number,
): readonly OptionalColumn[] {
  let fitting = columns;
  for (const column of dispensable) {
    if (gridTemplate(['name', ...fitting], resized).width <= available) break;
    fitting = fitting.filter(other => other !== column);
  }
  return fitting;
}

/** Columns that plugins show by default. */
export function defaultPluginColumns(plugins: PluginColumns): readonly OptionalColumn[] {
  return plugins.flatMap(({ id, isShownByDefault }) => (isShownByDefault ? id : []));
}

export function titleOfColumn(column: CatalogColumn, plugins: PluginColumns): string {
  if (column === 'name') return translate('Name');
  if (isBuiltin(column)) return columnTitles[column]();
  return plugins.find(({ id }) => id === column)?.title ?? column;
}

/** Widths that the user set, in pixels, by column. */
export type ResizedColumns = Readonly<Record<string, number>>;

/** Returns a width that a column can have. */
export function boundedWidth(width: number): number {
  return Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)));
}

/** Returns `grid-template-columns` and the minimum width of the table. */
export function gridTemplate(
  columns: readonly CatalogColumn[],
  resized: ResizedColumns,
): { readonly template: string; readonly width: number } {
  const all = columns.map(column => {
    const own = ownValue(resized, column);
    if (own !== undefined) return [boundedWidth(own), 0] as const;
    return column === 'name' || isBuiltin(column) ? widths[column] : ([96, 1] as const);
  });
  const tracks = all.map(([least, share]) =>
    share ? `minmax(${least}px, ${share}fr)` : `${least}px`,
  );
  return {
    // The actions of a row cover its end.
    template: [...tracks, '0'].join(' '),
    width: all.reduce((sum, [least]) => sum + least, 0),
  };
}

import type { EntityColumn } from '../../../../src/api';
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

/** Minimum width in pixels, and share of the remaining width. */
const widths: Readonly<
  Record<BuiltinColumn | 'name' | 'actions', readonly [least: number, share: number]>
> = {
  name: [160, 3],
  kind: [96, 0],
  namespace: [90, 0],
  system: [110, 2],
  owner: [110, 2],
  type: [104, 1],
  lifecycle: [100, 0],
  providers: [80, 0],
  consumers: [88, 0],
  description: [140, 4],
  tags: [120, 2],
  problems: [84, 0],
  actions: [112, 0],
};

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

/** Columns that plugins show by default. */
export function defaultPluginColumns(plugins: PluginColumns): readonly OptionalColumn[] {
  return plugins.flatMap(({ id, isShownByDefault }) => (isShownByDefault ? id : []));
}

export function titleOfColumn(column: CatalogColumn, plugins: PluginColumns): string {
  if (column === 'name') return translate('Name');
  if (isBuiltin(column)) return columnTitles[column]();
  return plugins.find(({ id }) => id === column)?.title ?? column;
}

/** Returns `grid-template-columns` and the minimum width of the table. */
export function gridTemplate(columns: readonly CatalogColumn[]): {
  readonly template: string;
  readonly width: number;
} {
  const all = [...columns, 'actions'].map(column =>
    column === 'name' || column === 'actions' || isBuiltin(column)
      ? widths[column]
      : ([96, 1] as const),
  );
  return {
    template: all
      .map(([least, share]) => (share ? `minmax(${least}px, ${share}fr)` : `${least}px`))
      .join(' '),
    width: all.reduce((sum, [least]) => sum + least, 0),
  };
}

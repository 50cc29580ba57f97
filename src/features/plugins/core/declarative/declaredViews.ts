import {
  type CatalogService,
  type Entity,
  type EntityCell,
  type EntityDecorator,
  type EntityTableColumn,
  type TreeGrouping,
} from '../../../../api';
import { dirnameUri, type Emitter, type Event, type Translate } from '../../../../base';
import { refOf } from '../../../../model/presentation';
import { matchesPredicate, valueAtPath } from '../../../../model/predicates';
import type { DataFiles } from './dataFiles';
import type { DeclaredGrouping, DeclaredValue, PluginDeclaration } from './declaration';
import { DeclaredValues, shown, toneOf } from './declaredValues';

/** Context of views of many entities that show values of data files. */
export interface DeclaredViewsContext {
  readonly catalog: Pick<CatalogService, 'getEntitySource'>;
  readonly data: DataFiles;
  /** Fires when data files were read or changed. */
  readonly changed: Emitter<void>;
  readonly translate: Translate;
}

type DeclaredColumn = NonNullable<PluginDeclaration['columns']>[number];
type DeclaredDecoration = NonNullable<PluginDeclaration['decorations']>[number];
type DataSource = DeclaredColumn['from'];

/** Returns the folder of an entity's descriptor. */
export function folderOf(
  entity: Entity,
  catalog: Pick<CatalogService, 'getEntitySource'>,
): string | undefined {
  const source = catalog.getEntitySource(refOf(entity));
  return source && dirnameUri(source.file);
}

/** Values of an entity from its data file, as far as the file has been read. */
function valuesOf(
  entity: Entity,
  from: DataSource,
  { catalog, data }: DeclaredViewsContext,
): DeclaredValues {
  const folder = from && folderOf(entity, catalog);
  const reading = folder === undefined ? undefined : data.cached(folder, from?.file ?? '');
  const file = reading?.ok ? reading.value : undefined;
  return new DeclaredValues({ entity, data: file, isAllowed: () => false });
}

export function columnOf(column: DeclaredColumn, context: DeclaredViewsContext): EntityTableColumn {
  const { id, title, when, from, value, tone } = column;
  return {
    id,
    title,
    ...(when && { where: when }),
    onDidChange: context.changed.event,
    cellFor(entity): EntityCell | undefined {
      const found = valuesOf(entity, from, context).scalar(value);
      if (found === undefined) return undefined;
      const color = toneOf(tone, found);
      return {
        text: String(found),
        ...(typeof found === 'number' && { sort: found }),
        ...(color && { tone: color }),
      };
    },
  };
}

export function decoratorOf(
  decoration: DeclaredDecoration,
  context: DeclaredViewsContext,
): EntityDecorator {
  const { id, when, from, badge, tooltip, tone } = decoration;
  const onDidChange: Event<undefined> = listener =>
    context.changed.event(() => listener(undefined));
  return {
    id,
    ...(when && { where: when }),
    onDidChange,
    decorationFor(entity) {
      const values = valuesOf(entity, from, context);
      const mark = values.scalar(badge);
      const text = values.text(tooltip) ?? (mark === undefined ? undefined : String(mark));
      if (text === undefined) return undefined;
      const color = toneOf(tone, mark ?? text);
      return {
        tooltip: text,
        ...(mark !== undefined && { badge: String(mark).slice(0, 2) }),
        ...(color && { tone: color }),
      };
    },
  };
}

export function groupingOf(
  grouping: DeclaredGrouping,
  context: DeclaredViewsContext,
): TreeGrouping {
  const { id, title, when, none = context.translate('None') } = grouping;
  return {
    id,
    label: title,
    groupsOf(entity) {
      if (when && !matchesPredicate(when, entity)) return [];
      const label = groupOf(entity, grouping, context);
      return label === undefined
        ? [[{ id: '', label: none, order: 1000 }]]
        : [[{ id: `=${label}`, label }]];
    },
  };
}

function groupOf(
  entity: Entity,
  { by, from }: DeclaredGrouping,
  context: DeclaredViewsContext,
): string | undefined {
  if (typeof by !== 'string') return valuesOf(entity, from, context).text(by);
  const value = shown(valueAtPath(entity, by));
  return value === undefined ? undefined : String(value);
}

/** Use of a data file beside entities. */
export interface DataUse {
  readonly file: string;
  readonly when?: DeclaredColumn['when'];
  /** Title of the contribution. */
  readonly title: string;
  readonly content?: NonNullable<PluginDeclaration['cards']>[number]['content'];
  readonly values?: readonly (DeclaredValue | undefined)[];
}

/** Returns the uses of data files beside entities. */
export function dataUses({
  cards = [],
  groupings = [],
  columns = [],
  decorations = [],
}: PluginDeclaration): readonly DataUse[] {
  const uses: (Omit<DataUse, 'file'> & { readonly from?: DataSource })[] = [
    ...cards,
    ...columns.map(({ value, ...column }) => ({ ...column, values: [value] })),
    ...decorations.map(({ id, badge, tooltip, ...decoration }) => ({
      ...decoration,
      title: id,
      values: [badge, tooltip],
    })),
    ...groupings.map(({ by, ...grouping }) => ({
      ...grouping,
      values: typeof by === 'string' ? [] : [by],
    })),
  ];
  return uses.flatMap(({ from, ...use }) => (from ? [{ ...use, file: from.file }] : []));
}

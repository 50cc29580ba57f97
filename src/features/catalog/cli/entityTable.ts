import type { LocatedEntity } from '../../../cli/output/jsonOutput';
import { plural } from '../../../cli/output/problems';
import { type Paint, printable } from '../../../cli/output/style';
import { tableLines } from '../../../cli/output/table';
import type { ShowPath } from '../../../cli/paths';
import { type Entity, type JsonValue, shortenEntityRef } from '../../../model';

interface Column {
  readonly heading: string;
  /** Part of a truncated text that stays visible; for a path, the file name. */
  readonly keep?: 'end';
  readonly cell: (located: LocatedEntity, show: ShowPath) => string;
}

/** Columns; one is shown for a kind if any of its entities has a value. */
const columns: readonly Column[] = [
  { heading: 'NAME', cell: ({ entity }) => nameOf(entity) },
  { heading: 'TYPE', cell: ({ entity }) => text(entity.spec?.['type']) },
  { heading: 'LIFECYCLE', cell: ({ entity }) => text(entity.spec?.['lifecycle']) },
  { heading: 'OWNER', cell: ({ entity }) => targets(entity, 'ownedBy', 'group') },
  { heading: 'PART OF', cell: ({ entity }) => targets(entity, 'partOf', 'system') },
  { heading: 'PARENT', cell: ({ entity }) => targets(entity, 'childOf', 'group') },
  { heading: 'MEMBER OF', cell: ({ entity }) => targets(entity, 'memberOf', 'group') },
  {
    heading: 'FILE',
    keep: 'end',
    cell: ({ source }, show) =>
      source ? `${show(source.file)}:${source.nameRange.start.line + 1}` : '',
  },
];

/**
 * Formats entities by kind in aligned columns. If `width` is given, the widest columns are
 * truncated until rows fit, names last.
 */
export function entityTable(
  entities: readonly LocatedEntity[],
  { show, paint, width }: { show: ShowPath; paint: Paint; width: number | undefined },
): string {
  const byKind = new Map<string, LocatedEntity[]>();
  for (const located of entities) {
    const ofKind = byKind.get(located.entity.kind);
    if (ofKind) ofKind.push(located);
    else byKind.set(located.entity.kind, [located]);
  }
  const kinds = [...byKind].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines: string[] = [];
  for (const [kind, ofKind] of kinds) {
    lines.push(paint('bold', `${printable(kind)} (${ofKind.length})`));
    const filled = columns
      .map(({ heading, keep, cell }) => ({
        heading,
        keep,
        cells: ofKind.map(located => printable(cell(located, show))),
      }))
      .filter(({ cells }) => cells.some(cell => cell !== ''));
    lines.push(tableLines(filled, { paint, width }).join('\n'));
    lines.push('');
  }
  lines.push(plural(entities.length, 'entity', 'entities'), '');
  return lines.join('\n');
}

function nameOf({ metadata }: Entity): string {
  const { namespace, name } = metadata;
  return typeof namespace === 'string' && namespace !== '' && namespace !== 'default'
    ? `${namespace}/${name}`
    : name;
}

function targets(entity: Entity, type: string, defaultKind: string): string {
  const refs = (entity.relations ?? []).filter(relation => relation.type === type);
  return refs.map(({ targetRef }) => shortenEntityRef(targetRef, { defaultKind })).join(', ');
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

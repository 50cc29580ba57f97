import type { CardContent, EntityColumn, Inline, LinkTarget } from '../../../api';

/** So many entities of a list are shown; a group may own thousands. */
const MAX_ROWS = 100;

export function entityPieces(refs: readonly string[]): readonly Inline[] {
  return refs.map(entityRef => ({ type: 'entity', entityRef }));
}

export function textPieces(value: string | undefined): readonly Inline[] {
  return value === undefined ? [] : [{ type: 'text', text: value }];
}

/** The first of some entities, with the number of the others. */
export function entityTable(
  refs: readonly string[],
  options: {
    readonly columns: readonly EntityColumn[];
    readonly empty?: string;
    /** Where all of them are. */
    readonly all?: LinkTarget;
  },
): Extract<CardContent, { type: 'entities' }> {
  const { columns, empty, all: target } = options;
  const count = refs.length - MAX_ROWS;
  return {
    type: 'entities',
    entityRefs: refs.slice(0, MAX_ROWS),
    columns,
    ...(empty !== undefined && { empty }),
    ...(count > 0 && { more: { count, ...(target && { target }) } }),
  };
}

/** What a catalog has of a kind, in the order of refs. */
export function ofKind(refs: readonly string[], kind: string): readonly string[] {
  return refs.filter(ref => ref.startsWith(`${kind}:`));
}

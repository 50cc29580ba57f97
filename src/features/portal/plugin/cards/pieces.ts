import type {
  CardContent,
  CatalogService,
  EntityColumn,
  Inline,
  LinkTarget,
  Translate,
} from '../../../../api';

/** Services of the built-in cards. */
export interface CardDeps {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}

/** Maximum number of rows of a list that has a link to all entities. */
const MAX_ROWS = 100;

export function entityPieces(refs: readonly string[]): readonly Inline[] {
  return refs.map(entityRef => ({ type: 'entity', entityRef }));
}

export function textPieces(value: string | undefined): readonly Inline[] {
  return value === undefined ? [] : [{ type: 'text', text: value }];
}

/** Table of entities. Truncated if there is a link to all of them. */
export function entityTable(
  refs: readonly string[],
  options: {
    readonly columns: readonly EntityColumn[];
    readonly empty?: string;
    /** Link to all entities. */
    readonly all?: LinkTarget;
  },
): Extract<CardContent, { type: 'entities' }> {
  const { columns, empty, all: target } = options;
  const shown = target ? refs.slice(0, MAX_ROWS) : refs;
  const count = refs.length - shown.length;
  return {
    type: 'entities',
    entityRefs: shown,
    columns,
    ...(empty !== undefined && { empty }),
    ...(target && count > 0 && { more: { count, target } }),
  };
}

/** Filters refs by kind. */
export function ofKind(refs: readonly string[], kind: string): readonly string[] {
  return refs.filter(ref => ref.startsWith(`${kind}:`));
}

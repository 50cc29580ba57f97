import type {
  CardContent,
  CatalogService,
  EntityColumn,
  Inline,
  LinkTarget,
} from '../../../../api';
import type { Translate } from '../../../../base';

/** What cards of the catalog draw from. */
export interface CardDeps {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}

/** So many entities of a list are shown where there is another place for all of them. */
const MAX_ROWS = 100;

export function entityPieces(refs: readonly string[]): readonly Inline[] {
  return refs.map(entityRef => ({ type: 'entity', entityRef }));
}

export function textPieces(value: string | undefined): readonly Inline[] {
  return value === undefined ? [] : [{ type: 'text', text: value }];
}

/** Entities; only the first of them where there is a place that has all. */
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

/** What a catalog has of a kind, in the order of refs. */
export function ofKind(refs: readonly string[], kind: string): readonly string[] {
  return refs.filter(ref => ref.startsWith(`${kind}:`));
}

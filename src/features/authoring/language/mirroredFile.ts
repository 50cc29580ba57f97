import { movedRange } from '../../../base';
import type { CatalogFileRow, MovedSummary } from '../../../model';
import type { CatalogEntity } from './catalogView';

/** URIs of rows that are not files start so. */
export const PROVIDED = 'provider:';

/**
 * An entity that stays the same while edits of its file move it: an edit at the top of a large file moves
 * many, and few of them are asked for.
 */
export class MirroredEntity {
  #entity: CatalogEntity;
  #move: Omit<MovedSummary, 'from'> | undefined;

  constructor(entity: CatalogEntity) {
    this.#entity = entity;
  }

  /** As it is now. */
  get entity(): CatalogEntity {
    if (this.#move) this.#entity = movedEntity(this.#entity, this.#move);
    this.#move = undefined;
    return this.#entity;
  }

  /** What it says, wherever that stands now. */
  get said(): Omit<CatalogEntity, 'place'> {
    return this.#entity;
  }

  move({ document, lines }: MovedSummary): void {
    this.#move = { document, lines: (this.#move?.lines ?? 0) + lines };
  }
}

/** What a file has, until it has something else. */
export class MirroredFile {
  readonly mirrored: readonly MirroredEntity[];
  #entities: readonly CatalogEntity[] | undefined;

  constructor(mirrored: readonly MirroredEntity[]) {
    this.mirrored = mirrored;
  }

  /** The same list each time. */
  get entities(): readonly CatalogEntity[] {
    return (this.#entities ??= this.mirrored.map(({ entity }) => entity));
  }
}

/** What a row makes of what a file had before. */
export interface RowChange {
  readonly entities: readonly MirroredEntity[];
  readonly gone: readonly MirroredEntity[];
  readonly come: readonly MirroredEntity[];
}

export function changeOf(
  { uri, entities: sent }: CatalogFileRow,
  file: MirroredFile | undefined,
): RowChange {
  const before = file?.mirrored ?? [];
  const kept = before.map(() => false);
  const come: MirroredEntity[] = [];
  const entities = sent.flatMap(item => {
    if (typeof item === 'object' && !('from' in item)) {
      const mirrored = new MirroredEntity({
        ...item,
        file: uri.startsWith(PROVIDED) ? undefined : uri,
      });
      come.push(mirrored);
      return mirrored;
    }
    const from = typeof item === 'number' ? item : item.from;
    const known = before[from];
    if (typeof item === 'object') known?.move(item);
    kept[from] = true;
    return known ?? [];
  });
  return { entities, gone: before.filter((_, place) => !kept[place]), come };
}

function movedEntity(
  entity: CatalogEntity,
  { document, lines }: Omit<MovedSummary, 'from'>,
): CatalogEntity {
  const { place, references } = entity;
  return {
    ...entity,
    ...(place && {
      place: {
        document,
        range: movedRange(place.range, lines),
        nameRange: movedRange(place.nameRange, lines),
      },
    }),
    references: references.map(site => ({ ...site, range: movedRange(site.range, lines) })),
  };
}

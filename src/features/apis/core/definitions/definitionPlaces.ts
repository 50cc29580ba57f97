import type { LinkTarget } from '../../../../api';
import type { Range } from '../../../../base';
import type { Place } from '../document/placedNode';
import type { DefinitionSource } from './definitionSource';

/** Locations of the parts of a definition. */
export interface DefinitionPlaces {
  /** Returns the location of a part, or that of the whole definition if it is unknown. */
  readonly locate: (place: Place) => LinkTarget & { readonly type: 'source' };
  /** Returns the exact range of a part; undefined if it is unknown. */
  readonly rangeOf: (place: Place) => Range | undefined;
}

/**
 * @param twins - for a definition with a twin: places in the twin by the start of a part
 */
export function placesOf(
  source: Pick<DefinitionSource, 'file' | 'range' | 'rangeOf' | 'twin'>,
  twins?: ReadonlyMap<number, Place>,
): DefinitionPlaces {
  const rangeOf = (place: Place): Range | undefined => {
    const twin = twins?.get(place.start);
    return (twin && source.twin?.rangeOf(twin)) ?? source.rangeOf(place);
  };
  return {
    locate: place => ({ type: 'source', file: source.file, range: rangeOf(place) ?? source.range }),
    rangeOf,
  };
}

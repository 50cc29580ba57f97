import type { LinkTarget } from '../../../../api';
import type { Range } from '../../../../base';
import type { Place } from '../document/placedNode';
import type { DefinitionSource } from './definitionSource';

/** Where the parts of a definition are written. */
export interface DefinitionPlaces {
  /** Falls back to the definition as a whole. */
  readonly locate: (place: Place) => LinkTarget & { readonly type: 'source' };
  /** Where exactly a part of the definition is written; undefined where nobody can say. */
  readonly rangeOf: (place: Place) => Range | undefined;
}

/** @param twins - of a definition with a twin: the place in that by where a part of the definition begins */
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

import { ownText } from '../../../../base';
import type { EntityRelation } from '../../../../model';

/**
 * Types that nearly all relations have, by a letter each. What was written with them is read with them: a type may be
 * added at the end, and none may leave its place.
 */
const TYPES = [
  'ownedBy',
  'ownerOf',
  'partOf',
  'hasPart',
  'dependsOn',
  'dependencyOf',
  'providesApi',
  'apiProvidedBy',
  'consumesApi',
  'apiConsumedBy',
  'memberOf',
  'hasMember',
  'childOf',
  'parentOf',
];
const FIRST = 'A'.charCodeAt(0);
const LETTERS = new Map(TYPES.map((type, at) => [type, String.fromCharCode(FIRST + at)]));
/** In front of a type that has no letter, and behind it. */
const WRITTEN = '\t';

/** A line for each; neither types nor targets hold characters of control. */
export function packRelations(relations: readonly EntityRelation[]): string {
  const lines = relations.map(({ type, targetRef }) => {
    const letter = LETTERS.get(type);
    return letter === undefined ? `${WRITTEN}${type}${WRITTEN}${targetRef}` : letter + targetRef;
  });
  return ownText(lines.join('\n'));
}

export function unpackRelations(packed: string): readonly EntityRelation[] {
  if (packed === '') return [];
  return packed.split('\n').map(line => {
    if (!line.startsWith(WRITTEN)) {
      return { type: TYPES[line.charCodeAt(0) - FIRST] ?? '', targetRef: line.slice(1) };
    }
    const end = line.indexOf(WRITTEN, 1);
    return { type: line.slice(1, end), targetRef: line.slice(end + 1) };
  });
}

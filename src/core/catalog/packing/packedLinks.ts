import { builtinRelationRules } from '../../../model';
import type { EntityLinks, PackedEntity } from './packedEntity';

/**
 * Where the references of an entity lead, in a row: the pair of relations, and the full ref of the
 * target. A pair is told by its place among those of Backstage's kinds, or by its two types.
 */
export type PackedLinks = readonly (number | string | readonly [type: string, inverse: string])[];

type Link = EntityLinks['references'][number];
type Pair = Pick<Link, 'type' | 'inverse'>;

/** The places hold for one version of the product. */
const PAIRS: readonly Pair[] = [
  ...new Map(
    builtinRelationRules.map(({ type, inverse }) => [`${type}\0${inverse}`, { type, inverse }]),
  ).values(),
];

/** Undefined where more has to be said of an entity than where its references lead. */
export function packLinks({ links }: PackedEntity): PackedLinks | undefined {
  if (links.emitted.length) return undefined;
  return links.references.flatMap(({ type, inverse, targetRef }) => {
    const place = PAIRS.findIndex(pair => pair.type === type && pair.inverse === inverse);
    return [place < 0 ? ([type, inverse] as const) : place, targetRef];
  });
}

/** @throws TypeError where that cannot be what was packed */
export function unpackLinks(packed: readonly unknown[]): EntityLinks {
  const references: Link[] = [];
  for (let at = 0; at < packed.length; at += 2) {
    const { type, inverse } = pairOf(packed[at]);
    const targetRef = packed[at + 1];
    if (typeof targetRef !== 'string') throw new TypeError('Not packed links');
    references.push({ type, inverse, targetRef });
  }
  return { references, emitted: [] };
}

function pairOf(packed: unknown): Pair {
  const known = typeof packed === 'number' ? PAIRS[packed] : undefined;
  if (known) return known;
  const [type, inverse] = Array.isArray(packed) ? (packed as readonly unknown[]) : [];
  if (typeof type !== 'string' || typeof inverse !== 'string') {
    throw new TypeError('Not packed links');
  }
  return { type, inverse };
}

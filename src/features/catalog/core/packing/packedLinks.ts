import { builtinRelationRules } from '../../../../model';
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

export function unpackLinks(packed: PackedLinks): EntityLinks {
  const references: Link[] = [];
  for (let at = 0; at < packed.length; at += 2) {
    const { type, inverse } = pairOf(packed[at]) ?? NO_PAIR;
    references.push({ type, inverse, targetRef: String(packed[at + 1]) });
  }
  return { references, emitted: [] };
}

/** Stands for none: what is unpacked has been looked at. */
const NO_PAIR: Pair = { type: '', inverse: '' };

export function isPackedLinks(value: unknown): value is PackedLinks {
  if (!Array.isArray(value) || value.length % 2) return false;
  for (let at = 0; at < value.length; at += 2) {
    if (!pairOf(value[at]) || typeof value[at + 1] !== 'string') return false;
  }
  return true;
}

function pairOf(packed: unknown): Pair | undefined {
  if (typeof packed === 'number') return PAIRS[packed];
  const [type, inverse] = Array.isArray(packed) ? (packed as readonly unknown[]) : [];
  return typeof type === 'string' && typeof inverse === 'string' ? { type, inverse } : undefined;
}

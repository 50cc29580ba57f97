import { hashText } from '../../../../../base';
import { Slices } from '../../../../../platform/core';
import { type WantedRefs } from '../../../../catalog/core';
import type { Asking } from '../../../../sources/core';
import { type CopiedEntity, type WholeEntity } from '../copiedEntity';
import {
  addThoseThatStay,
  BATCH,
  differences,
  fetchBatches,
  type FetchedEntities,
  type FetchingDeps,
  fetchVersions,
  TooManyEntitiesError,
  type WholesOf,
} from '../fetchEntities';
import { refBatches } from './refBatches';

/** What is asked for of a server. */
export interface WantedPart extends WantedRefs {
  /** What was opened by name, the latest last. */
  readonly opened: Iterable<string>;
  /** What the server was found not to have. */
  readonly absent: ReadonlySet<string>;
  /** Filters of what is to be there besides, where that fits; empty: nothing is. */
  readonly besides: readonly string[];
  /** So many entities at most. */
  readonly limit: number;
}

export interface FetchedPart {
  /** Undefined where nobody was asked. */
  readonly fetched: FetchedEntities | undefined;
  /** What is not there, or no room is for, and so is not to be asked for again soon. */
  readonly absent: ReadonlySet<string>;
}

/** So many are held because entities of the workspace are related to them on the server; teams can own thousands. */
const MOST_RELATED = 5000;

/**
 * What of a server is wanted, as it is now: of what is there already, only what tells its versions apart is asked for.
 */
export async function fetchPart(
  known: ReadonlyMap<string, CopiedEntity>,
  wholesOf: WholesOf,
  wanted: WantedPart,
  asking: Asking,
  deps: FetchingDeps,
): Promise<FetchedPart> {
  const slices = new Slices(deps.clock);
  const versions = new Map(await besidesOf(wanted, asking, deps));
  const { own, missing, opened } = wanted;
  const room = Math.max(0, wanted.limit - versions.size);
  const refs = [
    ...new Set([...missing, ...own, ...opened, ...relatedTo(own, wanted, known)]),
  ].filter(ref => !versions.has(ref));
  for (const [ref, version] of await versionsOf(refs, room, asking, deps)) {
    versions.set(ref, version);
  }
  const others: string[] = [];
  for (const [ref, version] of versions) {
    const before = known.get(ref);
    if (!before || version === undefined || before.version !== version) others.push(ref);
    if (slices.isOver) await slices.pause();
  }
  const fetched = await fetchBatches(others, asking, deps);
  // What is new of the workspace's own brings others that the server relates to it.
  const related = relatedTo(own, wanted, new Map(copiesOf(fetched)))
    .filter(ref => !versions.has(ref) && !fetched.has(ref))
    .slice(0, Math.max(0, wanted.limit - versions.size));
  for (const [ref, whole] of await fetchBatches(related, asking, deps)) fetched.set(ref, whole);
  const kept = new Set(others);
  const stay = [...known.values()].filter(({ ref }) => versions.has(ref) && !kept.has(ref));
  const absent = new Set(
    [...refs, ...related].filter(ref => !fetched.has(ref) && !versions.has(ref)),
  );
  await addThoseThatStay(fetched, { stay, wholesOf, asking, deps });
  return { fetched: await differences(known, fetched, slices), absent };
}

/** What is wanted and was never asked for. Where nothing is, nobody is asked. */
export async function fetchMissing(
  known: ReadonlyMap<string, CopiedEntity>,
  wholesOf: WholesOf,
  wanted: WantedPart,
  asking: Asking,
  deps: FetchingDeps,
): Promise<FetchedPart> {
  const { own, missing, absent, limit } = wanted;
  const isNew = (ref: string): boolean => !known.has(ref) && !absent.has(ref);
  const refs = [...new Set([...missing, ...own])].filter(isNew);
  const room = Math.max(0, limit - known.size);
  if (!refs.length || !room) return { fetched: undefined, absent: new Set(refs) };
  // A few are asked for as they are, of many only those that are there.
  const isFew = refs.length <= Math.min(BATCH, room);
  const there = isFew ? refs : [...(await versionsOf(refs, room, asking, deps)).keys()];
  const fetched = await fetchBatches(there, asking, deps);
  const related = relatedTo(own, wanted, new Map(copiesOf(fetched)))
    .filter(ref => isNew(ref) && !fetched.has(ref))
    .slice(0, Math.max(0, limit - known.size - fetched.size));
  for (const [ref, whole] of await fetchBatches(related, asking, deps)) fetched.set(ref, whole);
  const gone = new Set([...refs, ...related].filter(ref => !fetched.has(ref)));
  if (!fetched.size) return { fetched: undefined, absent: gone };
  await addThoseThatStay(fetched, { stay: [...known.values()], wholesOf, asking, deps });
  const slices = new Slices(deps.clock);
  return { fetched: await differences(known, fetched, slices), absent: gone };
}

/** Versions of what is to be there whoever refers to it; of nothing where that is too much. */
async function besidesOf(
  { besides, limit }: WantedPart,
  asking: Asking,
  deps: FetchingDeps,
): Promise<ReadonlyMap<string, string | undefined>> {
  if (!besides.length) return new Map();
  try {
    return await fetchVersions(asking, { ...deps, filter: besides, most: limit });
  } catch (error) {
    if (!(error instanceof TooManyEntitiesError)) throw error;
    deps.warn(
      `Of what fits the filter only that is held which something refers to: ${error.message}`,
    );
    return new Map();
  }
}

/** Those that the server relates to entities of the workspace, a step away. */
function relatedTo(
  own: ReadonlySet<string>,
  { absent }: Pick<WantedPart, 'absent'>,
  copies: ReadonlyMap<string, CopiedEntity>,
): readonly string[] {
  const related = new Set<string>();
  for (const ref of own) {
    const copied = copies.get(ref);
    if (!copied) continue;
    for (const { targetRef } of copied.relations) {
      if (own.has(targetRef) || absent.has(targetRef)) continue;
      related.add(targetRef);
      if (related.size >= MOST_RELATED) return [...related];
    }
  }
  return [...related];
}

/** Of those that are there, up to so many. */
async function versionsOf(
  refs: readonly string[],
  most: number,
  asking: Asking,
  { client, clock, filter }: FetchingDeps,
): Promise<ReadonlyMap<string, string | undefined>> {
  const versions = new Map<string, string | undefined>();
  const slices = new Slices(clock);
  for (const some of refBatches(refs)) {
    if (versions.size >= most) break;
    const answers = await client.versionsByRefs(some, { ...asking, filter });
    for (const [at, answer] of answers.entries()) {
      if (answer && answer.ref === some[at] && versions.size < most) {
        versions.set(answer.ref, answer.version && hashText(answer.version));
      }
      if (slices.isOver) await slices.pause();
    }
  }
  return versions;
}

function* copiesOf(
  fetched: ReadonlyMap<string, WholeEntity>,
): Generator<readonly [string, CopiedEntity]> {
  for (const [ref, { copied }] of fetched) yield [ref, copied];
}

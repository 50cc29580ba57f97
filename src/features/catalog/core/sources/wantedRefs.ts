import type { Slices } from '../../../../platform/core';
import type { EntityGraph } from '../graph/entityGraph';
import type { EntityRecord } from '../records';
import type { SourcesContext, WantedRefs } from './catalogSource';

export interface WantedRefsDeps {
  readonly graph: EntityGraph;
  readonly sources: Pick<SourcesContext, 'has' | 'isPartial'>;
  readonly slices: Slices;
}

/**
 * What the catalog wants of sources that hold a part of what there is: what others refer to that only such a source could
 * have. What entities of these sources refer to themselves is wanted by nobody: one would lead to the next, until all is
 * here. So what comes is no reason for more.
 *
 * It reads the graph that updates work on: an answer may mix two versions of the catalog where it changes meanwhile. The
 * sources are told of that change, too, and ask again.
 */
export async function findWantedRefs(
  { graph, sources, slices }: WantedRefsDeps,
  signal?: AbortSignal,
): Promise<WantedRefs> {
  const isPartial = (record: EntityRecord): boolean => {
    const file = record.source?.file;
    return file !== undefined && sources.isPartial(file);
  };
  const isOwn = (record: EntityRecord): boolean => {
    const file = record.source?.file;
    return file === undefined || !sources.has(file);
  };
  const pause = async (): Promise<void> => {
    await slices.pause();
    signal?.throwIfAborted();
  };
  const own = new Set<string>();
  // What is in no other source than a partial one is missing without it.
  const open = [...graph.danglingRefs()];
  for (const ref of [...graph.refs()]) {
    const [winner, ...others] = graph.candidates(ref);
    if (winner && isOwn(winner)) own.add(ref);
    else if (winner && [winner, ...others].every(isPartial)) open.push(ref);
    if (slices.isOver) await pause();
  }
  const missing = new Set<string>();
  for (const ref of open) {
    for (const referrer of graph.referrers(ref)) {
      const winner = graph.winner(referrer);
      if (!winner || isPartial(winner)) continue;
      missing.add(ref);
      break;
    }
    if (slices.isOver) await pause();
  }
  return { own, missing };
}

import type { TimeSlicer } from '../../../../platform/core';
import type { EntityGraph } from '../graph/entityGraph';
import type { EntityRecord } from '../records';
import type { SourcesContext, WantedRefs } from './catalogSource';

export interface WantedRefsDeps {
  readonly graph: EntityGraph;
  readonly sources: Pick<SourcesContext, 'has' | 'isPartial'>;
  readonly slices: TimeSlicer;
}

/**
 * Finds the entities that the catalog needs from partly loaded sources: refs of other entities that
 * only such a source can have. References of these sources' own entities don't count: otherwise,
 * one would lead to the next until everything is loaded.
 *
 * Reads the graph during updates, so a result may mix two versions of the catalog. Sources are
 * notified of the change and ask again.
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
  // An entity that only partly loaded sources have is needed too.
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

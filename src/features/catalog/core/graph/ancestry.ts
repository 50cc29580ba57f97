import type { EntityAncestry } from '../../../../api';
import type { EntityRecord } from '../records';
import type { IndexState } from '../workspace/catalogIndex';
import type { GraphReader } from './graphReader';

export interface AncestryDeps {
  readonly graph: Pick<GraphReader, 'winner' | 'orderOf'>;
  readonly state: Pick<IndexState, 'files' | 'leadsTo' | 'reachedBy'>;
}

/** How an entity came into the catalog. */
export function entityAncestry(ref: string, deps: AncestryDeps): EntityAncestry | undefined {
  const record = deps.graph.winner(ref);
  if (!record) return undefined;
  if (record.served) return servedAncestry(record, deps);
  if (record.source) return foundAncestry(record.source.file, deps);
  const name = deps.graph.orderOf(ref)?.path ?? '';
  return { locationRefs: [], root: { type: 'provider', name } };
}

/** By the files that Locations lead to, one from the other. */
function foundAncestry(file: string, { state }: AncestryDeps): EntityAncestry {
  const locationRefs: string[] = [];
  const seen = new Set<string>();
  // In a ring of Locations there is no first one.
  for (let uri = file; !seen.has(uri);) {
    seen.add(uri);
    const parent = state.reachedBy.get(uri);
    if (parent === undefined) break;
    const targets = state.files.get(parent)?.record.locationTargets ?? [];
    const target = targets.find(candidate => state.leadsTo(candidate, uri));
    if (!target) break;
    locationRefs.push(target.entityRef);
    uri = parent;
  }
  return { locationRefs, root: { type: 'discovery' } };
}

/** As the table of a server has it. */
function servedAncestry(first: EntityRecord, { graph }: AncestryDeps): EntityAncestry {
  const refs = new Set<string>();
  for (let record: EntityRecord | undefined = first; ;) {
    const bringer = record?.served?.broughtBy;
    if (!bringer) return { locationRefs: [...refs], root: { type: 'nothing' } };
    if (bringer.type !== 'location') return { locationRefs: [...refs], root: bringer };
    if (refs.has(bringer.ref)) return { locationRefs: [...refs], root: { type: 'nothing' } };
    refs.add(bringer.ref);
    record = graph.winner(bringer.ref);
  }
}

import {
  parseEntityRef,
  type Problem,
  type ReferenceSite,
  type RelatedPlace,
  shortenEntityRef,
} from '../../../../model';
import type { EntityGraph } from '../graph/entityGraph';
import type { EntityRecord } from '../records';
import { atEntity, createProblem } from './problemSeverities';

/** Maximum number of names in a message; longer cycles are abbreviated. */
const MAX_NAMES = 8;
const MAX_RELATED = 8;

/** Reports one problem per cycle, at the entity's first reference that closes it. */
export function cycleProblems(record: EntityRecord, graph: EntityGraph): readonly Problem[] {
  const { ref, references } = record;
  const { kind: defaultKind, namespace: defaultNamespace } = parseEntityRef(ref);
  const reported = new Set<string>();
  return references.flatMap((site): readonly Problem[] => {
    const cycle = graph.cycleThrough(ref, site);
    const key = cycle && [...cycle].sort().join();
    if (!cycle || key === undefined || reported.has(key)) return [];
    reported.add(key);
    const names = cycle.map(other => shortenEntityRef(other, { defaultKind, defaultNamespace }));
    const related = relatedPlaces(cycle, site, graph);
    return [
      createProblem(
        'relation-cycle',
        `${site.field} closes a cycle: ${shortened(names).join(' → ')}`,
        { ...atEntity(record, site.range), ...(related.length && { related }) },
      ),
    ];
  });
}

function shortened(names: readonly string[]): readonly string[] {
  if (names.length <= MAX_NAMES) return names;
  return [...names.slice(0, MAX_NAMES - 3), '…', ...names.slice(-2)];
}

/** Returns the places of the other references in a cycle, in the child or the parent. */
function relatedPlaces(
  cycle: readonly string[],
  { field, targetRef }: ReferenceSite,
  graph: EntityGraph,
): readonly RelatedPlace[] {
  const places: RelatedPlace[] = [];
  for (const [at, child] of cycle.entries()) {
    const parent = cycle[at + 1];
    if (parent === undefined || places.length >= MAX_RELATED) break;
    for (const [from, to] of [
      [child, parent],
      [parent, child],
    ] as const) {
      const record = graph.winner(from);
      const isOwn = from === cycle[0] && to === targetRef;
      const site = record?.references.find(
        other => other.targetRef === to && isStep(other.type, from === child),
      );
      if (!record?.source || !site || (isOwn && site.field === field)) continue;
      const message = `${site.field} of ${from} refers to ${to}`;
      places.push({ message, file: record.source.file, range: site.range });
      break;
    }
  }
  return places;
}

function isStep(type: string, isOfChild: boolean): boolean {
  return isOfChild ? type === 'partOf' || type === 'childOf' : type === 'parentOf';
}

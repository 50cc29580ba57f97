import type { GraphFacts } from './graphFacts';
import type { GraphEdgeView } from './graphView';

/** What is known of an edge while relations are added to it. */
interface Draft {
  readonly source: string;
  readonly target: string;
  readonly types: Set<string>;
  readonly isImplied: boolean;
  readonly via: Set<string>;
  /** The relations that it stands for. */
  readonly relations: Set<string>;
}

export interface EdgesOptions {
  readonly facts: GraphFacts;
  /** By the ref of an entity, that of the node that stands for it. */
  readonly nodes: ReadonlyMap<string, string>;
  /** The refs of the nodes that are drawn. */
  readonly drawn: ReadonlySet<string>;
  readonly isWanted: (type: string) => boolean;
  readonly implied: boolean;
}

/** More between two thousand nodes are one grey area. */
export const MAX_EDGES = 8_000;

/** All relations between the nodes, those between the same two in the same direction as one edge. */
export function* graphEdges({
  facts,
  nodes,
  drawn,
  isWanted,
  implied,
}: EdgesOptions): Generator<
  void,
  { readonly edges: readonly GraphEdgeView[]; readonly omitted: number }
> {
  const bySource = new Map<string, Map<string, Draft>>();
  const add = (edge: RelatedPair, isImplied: boolean): void => {
    const source = nodes.get(edge.source);
    const target = nodes.get(edge.target);
    if (source === undefined || target === undefined) return;
    if (!drawn.has(source) || !drawn.has(target)) return;
    // What is inside a node is not drawn, but for an entity that is related to itself.
    if (source === target && edge.source !== edge.target) return;
    let drafts = bySource.get(source);
    if (!drafts) bySource.set(source, (drafts = new Map<string, Draft>()));
    const key = isImplied ? impliedKey(target) : target;
    let draft = drafts.get(key);
    if (!draft) {
      const parts = { types: new Set<string>(), via: new Set<string>() };
      draft = { source, target, isImplied, relations: new Set(), ...parts };
      drafts.set(key, draft);
    }
    draft.types.add(edge.type);
    if (edge.via !== undefined) draft.via.add(edge.via);
    draft.relations.add(`${edge.source} ${edge.type} ${edge.target}`);
  };
  for (const ref of nodes.keys()) {
    yield;
    // Each is come by at either end: it is taken up where it begins.
    for (const edge of facts.edgesOf(ref)) {
      if (edge.source === ref && isWanted(edge.type)) add(edge, false);
    }
    if (!implied) continue;
    for (const edge of facts.impliedOf(ref)) {
      if (edge.source === ref) add({ ...edge, type: 'dependsOn' }, true);
    }
  }
  const edges: GraphEdgeView[] = [];
  for (const source of [...bySource.keys()].sort()) {
    yield;
    const drafts = bySource.get(source) ?? new Map<string, Draft>();
    for (const key of [...drafts.keys()].sort()) {
      const draft = drafts.get(key);
      // What is written needs not be implied as well.
      if (!draft || (draft.isImplied && drafts.get(draft.target)?.types.has('dependsOn'))) continue;
      edges.push(viewOf(draft));
    }
  }
  if (edges.length <= MAX_EDGES) return { edges, omitted: 0 };
  // Those that stand for the most; sorting keeps the order of the others.
  const heaviest = new Set([...edges].sort((a, b) => b.count - a.count).slice(0, MAX_EDGES));
  const shown = edges.filter(edge => heaviest.has(edge));
  return { edges: shown, omitted: edges.length - shown.length };
}

function viewOf({ source, target, types, isImplied, via, relations }: Draft): GraphEdgeView {
  return {
    source,
    target,
    types: [...types].sort(),
    count: relations.size,
    isImplied,
    via: [...via].sort(),
  };
}

/** No ref has a space. */
function impliedKey(target: string): string {
  return `${target} implied`;
}

interface RelatedPair {
  readonly source: string;
  readonly type: string;
  readonly target: string;
  readonly via?: string;
}

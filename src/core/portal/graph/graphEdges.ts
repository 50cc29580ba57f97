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

/** All relations between the nodes, those between the same two in the same direction as one edge. */
export function* graphEdges({
  facts,
  nodes,
  drawn,
  isWanted,
  implied,
}: EdgesOptions): Generator<void, readonly GraphEdgeView[]> {
  const drafts = new Map<string, Draft>();
  const add = (edge: RelatedPair, isImplied: boolean): void => {
    const source = nodes.get(edge.source);
    const target = nodes.get(edge.target);
    if (source === undefined || target === undefined) return;
    if (!drawn.has(source) || !drawn.has(target)) return;
    // What is inside a node is not drawn, but for an entity that is related to itself.
    if (source === target && edge.source !== edge.target) return;
    const key = `${source} ${target} ${isImplied ? 'implied' : ''}`;
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
    for (const edge of facts.edgesOf(ref)) if (isWanted(edge.type)) add(edge, false);
    if (!implied) continue;
    for (const edge of facts.impliedOf(ref)) add({ ...edge, type: 'dependsOn' }, true);
  }
  return [...drafts.entries()]
    .filter(([, { source, target, isImplied }]) => {
      // What is written needs not be implied as well.
      return !isImplied || !drafts.get(`${source} ${target} `)?.types.has('dependsOn');
    })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { source, target, types, isImplied, via, relations }]) => ({
      source,
      target,
      types: [...types].sort(),
      count: relations.size,
      isImplied,
      via: [...via].sort(),
    }));
}

interface RelatedPair {
  readonly source: string;
  readonly type: string;
  readonly target: string;
  readonly via?: string;
}

import type { CatalogService, CatalogStatus, DependentsOfOwner } from '../../../../../api';
import { getOrInsert } from '../../../../../base';
import type { RelationEdge, RelationPairs } from '../../../../../model';
import { relationEdges } from '../../dependents';
import { type EntityFacts, namesAndFields } from '../../glances';
import { graphMermaid } from '../../graphExport';

/** What a graph says of an entity. */
export type GraphEntity = EntityFacts;

/** A node of the graph: an entity, one that is only referred to, or what is drawn as one. */
export interface GraphNodeView extends GraphEntity {
  readonly isRoot: boolean;
  /** Relations between it and the nearest root; undefined where there are no roots. */
  readonly distance?: number;
  /** Of a system, domain or owner by which the graph is rolled up. */
  readonly rolledUp?: {
    /** How many entities are in it, itself not counted. */
    readonly count: number;
    readonly isExpanded: boolean;
  };
  /**
   * Refs of the first entities without a system, domain or owner, where the node stands for all of them. Such a node
   * is no entity, and has no kind.
   */
  readonly members?: readonly string[];
  /** How many entities that it is related to are not drawn. */
  readonly hidden: number;
}

/** All relations from one node to another. */
export interface GraphEdgeView {
  readonly source: string;
  readonly target: string;
  /** Types of the relations, each as the half of its pair that goes from the source to the target. */
  readonly types: readonly string[];
  /** How many relations it stands for: more than there are types where nodes are rolled up. */
  readonly count: number;
  /** Whether nobody wrote it: the source consumes APIs that the target provides. */
  readonly isImplied: boolean;
  /** Of an implied edge, the refs of these APIs. */
  readonly via: readonly string[];
}

/** A value that nodes can be filtered by. */
export interface GraphFacetValue {
  readonly value: string;
  /** How many of the nodes that were come by have it, whether filters let them through or not. */
  readonly count: number;
}

/** A graph, complete: all that is needed to draw it. */
export interface GraphView {
  /** Of the catalog: while it is not ready, more may yet come. */
  readonly status: CatalogStatus;
  /** In the order of their refs. */
  readonly nodes: readonly GraphNodeView[];
  /** In the order of their ends. */
  readonly edges: readonly GraphEdgeView[];
  /** Ref of the drawn node that stands for the selected entity of the query. */
  readonly selected?: string;
  /** How many nodes there would be besides, were they not too many. */
  readonly omitted: number;
  /** How many edges there would be besides between the nodes. */
  readonly omittedEdges: number;
  readonly facets: {
    readonly kinds: readonly GraphFacetValue[];
    readonly owners: readonly GraphFacetValue[];
    readonly lifecycles: readonly GraphFacetValue[];
    /** By the half of the pair that is told, with what the other is called. */
    readonly relations: readonly (GraphFacetValue & { readonly inverse?: string })[];
  };
  /** Where a path is asked for: the refs along it; empty: there is none. */
  readonly path?: readonly string[];
  /** Where the query asks for dependents: those of the roots, by owner. */
  readonly dependents?: readonly DependentsOfOwner[];
  /** By ref, the roots, owners, and whatever else is named besides the nodes. */
  readonly named: Readonly<Record<string, GraphEntity>>;
}

/** The source consumes APIs that the target provides. */
interface ImpliedEdge {
  readonly source: string;
  readonly target: string;
  /** The ref of the API. */
  readonly via: string;
}

/** What the catalog says while one graph is made of it; each question is put to the catalog once. */
export class GraphFacts {
  readonly #catalog: CatalogService;
  readonly #entities = new Map<string, GraphEntity>();
  /** All relations of an entity, in whichever direction, each as the half of its pair that is told. */
  readonly edgesOf: (ref: string) => readonly RelationEdge[];

  constructor(catalog: CatalogService, pairs: RelationPairs) {
    this.#catalog = catalog;
    this.edgesOf = relationEdges(ref => catalog.getRelations(ref), pairs);
  }

  entityAt(ref: string): GraphEntity {
    return getOrInsert(this.#entities, ref, () =>
      namesAndFields(ref, this.#catalog.getEntityByRef(ref)),
    );
  }

  /** What depends on it, and it on, because one provides what the other consumes. */
  *impliedOf(ref: string): Iterable<ImpliedEdge> {
    for (const { source, type, target: via } of this.edgesOf(ref)) {
      if (source !== ref) continue;
      if (type !== 'consumesApi' && type !== 'providesApi') continue;
      const wanted = type === 'consumesApi' ? 'providesApi' : 'consumesApi';
      for (const other of this.edgesOf(via)) {
        if (other.type !== wanted || other.target !== via || other.source === ref) continue;
        yield type === 'consumesApi'
          ? { source: ref, target: other.source, via }
          : { source: other.source, target: ref, via };
      }
    }
  }
}

/** A graph as a flowchart for Mermaid. */
export function graphAsMermaid({ nodes, edges }: GraphView, catalog: CatalogService): string {
  return graphMermaid({
    center: nodes.find(({ isRoot }) => isRoot)?.ref,
    nodes: nodes.map(({ ref, title, members }) => ({
      ref,
      entity: catalog.getEntityByRef(ref),
      title: members && title,
    })),
    edges: edges.map(({ source, target, types }) => ({ source, target, type: types.join(', ') })),
  });
}

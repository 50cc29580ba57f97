import type { CatalogService, CatalogStatus, DependentsOfOwner } from '../../../../../api';
import { getOrInsert } from '../../../../../base';
import type { RelationEdge, RelationPairs } from '../../../../../model';
import type { ModelNames } from '../../../../../model/presentation';
import { relationEdges } from '../../dependents';
import { type EntityFacts, namesAndFields } from '../../glances';
import { graphMermaid } from '../../graphExport';

/** Facts of an entity in a graph. */
export type GraphEntity = EntityFacts;

/** A node: an entity, a missing one, or a group. */
export interface GraphNodeView extends GraphEntity {
  readonly isRoot: boolean;
  /** Number of relations to the nearest root; undefined without roots. */
  readonly distance?: number;
  /** Set for a system, domain or owner that the graph is grouped by. */
  readonly rolledUp?: {
    /** Number of entities in the group, without itself. */
    readonly count: number;
    readonly isExpanded: boolean;
  };
  /**
   * Refs of the first entities without a system, domain or owner, if the node represents all of
   * them. The node has no entity and no kind.
   */
  readonly members?: readonly string[];
  /** Number of related entities that aren't drawn. */
  readonly hidden: number;
  /** Number of them that are drawn if the node is expanded. */
  readonly expandable: number;
}

/** All relations from one node to another. */
export interface GraphEdgeView {
  readonly source: string;
  readonly target: string;
  /** Types of the relations, from source to target. */
  readonly types: readonly string[];
  /** Number of relations; more than types if nodes are groups. */
  readonly count: number;
  /** Whether the edge is implied: the source consumes APIs that the target provides. */
  readonly isImplied: boolean;
  /** Refs of the APIs of an implied edge. */
  readonly via: readonly string[];
}

/** A value that nodes can be filtered by. */
export interface GraphFacetValue {
  readonly value: string;
  /** Number of visited nodes with the value, filtered or not. */
  readonly count: number;
}

/** All data needed to draw a graph. */
export interface GraphView {
  /** Status of the catalog; before it is ready, the graph may be incomplete. */
  readonly status: CatalogStatus;
  /** Nodes sorted by ref. */
  readonly nodes: readonly GraphNodeView[];
  /** Edges sorted by their ends. */
  readonly edges: readonly GraphEdgeView[];
  /** Ref of the drawn node that represents the query's selected entity. */
  readonly selected?: string;
  /** Number of nodes that exceed the limit. */
  readonly omitted: number;
  /** Number of edges that exceed the limit. */
  readonly omittedEdges: number;
  readonly facets: {
    readonly kinds: readonly GraphFacetValue[];
    readonly owners: readonly GraphFacetValue[];
    readonly lifecycles: readonly GraphFacetValue[];
    /** Forward types of relations, with their inverse. */
    readonly relations: readonly (GraphFacetValue & { readonly inverse?: string })[];
  };
  /** Refs on the requested path; empty if there is none. */
  readonly path?: readonly string[];
  /** Dependents of the roots by owner, if requested. */
  readonly dependents?: readonly DependentsOfOwner[];
  /** Roots, owners and other mentioned entities, by ref. */
  readonly named: Readonly<Record<string, GraphEntity>>;
  readonly names: ModelNames;
}

/** An edge from a consumer of an API to its provider. */
interface ImpliedEdge {
  readonly source: string;
  readonly target: string;
  /** Ref of the API. */
  readonly via: string;
}

/** Cached catalog data for building one graph. */
export class GraphFacts {
  readonly #catalog: CatalogService;
  readonly #entities = new Map<string, GraphEntity>();
  /** Returns an entity's relations in both directions, each as the forward one of its pair. */
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

  /** Yields edges to providers of consumed APIs and from consumers of provided ones. */
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

/** Formats a graph as a Mermaid flowchart. */
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

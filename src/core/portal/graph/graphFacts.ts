import type { CatalogService } from '../../../api';
import type { RelationEdge, RelationPairs } from '../../../model';
import { entityLifecycle, ownerRefs } from '../../../model/presentation';

/** What filters and roll-ups ask of an entity. */
export interface NodeFacts {
  readonly exists: boolean;
  /** Lower-cased. */
  readonly kind: string;
  readonly lifecycle: string | undefined;
  /** Full refs. */
  readonly owners: readonly string[];
}

/** The source consumes APIs that the target provides. */
export interface ImpliedEdge {
  readonly source: string;
  readonly target: string;
  /** The ref of the API. */
  readonly via: string;
}

const noOwners: readonly string[] = [];

/** What the catalog says while one graph is made of it; each question is put to the catalog once. */
export class GraphFacts {
  #catalog: CatalogService;
  #pairs: RelationPairs;
  #edges = new Map<string, readonly RelationEdge[]>();
  #facts = new Map<string, NodeFacts>();

  constructor({
    catalog,
    pairs,
  }: {
    readonly catalog: CatalogService;
    readonly pairs: RelationPairs;
  }) {
    this.#catalog = catalog;
    this.#pairs = pairs;
  }

  /** All relations of an entity, in whichever direction, each as the half of its pair that is told. */
  edgesOf(ref: string): readonly RelationEdge[] {
    let edges = this.#edges.get(ref);
    if (!edges) {
      edges = this.#catalog
        .getRelations(ref)
        .map(({ type, targetRef }) =>
          this.#pairs.forward({ source: ref, type, target: targetRef }),
        );
      this.#edges.set(ref, edges);
    }
    return edges;
  }

  factsOf(ref: string): NodeFacts {
    let facts = this.#facts.get(ref);
    if (!facts) {
      const entity = this.#catalog.getEntityByRef(ref);
      facts = {
        exists: entity !== undefined,
        kind: ref.slice(0, ref.indexOf(':')),
        lifecycle: entity && entityLifecycle(entity),
        owners: entity ? ownerRefs(entity) : noOwners,
      };
      this.#facts.set(ref, facts);
    }
    return facts;
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

import type { CatalogService } from '../../../../../api';
import type { RelationEdge, RelationPairs } from '../../../../../model';
import { namesAndFields } from '../../glances';
import type { GraphEntity } from './graphView';

/** The source consumes APIs that the target provides. */
export interface ImpliedEdge {
  readonly source: string;
  readonly target: string;
  /** The ref of the API. */
  readonly via: string;
}

/** What the catalog says while one graph is made of it; each question is put to the catalog once. */
export class GraphFacts {
  #catalog: CatalogService;
  #pairs: RelationPairs;
  #edges = new Map<string, readonly RelationEdge[]>();
  #entities = new Map<string, GraphEntity>();

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

  entityAt(ref: string): GraphEntity {
    let entity = this.#entities.get(ref);
    if (!entity) {
      entity = namesAndFields(ref, this.#catalog.getEntityByRef(ref));
      this.#entities.set(ref, entity);
    }
    return entity;
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

import type { GraphQuery } from '../../../../../api';
import type { RelationPairs } from '../../../../../model';
import { compareRelationTypes, kindOrder } from '../../../../../model/presentation';
import type { GraphFacetValue, GraphFacts, GraphView } from './graphView';

/** Counts the values of the nodes that were come by, so that filters can be chosen among them. */
export class Facets {
  #facts: GraphFacts;
  #seen = new Set<string>();
  #kinds = new Map<string, number>();
  #owners = new Map<string, number>();
  #lifecycles = new Map<string, number>();
  #relations = new Map<string, number>();

  constructor(facts: GraphFacts, { kinds, owners, lifecycles }: GraphQuery) {
    this.#facts = facts;
    // What is chosen can be chosen no more, also where nothing has it any more.
    for (const kind of kinds ?? []) this.#kinds.set(kind, 0);
    for (const owner of owners ?? []) this.#owners.set(owner, 0);
    for (const lifecycle of lifecycles ?? []) this.#lifecycles.set(lifecycle, 0);
  }

  add(ref: string): void {
    if (this.#seen.has(ref)) return;
    this.#seen.add(ref);
    const { kind, owners, lifecycle } = this.#facts.entityAt(ref);
    increase(this.#kinds, kind.toLowerCase());
    for (const owner of owners) increase(this.#owners, owner);
    if (lifecycle !== undefined) increase(this.#lifecycles, lifecycle);
    for (const { source, type } of this.#facts.edgesOf(ref)) {
      if (source === ref) increase(this.#relations, type);
    }
  }

  view(pairs: RelationPairs): GraphView['facets'] {
    return {
      kinds: values(this.#kinds).sort(
        (a, b) => kindOrder(a.value) - kindOrder(b.value) || (a.value < b.value ? -1 : 1),
      ),
      owners: byCount(this.#owners),
      lifecycles: byCount(this.#lifecycles),
      relations: values(this.#relations)
        .sort((a, b) => compareRelationTypes(a.value, b.value))
        .map(value => ({ ...value, inverse: pairs.inverseOf(value.value) })),
    };
  }
}

function increase(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

function values(counts: ReadonlyMap<string, number>): GraphFacetValue[] {
  return [...counts].map(([value, count]) => ({ value, count }));
}

function byCount(counts: ReadonlyMap<string, number>): GraphFacetValue[] {
  return values(counts).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

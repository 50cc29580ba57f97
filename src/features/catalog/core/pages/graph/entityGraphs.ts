import type { CatalogService, EntityDependents, GraphQuery } from '../../../../../api';
import { type Translate } from '../../../../../base';
import type { RelationPairs } from '../../../../../model';
import { compareRelationTypes, kindOrder } from '../../../../../model/presentation';
import { finishInSlices } from '../../../../../platform/core';
import { affectedEndOf, findDependents } from '../../dependents';
import {
  around,
  graphEdges,
  type RolledUp,
  rollUp,
  shortestPath,
  type Step,
  stepAlong,
  UNGROUPED,
} from './graphEdges';
import {
  type GraphEntity,
  type GraphFacetValue,
  GraphFacts,
  type GraphNodeView,
  type GraphView,
} from './graphView';

export interface EntityGraphsDeps {
  readonly catalog: CatalogService;
  /** Returns the current relation pairs, which settings can extend. */
  readonly relationPairs: () => RelationPairs;
  readonly translate: Translate;
}

/** Maximum number of nodes that can be laid out in time and told apart. */
export const MAX_NODES = 2_000;
/** Maximum number of listed members of a node without an entity. */
const MAX_MEMBERS = 30;

/** Builds graphs of the catalog's entities, in time slices. */
export class EntityGraphs {
  #deps: EntityGraphsDeps;

  constructor(deps: EntityGraphsDeps) {
    this.#deps = deps;
  }

  /**
   * Builds the graph of a query.
   *
   * @throws the reason of the signal once it is aborted
   */
  async getGraph(query: GraphQuery, signal: AbortSignal): Promise<GraphView> {
    return finishInSlices(new GraphMaker(query, this.#deps).make(), signal);
  }
}

/** Builds one graph. */
class GraphMaker {
  #query: GraphQuery;
  #deps: EntityGraphsDeps;
  #facts: GraphFacts;
  #pairs: RelationPairs;
  #facets: Facets;
  #roots: readonly string[];
  #wanted: ReadonlySet<string> | undefined;

  constructor(query: GraphQuery, deps: EntityGraphsDeps) {
    this.#query = query;
    this.#deps = deps;
    this.#pairs = deps.relationPairs();
    this.#facts = new GraphFacts(deps.catalog, this.#pairs);
    this.#facets = new Facets(this.#facts, query);
    this.#roots = [...new Set(query.rootRefs ?? [])];
    const { relations } = query;
    this.#wanted = relations && new Set(relations.map(type => this.#pairs.forwardType(type)));
  }

  *make(): Generator<void, GraphView> {
    const { catalog } = this.#deps;
    const path = yield* this.#path();
    const dependents = this.#showsDependents
      ? yield* findDependents(this.#roots, {
          edgesOf: ref => this.#facts.edgesOf(ref),
          pairs: this.#pairs,
        })
      : undefined;
    const chosen = yield* this.#choose(dependents);
    path?.forEach((ref, index) => {
      if (!chosen.has(ref)) chosen.set(ref, index);
    });
    const rolledUp = yield* this.#rollUp(chosen, path);
    const drawn = this.#mostImportant(rolledUp, chosen);
    const nodes: GraphNodeView[] = [];
    for (const ref of [...drawn].sort()) {
      yield;
      nodes.push(this.#node(ref, chosen, rolledUp));
    }
    const { edges, omitted: omittedEdges } = yield* graphEdges({
      facts: this.#facts,
      nodes: rolledUp.nodes,
      drawn,
      isWanted: type => this.#isDrawn(type),
      implied: this.#query.implied === true,
    });
    const selected = rolledUp.nodes.get(this.#query.selected ?? '');
    const facets = this.#facets.view(this.#pairs);
    const named = new Set([
      ...this.#roots,
      ...(this.#query.pathTo === undefined ? [] : [this.#query.pathTo]),
      ...facets.owners.map(({ value }) => value),
      ...(dependents?.entities.map(({ entityRef }) => entityRef) ?? []),
      ...(dependents?.owners.flatMap(({ ownerRef }) => ownerRef ?? []) ?? []),
      ...nodes.flatMap(({ owners, members = [] }) => [...owners, ...members]),
    ]);
    const entities: Record<string, GraphEntity> = {};
    for (const ref of named) {
      yield;
      entities[ref] = this.#facts.entityAt(ref);
    }
    return {
      status: catalog.status,
      nodes,
      edges,
      selected: selected !== undefined && drawn.has(selected) ? selected : undefined,
      omitted: new Set(rolledUp.nodes.values()).size - drawn.size,
      omittedEdges,
      facets,
      path,
      dependents: dependents?.owners,
      named: entities,
      names: catalog.names,
    };
  }

  get #showsDependents(): boolean {
    return this.#query.dependents === true && this.#roots.length > 0;
  }

  *#path(): Generator<void, readonly string[] | undefined> {
    const { pathTo, direction = 'both' } = this.#query;
    const [from] = this.#roots;
    if (pathTo === undefined || from === undefined) return undefined;
    return yield* shortestPath(from, pathTo, {
      steps: ref => this.#steps(ref),
      direction,
      accepts: ref => this.#accepts(ref),
    });
  }

  /** Returns the shown entities with their distance from the roots. */
  *#choose(
    dependents: EntityDependents | undefined,
  ): Generator<void, Map<string, number | undefined>> {
    if (dependents) {
      const chosen = new Map<string, number | undefined>(this.#roots.map(ref => [ref, 0]));
      for (const { entityRef, distance } of dependents.entities) {
        yield;
        if (this.#accepts(entityRef)) chosen.set(entityRef, distance);
      }
      return chosen;
    }
    if (!this.#roots.length) return yield* this.#everything();
    for (const ref of this.#roots) this.#facets.add(ref);
    const { depth = Infinity, direction = 'both' } = this.#query;
    return yield* around(this.#roots, {
      steps: ref => this.#steps(ref),
      direction,
      accepts: ref => this.#accepts(ref),
      depth,
      expanded: new Set(this.#query.expanded),
    });
  }

  *#everything(): Generator<void, Map<string, undefined>> {
    const chosen = new Map<string, undefined>();
    for (const ref of this.#deps.catalog.getEntityRefs()) {
      yield;
      if (this.#accepts(ref)) chosen.set(ref, undefined);
      for (const { next } of this.#steps(ref)) {
        if (!chosen.has(next) && this.#accepts(next)) chosen.set(next, undefined);
      }
    }
    return chosen;
  }

  *#rollUp(
    chosen: ReadonlyMap<string, unknown>,
    path: readonly string[] | undefined,
  ): Generator<void, RolledUp> {
    const { rollUp: by, expanded } = this.#query;
    if (!by) {
      const nodes = new Map([...chosen.keys()].map(ref => [ref, ref]));
      return { nodes, counts: new Map(), ungrouped: [] };
    }
    return yield* rollUp(chosen.keys(), {
      by,
      expanded: new Set(expanded),
      single: new Set([...this.#roots, ...(path ?? [])]),
      facts: this.#facts,
    });
  }

  /** Returns all nodes, or the nearest to the roots and those with the most relations. */
  #mostImportant(
    { nodes }: RolledUp,
    chosen: ReadonlyMap<string, number | undefined>,
  ): ReadonlySet<string> {
    const all = [...new Set(nodes.values())];
    if (all.length <= MAX_NODES) return new Set(all);
    const far = (ref: string): number => chosen.get(ref) ?? 0;
    const busy = new Map(all.map(ref => [ref, this.#facts.edgesOf(ref).length]));
    // Without its node, the expanded group couldn't be collapsed.
    if (busy.has(UNGROUPED)) busy.set(UNGROUPED, Infinity);
    return new Set(
      all
        .sort((a, b) => far(a) - far(b) || (busy.get(b) ?? 0) - (busy.get(a) ?? 0))
        .slice(0, MAX_NODES),
    );
  }

  #node(
    ref: string,
    chosen: ReadonlyMap<string, number | undefined>,
    { counts, nodes, ungrouped }: RolledUp,
  ): GraphNodeView {
    const count = counts.get(ref);
    const isExpanded = this.#query.expanded?.includes(ref) === true;
    const rolledUp = count === undefined ? undefined : { count, isExpanded };
    if (ref === UNGROUPED) {
      const title = this.#ungroupedTitle();
      const members = [...ungrouped].sort().slice(0, MAX_MEMBERS);
      return {
        ref,
        kind: '',
        namespace: '',
        name: title,
        title,
        icon: 'circle-slash',
        exists: true,
        owners: [],
        isRoot: false,
        rolledUp,
        members,
        hidden: 0,
        expandable: 0,
      };
    }
    const others = new Set<string>();
    for (const { next } of this.#steps(ref)) if (!nodes.has(next)) others.add(next);
    const canExpand = this.#roots.length > 0 && !this.#showsDependents && !isExpanded;
    return {
      ...this.#facts.entityAt(ref),
      isRoot: this.#roots.includes(ref),
      distance: chosen.get(ref),
      rolledUp,
      hidden: others.size,
      expandable: canExpand ? [...others].filter(other => this.#passes(other)).length : 0,
    };
  }

  #ungroupedTitle(): string {
    const { translate } = this.#deps;
    const { rollUp: by } = this.#query;
    if (by === 'system') return translate('No system');
    return by === 'domain' ? translate('No domain') : translate('No owner');
  }

  *#steps(ref: string): Iterable<Step> {
    for (const edge of this.#facts.edgesOf(ref)) {
      if (this.#isDrawn(edge.type)) yield stepAlong(edge, ref);
    }
    if (!this.#query.implied) return;
    for (const edge of this.#facts.impliedOf(ref)) yield stepAlong(edge, ref);
  }

  #isDrawn(type: string): boolean {
    if (this.#showsDependents && affectedEndOf(type) === 'neither') return false;
    return !this.#wanted || this.#wanted.has(type);
  }

  /** Whether an entity passes the filters. Counts its facets in any case. */
  #accepts(ref: string): boolean {
    this.#facets.add(ref);
    return this.#passes(ref);
  }

  #passes(ref: string): boolean {
    const { kinds, owners, lifecycles } = this.#query;
    const entity = this.#facts.entityAt(ref);
    return (
      (!kinds || kinds.includes(entity.kind.toLowerCase())) &&
      (!owners || entity.owners.some(owner => owners.includes(owner))) &&
      (!lifecycles || (entity.lifecycle !== undefined && lifecycles.includes(entity.lifecycle)))
    );
  }
}

/** Counts facet values of visited nodes, for choosing filters. */
class Facets {
  #facts: GraphFacts;
  #seen = new Set<string>();
  #kinds = new Map<string, number>();
  #owners = new Map<string, number>();
  #lifecycles = new Map<string, number>();
  #relations = new Map<string, number>();

  constructor(facts: GraphFacts, { kinds, owners, lifecycles }: GraphQuery) {
    this.#facts = facts;
    // Selected values must stay deselectable even without a match.
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

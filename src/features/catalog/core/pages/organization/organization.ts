import type { CatalogService, CatalogStatus, EntitySource } from '../../../../../api';
import { compareCodeUnits, groupBy, isRecord } from '../../../../../base';
import { parseEntityRef } from '../../../../../model';
import { kindOrder, relationTargets } from '../../../../../model/presentation';
import { finishInSlices } from '../../../../../platform/core';
import {
  type EntityGlance,
  glanceAt,
  type GlanceDeps,
  type Glances,
  TOLD_OF_A_LIST,
} from '../../glances';
import { buildGroupTree, type GroupTree } from './groupTree';

export interface OrganizationView extends GroupTree {
  readonly status: CatalogStatus;
}

export interface TeamRequest {
  /** Full ref of a group or user. */
  readonly entityRef: string;
  /** Whether what is owned by those that belong together counts too; see `TeamView.owners`. */
  readonly isAggregated: boolean;
}

export interface OwnedKind {
  /** Lower-cased. */
  readonly kind: string;
  /** As an entity spells it. */
  readonly name: string;
  readonly count: number;
  /** How many of them have errors or warnings. */
  readonly troubled: number;
}

/** A group or user: who it is, who belongs to it, and what it owns. */
export interface TeamView {
  readonly glance: EntityGlance;
  readonly source?: EntitySource;
  readonly email?: string;
  /** Of a group: its parents. */
  readonly parents: readonly string[];
  /** Of a group: the groups in it. */
  readonly children: readonly string[];
  /** Of a group: its users; of a user: its groups. */
  readonly members: readonly string[];
  /** Whose entities are counted: the group with all below it, or the user with its groups. */
  readonly owners: readonly string[];
  readonly owned: readonly OwnedKind[];
  readonly ownedCount: number;
  /** Refs of the first of them. */
  readonly ownedRefs: readonly string[];
  readonly glances: Glances;
}

/** The groups and people of a catalog, and what is theirs. */
export class Organization {
  #deps: GlanceDeps;

  constructor(deps: GlanceDeps) {
    this.#deps = deps;
  }

  /** @throws the signal's reason once it is aborted */
  async getTree(signal: AbortSignal): Promise<OrganizationView> {
    const { catalog } = this.#deps;
    const tree = await finishInSlices(buildGroupTree(catalog), signal);
    return { ...tree, status: catalog.status };
  }

  /** @throws the signal's reason once it is aborted */
  async getTeam({ entityRef, isAggregated }: TeamRequest, signal: AbortSignal): Promise<TeamView> {
    return finishInSlices(this.#team(entityRef, isAggregated), signal);
  }

  *#team(ref: string, isAggregated: boolean): Generator<void, TeamView> {
    const { catalog } = this.#deps;
    const entity = catalog.getEntityByRef(ref);
    const targets = (type: string): readonly string[] =>
      entity ? relationTargets(entity, type) : [];
    const isUser = ref.startsWith('user:');
    const [parents, children] = [targets('childOf'), targets('parentOf')];
    const members = targets(isUser ? 'memberOf' : 'hasMember');
    const owners = isAggregated ? ownersWith(ref, catalog) : [ref];
    const { kinds, refs } = yield* countOwned(owners, catalog);
    // The catalog has them all.
    const listed = refs.slice(0, TOLD_OF_A_LIST);
    const profile = entity?.spec?.['profile'];
    const email = isRecord(profile) ? profile['email'] : undefined;
    const glances: Record<string, EntityGlance> = {};
    const lists = [children, members, listed].flatMap(list => list.slice(0, TOLD_OF_A_LIST));
    for (const named of [ref, ...parents, ...lists]) {
      glances[named] ??= glanceAt(named, this.#deps);
      yield;
    }
    const source = catalog.getEntitySource(ref);
    return {
      glance: glances[ref] ?? glanceAt(ref, this.#deps),
      ...(source && { source }),
      ...(typeof email === 'string' && email !== '' && { email }),
      parents,
      children,
      members,
      owners,
      owned: kinds,
      ownedCount: refs.length,
      ownedRefs: listed,
      glances,
    };
  }
}

/**
 * Who owns with a group or user what counts as theirs: a group's are all below it, a user's the groups it is
 * a member of. Source: `useGetEntities` of Backstage's `plugin-org`.
 */
function ownersWith(ref: string, catalog: CatalogService): readonly string[] {
  const type = ref.startsWith('user:') ? 'memberOf' : 'parentOf';
  const owners = new Set([ref]);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const owner of owners) {
    if (type === 'memberOf' && owner !== ref) break;
    for (const relation of catalog.getRelations(owner)) {
      if (relation.type === type) owners.add(relation.targetRef);
    }
  }
  return [...owners];
}

function* countOwned(
  owners: readonly string[],
  catalog: CatalogService,
): Generator<void, { readonly kinds: readonly OwnedKind[]; readonly refs: readonly string[] }> {
  const troubled = new Set<string>();
  for (const { entityRef, severity } of catalog.getProblems({ ungrouped: true })) {
    const isWeighty = severity === 'error' || severity === 'warning';
    if (entityRef !== undefined && isWeighty) troubled.add(entityRef);
  }
  yield;
  const owned = new Set<string>();
  for (const owner of owners) {
    for (const { type, targetRef } of catalog.getRelations(owner)) {
      if (type === 'ownerOf') owned.add(targetRef);
    }
    yield;
  }
  const byKind = groupBy(owned, ref => parseEntityRef(ref).kind);
  const kinds = [...byKind].sort(
    ([a], [b]) => kindOrder(a) - kindOrder(b) || compareCodeUnits(a, b),
  );
  return {
    kinds: kinds.map(([kind, ofKind]) => ({
      kind,
      name: catalog.getEntityByRef(ofKind[0] ?? '')?.kind ?? kind,
      count: ofKind.length,
      troubled: ofKind.filter(ref => troubled.has(ref)).length,
    })),
    refs: kinds.flatMap(([, ofKind]) => ofKind.toSorted()),
  };
}

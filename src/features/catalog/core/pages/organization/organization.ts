import type { CatalogStatus, EntitySource, IdentityService } from '../../../../../api';
import { isRecord } from '../../../../../base';
import { type ModelNames, relationTargets } from '../../../../../model/presentation';
import { finishInSlices } from '../../../../../platform/core';
import {
  type EntityGlance,
  glanceAt,
  type GlanceDeps,
  type Glances,
  glancesInSlices,
  MAX_LISTED,
} from '../../glances';
import {
  countOwned,
  type OwnedKind,
  type Ownership,
  ownersWith,
  summarizeOwnership,
} from '../../ownership';
import { buildGroupTree, type GroupTree } from './groupTree';

export interface OrganizationView extends GroupTree, Ownership {
  readonly status: CatalogStatus;
  /** Refs of the user's groups and their ancestors in the catalog, nearest first. */
  readonly teams: readonly string[];
  /** Glances of the first owners. */
  readonly glances: Glances;
}

export interface TeamRequest {
  /** Full ref of a group or user. */
  readonly entityRef: string;
  /** Whether to include entities of related owners; see `TeamView.owners`. */
  readonly isAggregated: boolean;
}

/** A group or user with its members and owned entities. */
export interface TeamView {
  readonly glance: EntityGlance;
  readonly source?: EntitySource;
  readonly email?: string;
  /** Parents of a group. */
  readonly parents: readonly string[];
  /** Subgroups of a group. */
  readonly children: readonly string[];
  /** Users of a group; groups of a user. */
  readonly members: readonly string[];
  /** Owners whose entities are counted: the group with all its descendants, or the user with its groups. */
  readonly owners: readonly string[];
  readonly owned: readonly OwnedKind[];
  readonly ownedCount: number;
  /** Number of owned components without docs. */
  readonly withoutDocs: number;
  /** Refs of the first owned entities. */
  readonly ownedRefs: readonly string[];
  readonly glances: Glances;
  readonly names: ModelNames;
}

export interface OrganizationDeps extends GlanceDeps {
  readonly identity: Pick<IdentityService, 'getOwnershipRefs'>;
}

/** Groups and users of a catalog, with their entities. */
export class Organization {
  #deps: OrganizationDeps;

  constructor(deps: OrganizationDeps) {
    this.#deps = deps;
  }

  /**
   * Builds the tree of groups, and counts the entities of all owners.
   *
   * @throws the signal's reason once it is aborted
   */
  async getTree(signal: AbortSignal): Promise<OrganizationView> {
    const { catalog, identity } = this.#deps;
    const tree = await finishInSlices(buildGroupTree(catalog), signal);
    const ownership = await finishInSlices(summarizeOwnership(catalog), signal);
    const teams = identity
      .getOwnershipRefs()
      .filter(ref => ref.startsWith('group:') && catalog.getEntityByRef(ref));
    const listed = ownership.owners.slice(0, MAX_LISTED).map(({ ref }) => ref);
    const glances = await glancesInSlices([...teams, ...listed], this.#deps, signal);
    return { ...tree, ...ownership, teams, glances, status: catalog.status };
  }

  /**
   * Returns the details of a group or user.
   *
   * @throws the signal's reason once it is aborted
   */
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
    const { kinds, refs, withoutDocs } = yield* countOwned(owners, catalog);
    // The catalog page lists all.
    const listed = refs.slice(0, MAX_LISTED);
    const profile = entity?.spec?.['profile'];
    const email = isRecord(profile) ? profile['email'] : undefined;
    const glances: Record<string, EntityGlance> = {};
    const lists = [children, members, listed].flatMap(list => list.slice(0, MAX_LISTED));
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
      withoutDocs,
      ownedRefs: listed,
      glances,
      names: catalog.names,
    };
  }
}

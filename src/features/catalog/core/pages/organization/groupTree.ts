import type { CatalogService } from '../../../../../api';
import { entityTitle, entityType, relationTargets } from '../../../../../model/presentation';
import { compareKeys } from '../table/tableIndex';

/** Maximum depth; deeper groups are shown beside the tree, so that recursion is limited. */
const MAX_DEPTH = 50;

export interface PersonNode {
  readonly ref: string;
  readonly title: string;
}

export interface GroupNode extends PersonNode {
  readonly type?: string;
  readonly groups: readonly GroupNode[];
  readonly members: readonly PersonNode[];
  /** Number of entities that it owns directly. */
  readonly owned: number;
  /** Whether its content is shown elsewhere: at its first place, or above it in a cycle. */
  readonly isRepeated: boolean;
}

export interface GroupTree {
  /** Groups with subgroups but without a parent. */
  readonly roots: readonly GroupNode[];
  /** Groups outside trees: without any, or in a cycle without a root. */
  readonly others: readonly GroupNode[];
  /** Users without an existing group. */
  readonly withoutGroup: readonly PersonNode[];
  readonly groupCount: number;
  readonly userCount: number;
}

interface Group extends PersonNode {
  readonly type: string | undefined;
  readonly children: readonly string[];
  readonly parents: readonly string[];
  readonly members: readonly PersonNode[];
  readonly owned: number;
}

/** Builds the tree of all groups, each with its content shown once. */
export function* buildGroupTree(catalog: CatalogService): Generator<void, GroupTree> {
  const refs = catalog.getEntityRefs();
  const users = yield* readUsers(catalog, refs);
  const groups = yield* readGroups(catalog, refs, users);
  const placer = new Placer(groups);
  const tops = [...groups.values()].filter(({ parents }) => !parents.length);
  const isRoot = ({ children }: Group): boolean => children.some(ref => groups.has(ref));
  const roots = placer.place(tops.filter(isRoot));
  yield;
  const others = placer.place(tops.filter(group => !isRoot(group)));
  for (const group of groups.values()) {
    if (!placer.isPlaced(group)) others.push(...placer.place([group]));
  }
  const inGroups = new Set([...groups.values()].flatMap(({ members }) => members));
  return {
    roots: sorted(roots),
    others: sorted(others),
    withoutGroup: sorted([...users.values()].filter(user => !inGroups.has(user))),
    groupCount: groups.size,
    userCount: users.size,
  };
}

class Placer {
  #groups: ReadonlyMap<string, Group>;
  #placed = new Set<string>();

  constructor(groups: ReadonlyMap<string, Group>) {
    this.#groups = groups;
  }

  isPlaced({ ref }: Group): boolean {
    return this.#placed.has(ref);
  }

  place(groups: readonly Group[], depth = 0): GroupNode[] {
    return groups.map(group => {
      const { ref, title, type, owned } = group;
      const isRepeated = this.#placed.has(ref);
      this.#placed.add(ref);
      const children = group.children.flatMap(child => this.#groups.get(child) ?? []);
      const isFull = depth >= MAX_DEPTH;
      return {
        ref,
        title,
        owned,
        isRepeated,
        ...(type !== undefined && { type }),
        groups: isRepeated || isFull ? [] : sorted(this.place(children, depth + 1)),
        members: isRepeated ? [] : group.members,
      };
    });
  }
}

function* readUsers(
  catalog: CatalogService,
  refs: readonly string[],
): Generator<void, ReadonlyMap<string, PersonNode>> {
  const users = new Map<string, PersonNode>();
  for (const ref of refs) {
    if (!ref.startsWith('user:')) continue;
    const entity = catalog.getEntityByRef(ref);
    if (entity) users.set(ref, { ref, title: entityTitle(entity) });
    yield;
  }
  return users;
}

function* readGroups(
  catalog: CatalogService,
  refs: readonly string[],
  users: ReadonlyMap<string, PersonNode>,
): Generator<void, ReadonlyMap<string, Group>> {
  const all = new Set(refs.filter(ref => ref.startsWith('group:')));
  yield;
  const groups = new Map<string, Group>();
  for (const ref of all) {
    const entity = catalog.getEntityByRef(ref);
    if (!entity) continue;
    const members = relationTargets(entity, 'hasMember').flatMap(user => users.get(user) ?? []);
    groups.set(ref, {
      ref,
      title: entityTitle(entity),
      type: entityType(entity),
      children: relationTargets(entity, 'parentOf'),
      // A group whose parent is itself or missing is at the top.
      parents: relationTargets(entity, 'childOf').filter(other => all.has(other) && other !== ref),
      members: sorted(members),
      owned: relationTargets(entity, 'ownerOf').length,
    });
    yield;
  }
  return groups;
}

function sorted<T extends PersonNode>(nodes: readonly T[]): readonly T[] {
  return [...nodes].sort((a, b) => compareKeys(a.title, b.title) || (a.ref < b.ref ? -1 : 1));
}

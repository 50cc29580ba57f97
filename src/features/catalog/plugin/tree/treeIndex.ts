import {
  type Entity,
  type FailedEntity,
  getOrInsert,
  type Translate,
  type TreeGroup,
  type TreeGrouping,
} from '../../../../api';
import { groupsOfFailed } from './groupings';

/** A group with its content; the root of the tree has no parent. */
export interface GroupEntry {
  /** Id that is unique in the tree and stable across rebuilds. */
  readonly id: string;
  readonly group: TreeGroup;
  readonly parent: GroupEntry | undefined;
  readonly groups: ReadonlyMap<string, GroupEntry>;
  /** Refs of the entities directly in the group. */
  readonly entities: ReadonlySet<string>;
  readonly failed: readonly FailedEntity[];
  /** Number of distinct entities in the group and its descendants; the same as in the catalog table. */
  readonly count: number;
  /** Number of invalid descriptors in the group and its descendants. They aren't entities. */
  readonly failedCount: number;
}

export interface TreeIndex {
  readonly root: GroupEntry;
  readonly groupsById: ReadonlyMap<string, GroupEntry>;
  /** Number of entities in the tree. */
  readonly count: number;
  /** Number of invalid descriptors in the tree. */
  readonly failedCount: number;
}

export interface TreeIndexInput {
  readonly grouping: TreeGrouping;
  readonly translate: Translate;
  /** Called when a grouping throws; the entity is then at the top level. */
  readonly onError: (error: unknown) => void;
}

interface MutableEntry extends GroupEntry {
  readonly id: string;
  group: TreeGroup;
  parent: MutableEntry | undefined;
  groups: Map<string, MutableEntry>;
  entities: Set<string>;
  failed: FailedEntity[];
  count: number;
  failedCount: number;
  /** Whether the entity that the group represents was placed in it: it then counts in the parent. */
  holdsItself: boolean;
}

type Path = readonly TreeGroup[];

/** Assigns entities to groups, one at a time so that it can run in slices. Callers sort the rows. */
export class TreeIndexBuilder {
  #input: TreeIndexInput;
  #places: { readonly ref: string; readonly paths: readonly Path[] }[] = [];

  constructor(input: TreeIndexInput) {
    this.#input = input;
  }

  /** Number of added entities. */
  get size(): number {
    return this.#places.length;
  }

  add(ref: string, entity: Entity): void {
    const { grouping } = this.#input;
    const paths = groupsSafely(() => grouping.groupsOf(entity), this.#input);
    this.#places.push({ ref, paths });
  }

  /** @returns whether the ref alone determines the groups */
  addByRef(ref: string): boolean {
    const { grouping } = this.#input;
    if (!grouping.groupsOfRef) return false;
    const paths = groupsSafely(() => grouping.groupsOfRef?.(ref), this.#input);
    if (paths) this.#places.push({ ref, paths });
    return paths !== undefined;
  }

  /**
   * Builds the index, yielding repeatedly.
   *
   * @param idPrefix - prefix of all ids; rows with other ids are new and not expanded
   */
  *build(idPrefix: string, failed: readonly FailedEntity[]): Generator<void, TreeIndex> {
    const { grouping, translate } = this.#input;
    const root = createEntry(idPrefix, { id: '', label: '' }, undefined);
    for (const { ref, paths } of this.#places) {
      for (const path of paths) {
        const entry = enter(root, path);
        if (entry.group.entityRef === ref) entry.holdsItself = true;
        else entry.entities.add(ref);
      }
      yield;
    }
    for (const item of failed) {
      for (const path of groupsSafely(
        () => groupsOfFailed(grouping, item, translate),
        this.#input,
      )) {
        enter(root, path).failed.push(item);
      }
    }
    for (const group of [...root.groups.values()]) {
      if (grouping.compactGroups) compact(group);
      count(group, undefined);
      yield;
    }
    const groupsById = new Map<string, GroupEntry>();
    collect(root, groupsById);
    return { root, groupsById, count: this.size, failedCount: failed.length };
  }
}

function groupsSafely<T extends readonly Path[] | undefined>(
  ask: () => T,
  { onError }: TreeIndexInput,
): T | readonly Path[] {
  try {
    return ask();
  } catch (error) {
    onError(error);
    return [[]];
  }
}

function enter(root: MutableEntry, path: readonly TreeGroup[]): MutableEntry {
  let entry = root;
  for (const group of path) {
    const next = getOrInsert(entry.groups, group.id, () =>
      createEntry(childId(entry.id, `group ${group.id}`), group, entry),
    );
    entry = next;
  }
  return entry;
}

function createEntry(id: string, group: TreeGroup, parent: MutableEntry | undefined): MutableEntry {
  return {
    id,
    group,
    parent,
    groups: new Map(),
    entities: new Set(),
    failed: [],
    count: 0,
    failedCount: 0,
    holdsItself: false,
  };
}

/** Returns the id of a child row; line feeds don't occur in refs, and hardly in paths. */
export function childId(parentId: string, segment: string): string {
  return `${parentId}\n${segment}`;
}

/** Merges groups whose only child is another group. */
function compact(entry: MutableEntry): void {
  let [only] = entry.groups.values();
  // A file keeps its own row with its icon.
  while (
    only &&
    entry.groups.size === 1 &&
    !entry.entities.size &&
    !entry.failed.length &&
    only.groups.size
  ) {
    entry.group = { ...entry.group, label: `${entry.group.label}/${only.group.label}` };
    entry.entities = only.entities;
    entry.failed = only.failed;
    entry.groups = only.groups;
    for (const child of entry.groups.values()) child.parent = entry;
    [only] = entry.groups.values();
  }
  for (const child of entry.groups.values()) compact(child);
}

/**
 * Sets the counts of a group and its descendants. Builds sets of refs only if an ancestor must
 * count distinct entities.
 */
function count(entry: MutableEntry, intoParent: Set<string> | undefined): void {
  const refs = entry.groups.size ? new Set(entry.entities) : entry.entities;
  entry.failedCount = entry.failed.length;
  for (const child of entry.groups.values()) {
    count(child, refs);
    entry.failedCount += child.failedCount;
  }
  entry.count = refs.size;
  if (!intoParent) return;
  for (const ref of refs) intoParent.add(ref);
  if (entry.holdsItself && entry.group.entityRef !== undefined) {
    intoParent.add(entry.group.entityRef);
  }
}

function collect(entry: GroupEntry, into: Map<string, GroupEntry>): void {
  into.set(entry.id, entry);
  for (const child of entry.groups.values()) collect(child, into);
}

/**
 * Finds the first group, from the top, that contains an entity directly or represents it. Searches
 * on demand, because few entities are revealed.
 */
export function findPlace(index: TreeIndex, ref: string): GroupEntry | undefined {
  for (const entry of index.groupsById.values()) {
    if (entry.entities.has(ref) || entry.group.entityRef === ref) return entry;
  }
  return undefined;
}

/**
 * Returns the outermost groups whose rows differ between two builds, given the refs of changed
 * entities. Undefined if the whole tree differs.
 */
export function changedGroups(
  before: TreeIndex,
  after: TreeIndex,
  changedRefs: ReadonlySet<string>,
): readonly GroupEntry[] | undefined {
  const changed: GroupEntry[] = [];
  if (before.root.id !== after.root.id) return undefined;
  if (contentDiffers(before.root, after.root, changedRefs)) return undefined;
  visit(before.root, after.root);
  return changed;

  function visit(old: GroupEntry, current: GroupEntry): void {
    for (const [id, child] of current.groups) {
      const oldChild = old.groups.get(id);
      if (!oldChild) continue;
      if (
        headDiffers(oldChild, child, changedRefs) ||
        contentDiffers(oldChild, child, changedRefs)
      ) {
        changed.push(child);
      } else visit(oldChild, child);
    }
  }
}

function headDiffers(a: GroupEntry, b: GroupEntry, changedRefs: ReadonlySet<string>): boolean {
  const ref = b.group.entityRef;
  return (
    a.count !== b.count ||
    a.failedCount !== b.failedCount ||
    a.group.label !== b.group.label ||
    a.group.description !== b.group.description ||
    a.group.icon !== b.group.icon ||
    (ref !== undefined && changedRefs.has(ref))
  );
}

function contentDiffers(a: GroupEntry, b: GroupEntry, changedRefs: ReadonlySet<string>): boolean {
  if (a.groups.size !== b.groups.size) return true;
  for (const [id, child] of b.groups) {
    const old = a.groups.get(id);
    // Label and order determine a group's position among its siblings.
    if (!old || old.group.label !== child.group.label || old.group.order !== child.group.order) {
      return true;
    }
  }
  if (a.entities.size !== b.entities.size || a.failed.length !== b.failed.length) return true;
  for (const ref of b.entities) {
    if (!a.entities.has(ref) || changedRefs.has(ref)) return true;
  }
  return b.failed.some((failed, index) => {
    const old = a.failed[index];
    return (
      old?.source.file !== failed.source.file ||
      old.source.document !== failed.source.document ||
      old.name !== failed.name
    );
  });
}

import type { TimeSlicer } from '../../../../../platform/core';
import type { DiscoveredFiles } from '../files/discoveredFiles';
import type { FileTable } from '../files/fileTable';
import type { PlaceLink } from './links';
import { reachOf, type TargetState, type UnreadTarget } from './locationReach';
import { hasAncestor, ancestorsOf } from './ancestors';

/** State of a target, and the symbolic link that leads to it. */
export interface FoundTarget {
  readonly state: TargetState;
  readonly link: PlaceLink | undefined;
}

/** Targets of the workspace's Locations. Recomputed after changes of Locations, discovered files or targets. */
export class LocationTargets {
  #find: (uri: string) => Promise<FoundTarget>;
  #found = new Map<string, FoundTarget>();
  #reachedBy: ReadonlyMap<string, string> = new Map();
  #unread: readonly UnreadTarget[] = [];
  #isStale = true;

  /** @param find - checks a target by URI */
  constructor(find: (uri: string) => Promise<FoundTarget>) {
    this.#find = find;
  }

  /** File with the first Location that references a file, by the URI of the latter. */
  get reachedBy(): ReadonlyMap<string, string> {
    return this.#reachedBy;
  }

  get unread(): readonly UnreadTarget[] {
    return this.#unread;
  }

  /** Returns the symbolic links that lead to targets, without duplicates. */
  links(): readonly PlaceLink[] {
    const links = [...this.#found.values()].flatMap(({ link }) => link ?? []);
    return [...new Map(links.map(link => [link.from, link])).values()];
  }

  /** Marks the result as stale. */
  invalidate(): void {
    this.#isStale = true;
  }

  /** Invalidates targets at some places or below them. */
  forgetStates(places: ReadonlyMap<string, unknown>): void {
    const known = this.#found.size;
    for (const uri of places.keys()) {
      for (const folder of ancestorsOf(uri)) this.#found.delete(folder);
    }
    for (const target of this.#found.keys()) {
      if (hasAncestor(places, target)) this.#found.delete(target);
    }
    if (this.#found.size < known) this.#isStale = true;
  }

  /** Follows the Locations of the files by one step. */
  async follow(files: FileTable, discovered: DiscoveredFiles, slices: TimeSlicer): Promise<void> {
    if (!this.#isStale) return;
    const found = new Map<string, FoundTarget>();
    const { reachedBy, unread } = await reachOf(files.locations(), {
      discovered,
      slices,
      stateOf: async uri => {
        const target = found.get(uri) ?? this.#found.get(uri) ?? (await this.#find(uri));
        found.set(uri, target);
        return target.state;
      },
    });
    discovered.forgetUnused();
    // Drops targets that no Location references any more.
    this.#found = found;
    this.#reachedBy = reachedBy;
    this.#unread = unread;
    this.#isStale = false;
  }
}

import type { DiscoveredFiles } from '../files/discoveredFiles';
import type { FileTable } from '../files/fileTable';
import type { Slices } from '../slices';
import { reachOf, type TargetState, type UnreadTarget } from './locationReach';
import { hasInWay, wayTo } from './ways';

/**
 * What the Locations of a workspace lead to. It is found out anew when something has changed that it
 * can depend on: Locations, the files that discovery found, or what stands at a target.
 */
export class LocationTargets {
  #readState: (uri: string) => Promise<TargetState>;
  #states = new Map<string, TargetState>();
  #reachedBy: ReadonlyMap<string, string> = new Map();
  #unread: readonly UnreadTarget[] = [];
  #isStale = true;

  /** @param readState - looks at what stands at the URI of a target */
  constructor(readState: (uri: string) => Promise<TargetState>) {
    this.#readState = readState;
  }

  /** By URI of a reached file: the file whose Location reaches it first. */
  get reachedBy(): ReadonlyMap<string, string> {
    return this.#reachedBy;
  }

  get unread(): readonly UnreadTarget[] {
    return this.#unread;
  }

  /** Something has changed that matters to Locations. */
  invalidate(): void {
    this.#isStale = true;
  }

  /** Something has changed at some places, or below them. */
  forgetStates(places: ReadonlyMap<string, unknown>): void {
    const known = this.#states.size;
    for (const uri of places.keys()) {
      for (const folder of wayTo(uri)) this.#states.delete(folder);
    }
    for (const target of this.#states.keys()) {
      if (hasInWay(places, target)) this.#states.delete(target);
    }
    if (this.#states.size < known) this.#isStale = true;
  }

  /** Follows the Locations of the files one step. */
  async follow(files: FileTable, discovered: DiscoveredFiles, slices: Slices): Promise<void> {
    if (!this.#isStale) return;
    const states = new Map<string, TargetState>();
    const { reachedBy, unread } = await reachOf(files.locations(), {
      discovered,
      slices,
      stateOf: async uri => {
        const state = states.get(uri) ?? this.#states.get(uri) ?? (await this.#readState(uri));
        states.set(uri, state);
        return state;
      },
    });
    discovered.forgetUnasked();
    // Without those that no Location leads to any more.
    this.#states = states;
    this.#reachedBy = reachedBy;
    this.#unread = unread;
    this.#isStale = false;
  }
}

import { getOrInsert, relativePath } from '../../../../../base';
import type { TimeSlicer } from '../../../../../platform/core';
import { Glob } from '../../../../../platform/core/globs';
import type { LocationTarget } from '../../locations';
import type { DiscoveredFiles } from '../files/discoveredFiles';
import type { FileLookup } from '../files/orderedFiles';

/** A file with Locations. */
export interface ReachingFile {
  readonly uri: string;
  readonly record: { readonly locationTargets: readonly LocationTarget[] };
}

/** Result of checking a target. */
export type TargetState = 'file' | 'folder' | 'missing' | 'outside' | 'unreadable';

export interface UnreadTarget {
  readonly file: string;
  readonly target: LocationTarget;
  readonly state: Exclude<TargetState, 'file'> | 'remote';
}

export interface LocationReach {
  /** File with the first Location that references a file, by the URI of the latter. */
  readonly reachedBy: ReadonlyMap<string, string>;
  readonly unread: readonly UnreadTarget[];
}

export interface TargetLookup {
  /** All discovered files, whatever their content. */
  readonly discovered: DiscoveredFiles;
  /** Checks the target, or the folder that its pattern starts in. */
  readonly stateOf: (uri: string) => Promise<TargetState>;
  readonly slices: TimeSlicer;
}

/**
 * Follows the targets of all Locations by one step.
 *
 * Wildcards match discovered files. As in Backstage, they skip names with a leading dot unless the
 * pattern has one.
 *
 * @param files - in conflict order: the first Location that references a file counts
 */
export async function reachOf(
  files: Iterable<ReachingFile>,
  { discovered, stateOf, slices }: TargetLookup,
): Promise<LocationReach> {
  const reachedBy = new Map<string, string>();
  const unread: UnreadTarget[] = [];
  for (const { uri: file, record } of files) {
    for (const target of record.locationTargets) {
      if (target.uri === undefined) {
        unread.push({ file, target, state: 'remote' });
        continue;
      }
      const state: TargetState =
        target.pattern === undefined && !discovered.has(target.uri)
          ? await stateOf(target.uri)
          : 'file';
      const matches: Iterable<string> =
        state !== 'file'
          ? []
          : target.pattern === undefined
            ? [target.uri]
            : await discovered.matching(target.uri, target.pattern, slices);
      let isReached = false;
      for (const uri of matches) {
        isReached = true;
        if (uri !== file && !reachedBy.has(uri)) reachedBy.set(uri, file);
        if (slices.isOver) await slices.pause();
      }
      if (state !== 'file') unread.push({ file, target, state });
      else if (!isReached) {
        const isUnreadable = (await stateOf(target.uri)) === 'unreadable';
        unread.push({ file, target, state: isUnreadable ? 'unreadable' : 'missing' });
      }
    }
  }
  return { reachedBy, unread };
}

/**
 * Returns the origins of files: the first file in the chain of Locations. Files that no Location
 * references are omitted. In a cycle, its first file is the origin.
 */
export async function originsOf(
  files: Pick<FileLookup, 'has' | 'keys'>,
  reachedBy: ReadonlyMap<string, string>,
  slices: TimeSlicer,
): Promise<ReadonlyMap<string, string>> {
  const origins = new Map<string, string>();
  const children = new Map<string, string[]>();
  for (const [uri, parent] of reachedBy) {
    if (slices.isOver) await slices.pause();
    if (!files.has(uri)) continue;
    getOrInsert(children, parent, () => []).push(uri);
  }
  const spread = async (start: string): Promise<void> => {
    const pending = [start];
    for (let uri = pending.pop(); uri !== undefined; uri = pending.pop()) {
      if (origins.has(uri)) continue;
      origins.set(uri, start);
      for (const child of children.get(uri) ?? []) pending.push(child);
      if (slices.isOver) await slices.pause();
    }
  };
  for (const uri of children.keys()) if (!reachedBy.has(uri)) await spread(uri);
  const isInRing = (uri: string): boolean => reachedBy.has(uri) && !origins.has(uri);
  let hasRings = false;
  for (const uri of reachedBy.keys()) {
    hasRings ||= isInRing(uri) && files.has(uri);
    if (slices.isOver) await slices.pause();
  }
  for (const uri of hasRings ? files.keys() : []) if (isInRing(uri)) await spread(uri);
  return origins;
}

/** Whether a target is a file, or a pattern that matches it. */
export function leadsTo({ uri, pattern }: LocationTarget, file: string): boolean {
  if (uri === undefined || pattern === undefined) return uri === file;
  const path = relativePath(uri, file);
  return path !== undefined && path !== '' && new Glob(pattern).test(path);
}

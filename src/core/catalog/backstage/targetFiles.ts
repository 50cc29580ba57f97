import { basenameUri, childUri, compareCodeUnits, dirnameUri, isWithin } from '../../../base';
import type { FileSystem } from '../../ports';
import { globExpression } from '../workspace/locationReach';
import { isPattern, isTooComplex } from '../processing/locationTargets';
import { normalized, uriOfTarget } from './locationPath';

/** A file, or whatever else stands there, that a target leads to. */
export interface TargetMatch {
  readonly uri: string;
  /** Its path as the server writes it. */
  readonly path: string;
}

export interface TargetExpansion {
  readonly matches: readonly TargetMatch[];
  /** Below which changes can change the matches. */
  readonly watched: string;
  /** Undefined where the target could be expanded. */
  readonly error?: string;
}

/**
 * Finds what a target of a `file` location matches: the path itself, or what fits its wildcards. As
 * in the server, wildcards skip what starts with a dot unless the pattern names it, match folders
 * too, and a `**` does not lead through symbolic links.
 *
 * The server's order of matches on one level is that of the disk; here it is that of the paths.
 *
 * Source: `FileReaderProcessor` of `plugins/catalog-backend`, which uses `glob`.
 */
export async function expandTarget(
  target: string,
  backendFolder: string,
  fileSystem: FileSystem,
): Promise<TargetExpansion> {
  // The server takes both slashes for one, on every system.
  const path = target.replaceAll('\\', '/');
  if (!isPattern(path)) {
    const uri = uriOfTarget(path, backendFolder);
    const exists = await isThere(fileSystem, uri);
    return { matches: exists ? [{ uri, path: normalized(path) }] : [], watched: uri };
  }
  const segments = path.split('/');
  const first = segments.findIndex(isPattern);
  const base = segments.slice(0, first).join('/') || (path.startsWith('/') ? '/' : '.');
  const watched = uriOfTarget(base, backendFolder);
  if (isTooComplex(path)) {
    return {
      matches: [],
      watched,
      error: 'The target has more wildcards or alternatives than are matched',
    };
  }
  const pattern = segments.slice(first).join('/');
  const walk = new PatternWalk(pattern, fileSystem);
  await walk.search(watched, '', Infinity);
  const prefix = base === '/' ? '/' : base === '.' ? '' : `${base}/`;
  const matches = walk.found
    .sort(byLevel)
    .map(({ uri, path: relative }) => ({ uri, path: normalized(`${prefix}${relative}`) }));
  return { matches, watched };
}

/** Whether a change can change what a target matches. */
export function isAffected({ watched }: TargetExpansion, change: string): boolean {
  return isWithin(watched, change) || isWithin(change, watched);
}

/** A link that leads nowhere is something as well: reading it says what is wrong. */
async function isThere(fileSystem: FileSystem, uri: string): Promise<boolean> {
  try {
    if (await fileSystem.stat(uri)) return true;
    const name = basenameUri(uri);
    const siblings = await fileSystem.readDirectory(dirnameUri(uri));
    return siblings.some(entry => entry.name === name);
  } catch {
    return false;
  }
}

/** Walks the folders that a pattern can match something in. */
class PatternWalk {
  readonly found: TargetMatch[] = [];
  #expression: RegExp;
  #fileSystem: FileSystem;
  /** How many folders deep a match can lie. */
  #depth: number;
  #namesDots: boolean;
  /** How many segments stand before the first `**`, and after the last. */
  #before: number;
  #after: number;

  constructor(pattern: string, fileSystem: FileSystem) {
    const segments = pattern.split('/');
    const first = segments.findIndex(segment => segment.includes('**'));
    this.#expression = globExpression(pattern);
    this.#fileSystem = fileSystem;
    this.#depth = first < 0 ? segments.length : Infinity;
    this.#before = first < 0 ? Infinity : first;
    this.#after = segments.length - 1 - segments.findLastIndex(segment => segment.includes('**'));
    this.#namesDots = /(?:^|[/{,(|])\./.test(pattern);
  }

  /** @param beyond - below how many more folders `**` still counts, behind a symbolic link */
  async search(folder: string, path: string, beyond: number, depth = 1): Promise<void> {
    let entries;
    try {
      entries = await this.#fileSystem.readDirectory(folder);
    } catch {
      // What cannot be listed matches nothing.
      return;
    }
    for (const { name, type, isSymbolicLink } of entries) {
      if (name.startsWith('.') && !this.#namesDots) continue;
      const uri = childUri(folder, name);
      const relative = path ? `${path}/${name}` : name;
      if (this.#expression.test(relative)) this.found.push({ uri, path: relative });
      if (type !== 'directory' || depth >= this.#depth) continue;
      // A `**` goes up to a link and not through it: only what follows it is looked for there.
      const isEnd = isSymbolicLink && depth > this.#before;
      const left = Math.min(beyond - 1, isEnd ? this.#after : Infinity);
      if (left > 0) await this.search(uri, relative, left, depth + 1);
    }
  }
}

/** The server goes through a tree level by level. */
function byLevel(a: TargetMatch, b: TargetMatch): number {
  const levels = a.path.split('/').length - b.path.split('/').length;
  return levels || compareCodeUnits(a.path, b.path);
}

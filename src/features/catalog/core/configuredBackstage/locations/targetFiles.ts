import { basenameUri, childUri, compareCodeUnits, dirnameUri, isWithin } from '../../../../../base';
import { Glob, isPattern, isTooComplex } from '../../../../../platform/core/globs';
import type { DirectoryEntry, FileSystem } from '../../../../../platform/core/ports';
import type { ReadPlace } from '../outsideFolders';
import { normalized, uriOfTarget } from './locationPath';

/** A file, or other file system entry, that a target matches. */
export interface TargetMatch {
  readonly uri: string;
  /** Path as the server formats it. */
  readonly path: string;
}

export interface TargetExpansion {
  readonly matches: readonly TargetMatch[];
  /** Folder in which changes can affect the matches. */
  readonly watched: string;
  /** URIs of the listed folders; `all`: everything below `watched`. */
  readonly listed: readonly string[] | 'all';
  /** Error message; undefined if the target could be expanded. */
  readonly error?: string;
}

/**
 * Returns the matches of a `file` location's target: the path itself, or the matches of its
 * wildcards. Like the server's, wildcards skip names with a leading dot unless the pattern has one,
 * match folders too, and `**` doesn't follow symbolic links. A trailing `**` also matches the
 * folder that it starts from, which can't be read.
 *
 * Source: `FileReaderProcessor` of `plugins/catalog-backend`, which uses `glob`.
 */
export async function expandTarget(
  target: string,
  backendFolder: string,
  fileSystem: FileSystem,
): Promise<TargetExpansion> {
  // The server treats both slashes alike, on every system.
  const path = target.replaceAll('\\', '/');
  if (!isPattern(path)) {
    const uri = uriOfTarget(path, backendFolder);
    const exists = await isThere(fileSystem, uri);
    return {
      matches: exists ? [{ uri, path: normalized(path) }] : [],
      watched: uri,
      listed: [],
    };
  }
  const segments = path.split('/');
  const first = segments.findIndex(isPattern);
  const base = segments.slice(0, first).join('/') || (path.startsWith('/') ? '/' : '.');
  const watched = uriOfTarget(base, backendFolder);
  if (isTooComplex(path)) {
    return {
      matches: [],
      watched,
      listed: [],
      error: 'The target is too long or has too many alternatives',
    };
  }
  const pattern = segments.slice(first).join('/');
  const walk = new PatternWalk(pattern, fileSystem);
  const isOfBase = segments.slice(first).every(segment => segment === '**');
  const walked = await walk.search(watched);
  if (walked.error !== undefined) return { ...walked, watched };
  const found = [
    ...(isOfBase && (await isThere(fileSystem, watched)) ? [{ uri: watched, path: '' }] : []),
    ...walked.matches,
  ];
  const prefix = base === '/' ? '/' : base === '.' ? '' : `${base}/`;
  const matches = found.map(({ uri, path: relative }) => ({
    uri,
    path: normalized(`${prefix}${relative}`),
  }));
  return { matches, watched, listed: walked.listed };
}

/** Returns the places to watch for changes of the matches. */
export function placesOf({ watched, listed }: TargetExpansion): readonly ReadPlace[] {
  if (listed === 'all') return [{ uri: watched, reach: 'all' }];
  if (!listed.length) return [{ uri: watched, reach: 'itself' }];
  return listed.map(uri => ({ uri, reach: 'entries' }));
}

/** Whether a change of a file or folder can affect a target's matches. */
export function isAffected({ watched }: TargetExpansion, uri: string): boolean {
  return isWithin(watched, uri) || isWithin(uri, watched);
}

/** Checks whether an entry exists. A broken link counts, because reading it reports the problem. */
async function isThere(fileSystem: FileSystem, uri: string): Promise<boolean> {
  try {
    if (await fileSystem.stat(uri)) return true;
    const name = basenameUri(uri);
    const siblings = await fileSystem.readDirectory(dirnameUri(uri));
    return siblings.some(entry => entry.name === name);
  } catch {
    // Nothing that could be read: the target is reported as missing.
    return false;
  }
}

/** A folder that may contain matches. */
interface PatternStep {
  readonly folder: string;
  /** Path relative to the start of the search. */
  readonly path: string;
  readonly depth: number;
  /** Number of further levels that `**` matches, behind a symbolic link. */
  readonly beyond: number;
  readonly isBehindLink: boolean;
}

/** Limit for links to folders that contain each other, which make endless paths. */
const MAX_FOLDERS_BEHIND_LINKS = 10_000;

/** Walks the folders that may contain matches of a pattern. */
class PatternWalk {
  #expression: Glob;
  #fileSystem: FileSystem;
  /** Maximum depth of matches. */
  #depth: number;
  #namesDots: boolean;
  /** Number of segments before the first `**` and after the last. */
  #before: number;
  #after: number;

  constructor(pattern: string, fileSystem: FileSystem) {
    const segments = pattern.split('/');
    const first = segments.findIndex(segment => segment.includes('**'));
    this.#expression = new Glob(pattern);
    this.#fileSystem = fileSystem;
    this.#depth = first < 0 ? segments.length : Infinity;
    this.#before = first < 0 ? Infinity : first;
    this.#after = segments.length - 1 - segments.findLastIndex(segment => segment.includes('**'));
    this.#namesDots = /(?:^|[/{,(|])\./.test(pattern);
  }

  /**
   * Searches in the server's order: level by level, and within a folder by descending name, because
   * it prepends each entry.
   */
  async search(start: string): Promise<Pick<TargetExpansion, 'matches' | 'listed' | 'error'>> {
    const matches: TargetMatch[] = [];
    const steps: PatternStep[] = [
      { folder: start, path: '', depth: 1, beyond: Infinity, isBehindLink: false },
    ];
    let left = MAX_FOLDERS_BEHIND_LINKS;
    for (const step of steps) {
      for (const { name, type, isSymbolicLink } of await this.#entries(step.folder)) {
        if (name.startsWith('.') && !this.#namesDots) continue;
        const uri = childUri(step.folder, name);
        const path = step.path ? `${step.path}/${name}` : name;
        if (this.#expression.test(path)) matches.push({ uri, path });
        if (type !== 'directory' || step.depth >= this.#depth) continue;
        // `**` stops at a link: behind it, only the rest of the pattern is searched.
        const isEnd = isSymbolicLink && step.depth > this.#before;
        const beyond = Math.min(step.beyond - 1, isEnd ? this.#after : Infinity);
        if (beyond <= 0) continue;
        const isBehindLink = isSymbolicLink || step.isBehindLink;
        if (isBehindLink && --left < 0) {
          const error = `The target leads through more than ${MAX_FOLDERS_BEHIND_LINKS} folders behind symbolic links`;
          return { matches: [], listed: [], error };
        }
        steps.push({ folder: uri, path, depth: step.depth + 1, beyond, isBehindLink });
      }
    }
    const isEndless = this.#depth === Infinity;
    return { matches, listed: isEndless ? 'all' : steps.map(({ folder }) => folder) };
  }

  async #entries(folder: string): Promise<readonly DirectoryEntry[]> {
    try {
      const entries = await this.#fileSystem.readDirectory(folder);
      return [...entries].sort((a, b) => compareCodeUnits(b.name, a.name));
    } catch {
      // A folder that can't be listed has no matches.
      return [];
    }
  }
}

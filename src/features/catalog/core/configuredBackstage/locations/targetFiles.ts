import { basenameUri, childUri, compareCodeUnits, dirnameUri, isWithin } from '../../../../../base';
import { Glob, isPattern, isTooComplex } from '../../../../../platform/core/globs';
import type { DirectoryEntry, FileSystem } from '../../../../../platform/core/ports';
import type { ReadPlace } from '../outsideFolders';
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
  /** URIs of the folders whose entries were looked through; `all`: of everything below `watched`. */
  readonly listed: readonly string[] | 'all';
  /** Undefined where the target could be expanded. */
  readonly error?: string;
}

/**
 * Finds what a target of a `file` location matches: the path itself, or what fits its wildcards. As
 * in the server, wildcards skip what starts with a dot unless the pattern names it, match folders
 * too, and a `**` does not lead through symbolic links. A `**` at the end matches the folder that it
 * starts from as well, which then cannot be read.
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
      error: 'The target has more characters or alternatives than are matched',
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

/** What has to be watched to learn of such changes. */
export function placesOf({ watched, listed }: TargetExpansion): readonly ReadPlace[] {
  if (listed === 'all') return [{ uri: watched, reach: 'all' }];
  if (!listed.length) return [{ uri: watched, reach: 'itself' }];
  return listed.map(uri => ({ uri, reach: 'entries' }));
}

/** Whether what happened to a file or folder can change what a target matches. */
export function isAffected({ watched }: TargetExpansion, uri: string): boolean {
  return isWithin(watched, uri) || isWithin(uri, watched);
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

/** A folder that a pattern can match something in. */
interface PatternStep {
  readonly folder: string;
  /** From the folder that the search starts in. */
  readonly path: string;
  readonly depth: number;
  /** Below how many more folders `**` still counts, behind a symbolic link. */
  readonly beyond: number;
  readonly isBehindLink: boolean;
}

/** Links to folders that hold each other lead to more paths than anyone can walk. */
const MAX_FOLDERS_BEHIND_LINKS = 10_000;

/** Walks the folders that a pattern can match something in. */
class PatternWalk {
  #expression: Glob;
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
    this.#expression = new Glob(pattern);
    this.#fileSystem = fileSystem;
    this.#depth = first < 0 ? segments.length : Infinity;
    this.#before = first < 0 ? Infinity : first;
    this.#after = segments.length - 1 - segments.findLastIndex(segment => segment.includes('**'));
    this.#namesDots = /(?:^|[/{,(|])\./.test(pattern);
  }

  /**
   * In the order in which the server finds them: level by level, and within a folder from the last
   * name to the first, since it puts every entry before those that it has.
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
        // A `**` goes up to a link and not through it: only what follows it is looked for there.
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
      // What cannot be listed matches nothing.
      return [];
    }
  }
}

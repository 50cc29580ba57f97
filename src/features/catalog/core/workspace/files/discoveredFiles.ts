import { relativePath } from '../../../../../base';
import type { TimeSlicer } from '../../../../../platform/core';
import { Glob } from '../../../../../platform/core/globs';

interface Pattern {
  /** URI of the folder that it is relative to. */
  readonly folder: string;
  readonly expression: Glob;
  readonly matches: Set<string>;
}

/**
 * All discovered files, whatever their content. Caches the matches of patterns, because finding
 * them requires visiting all files.
 */
export class DiscoveredFiles {
  #uris = new Set<string>();
  #patterns = new Map<string, Pattern>();
  #usedPatterns = new Set<string>();

  get size(): number {
    return this.#uris.size;
  }

  has(uri: string): boolean {
    return this.#uris.has(uri);
  }

  /** Returns the URIs in the order of discovery. */
  uris(): Iterable<string> {
    return this.#uris;
  }

  /** @returns whether the file is new */
  add(uri: string): boolean {
    if (this.#uris.has(uri)) return false;
    this.#uris.add(uri);
    for (const pattern of this.#patterns.values()) {
      if (isMatch(pattern, uri)) pattern.matches.add(uri);
    }
    return true;
  }

  /** @returns whether the file was present */
  delete(uri: string): boolean {
    for (const { matches } of this.#patterns.values()) matches.delete(uri);
    return this.#uris.delete(uri);
  }

  /** Returns the URIs of files below a folder that match a pattern. */
  async matching(folder: string, glob: string, slices: TimeSlicer): Promise<ReadonlySet<string>> {
    const key = `${folder}\0${glob}`;
    this.#usedPatterns.add(key);
    const known = this.#patterns.get(key);
    if (known) return known.matches;
    const pattern = { folder, expression: new Glob(glob), matches: new Set<string>() };
    for (const uri of this.#uris) {
      if (isMatch(pattern, uri)) pattern.matches.add(uri);
      if (slices.isOver) await slices.pause();
    }
    this.#patterns.set(key, pattern);
    return pattern.matches;
  }

  /** Removes patterns that weren't used since the last call. */
  forgetUnused(): void {
    for (const key of this.#patterns.keys())
      if (!this.#usedPatterns.has(key)) this.#patterns.delete(key);
    this.#usedPatterns.clear();
  }
}

function isMatch({ folder, expression }: Pattern, uri: string): boolean {
  const path = relativePath(folder, uri);
  return path !== undefined && path !== '' && expression.test(path);
}

import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';
import { dirnameUri, isWithin, joinUri, relativePath } from '../../../base';
import type { Clock, FileSystem } from '../../ports';
import { decodeText } from '../processing/localReferences';

export interface FileSelectorOptions {
  /** Globs of the files to look into, relative to the folder. */
  readonly include: readonly string[];
  /** Globs of files and folders to leave out. */
  readonly exclude: readonly string[];
}

/**
 * Decides which files of a workspace folder discovery looks into: by globs and by the `.gitignore`
 * files on the way, those of enclosing folders up to the repository's root included.
 *
 * Symbolic links are not followed: what they lead to is either found by itself or outside.
 */
export class FileSelector {
  #root: string;
  #repository: string | undefined;
  #fileSystem: FileSystem;
  #isIncluded: (path: string) => boolean;
  #isExcluded: (path: string) => boolean;
  #ignoreFiles = new Map<string, Promise<Ignore | undefined>>();
  #top: Promise<string> | undefined;

  /** @param deps.repository - URI of the git repository that the folder lies in, if any */
  constructor(deps: {
    root: string;
    repository: string | undefined;
    fileSystem: FileSystem;
    options: FileSelectorOptions;
  }) {
    this.#root = deps.root;
    this.#repository = deps.repository;
    this.#fileSystem = deps.fileSystem;
    this.#isIncluded = matcher(deps.options.include);
    this.#isExcluded = matcher(deps.options.exclude);
  }

  /** Finds all files, in no particular order. @throws AbortError if the signal is aborted */
  async findFiles({ signal, clock }: { signal?: AbortSignal; clock: Clock }): Promise<string[]> {
    return this.findFilesBelow(this.#root, { signal, clock });
  }

  /** The same below one folder of the root, which must itself be selected. */
  async findFilesBelow(
    folder: string,
    { signal, clock }: { signal?: AbortSignal; clock: Clock },
  ): Promise<string[]> {
    const found: string[] = [];
    const pending = [folder];
    let active = 0;
    let lastPause = clock.now();
    await new Promise<void>((resolve, reject) => {
      const next = (): void => {
        if (signal?.aborted) return reject(abortError(signal));
        while (active < MAX_OPEN_FOLDERS) {
          const current = pending.pop();
          if (current === undefined) break;
          active++;
          void this.#readFolder(current, found, pending)
            .then(async () => {
              if (clock.now() - lastPause < FRAME) return;
              lastPause = clock.now();
              await clock.yield();
            })
            .then(() => {
              active--;
              next();
            }, reject);
        }
        if (active === 0 && pending.length === 0) resolve();
      };
      next();
    });
    return found;
  }

  /** Whether discovery would find this file, judged by its path. */
  async selects(uri: string): Promise<boolean> {
    const path = relativePath(this.#root, uri);
    if (!path || !this.#isIncluded(path)) return false;
    return !(await this.#isPathLeftOut(uri, path));
  }

  /** Whether discovery would look into this folder. */
  async selectsFolder(uri: string): Promise<boolean> {
    const path = relativePath(this.#root, uri);
    if (path === undefined) return false;
    return path === '' || !(await this.#isPathLeftOut(uri, path, true));
  }

  async #isPathLeftOut(uri: string, path: string, isFolder = false): Promise<boolean> {
    const segments = path.split('/');
    for (let depth = 1; depth <= segments.length; depth++) {
      const part = segments.slice(0, depth).join('/');
      const partIsFolder = isFolder || depth < segments.length;
      if (this.#isExcluded(part)) return true;
      if (await this.#isIgnored(joinUri(this.#root, part), partIsFolder)) return true;
    }
    return false;
  }

  async #readFolder(folder: string, found: string[], pending: string[]): Promise<void> {
    let entries;
    try {
      entries = await this.#fileSystem.readDirectory(folder);
    } catch {
      // A folder that cannot be read, or vanished meanwhile, holds nothing for us.
      return;
    }
    for (const { name, type, isSymbolicLink } of entries) {
      if (isSymbolicLink || type === 'unknown') continue;
      const uri = joinUri(folder, name);
      const path = relativePath(this.#root, uri) ?? name;
      if (type === 'file' && !this.#isIncluded(path)) continue;
      if (this.#isExcluded(path)) continue;
      if (await this.#isIgnored(uri, type === 'directory')) continue;
      if (type === 'directory') pending.push(uri);
      else found.push(uri);
    }
  }

  async #isIgnored(uri: string, isFolder: boolean): Promise<boolean> {
    return this.#isIgnoredUpTo(await (this.#top ??= this.#findTop()), uri, isFolder);
  }

  /**
   * The outermost folder whose `.gitignore` counts: the repository's. Who opens a folder that the
   * repository ignores wants to see it all the same, by its own rules.
   */
  async #findTop(): Promise<string> {
    const repository = this.#repository ?? this.#root;
    for (
      let folder = this.#root;
      folder !== repository && isWithin(repository, folder);
      folder = dirnameUri(folder)
    ) {
      if (await this.#isIgnoredUpTo(repository, folder, true)) return this.#root;
    }
    return repository;
  }

  /** As git does: the `.gitignore` nearest to the file that says something of it decides. */
  async #isIgnoredUpTo(top: string, uri: string, isFolder: boolean): Promise<boolean> {
    for (let folder = dirnameUri(uri); isWithin(top, folder); folder = dirnameUri(folder)) {
      const rules = await this.#ignoreFile(folder);
      const path = rules && relativePath(folder, uri);
      if (path) {
        const { ignored, unignored } = rules.test(isFolder ? `${path}/` : path);
        if (ignored) return true;
        if (unignored) return false;
      }
      if (folder === top) break;
    }
    return false;
  }

  #ignoreFile(folder: string): Promise<Ignore | undefined> {
    let rules = this.#ignoreFiles.get(folder);
    if (!rules) {
      rules = this.#readIgnoreFile(joinUri(folder, '.gitignore'));
      this.#ignoreFiles.set(folder, rules);
    }
    return rules;
  }

  async #readIgnoreFile(uri: string): Promise<Ignore | undefined> {
    try {
      const text = decodeText(await this.#fileSystem.readFile(uri));
      return ignore({ allowRelativePaths: true, ignorecase: false }).add(text);
    } catch {
      return undefined;
    }
  }
}

const MAX_OPEN_FOLDERS = 32;
/** Milliseconds. */
const FRAME = 8;

function matcher(globs: readonly string[]): (path: string) => boolean {
  const usable = globs.filter(glob => glob.trim() !== '');
  return usable.length ? picomatch([...usable], { dot: true }) : () => false;
}

export function abortError(signal: AbortSignal): Error {
  return signal.reason instanceof Error
    ? signal.reason
    : new DOMException('This operation was aborted', 'AbortError');
}

import {
  basenameUri,
  childUri,
  dirnameUri,
  errorMessage,
  getOrInsert,
  isWithin,
  joinUri,
  relativePath,
} from '../../../../base';
import { TimeSlicer } from '../../../../platform/core';
import { decodeText, readStamped } from '../../../../platform/core/files';
import { type IgnoreRules, readIgnoreRules } from '../../../../platform/core/globs';
import type { Clock, FileSystem } from '../../../../platform/core/ports';
import { type GlobMatcher, globMatcher } from './globs';

export interface FileSelectorOptions {
  /** Globs of included files, relative to the folder. */
  readonly include: readonly string[];
  /** Globs of excluded files and folders. */
  readonly exclude: readonly string[];
  /** Whether all files are from a commit, so that `.gitignore` doesn't apply. */
  readonly isTracked?: boolean;
}

/** Selected files, as plain data. */
export interface Selection {
  /** URI of the folder. */
  readonly root: string;
  /** URI of the git repository that contains the folder, if any. */
  readonly repository: string | undefined;
  readonly options: FileSelectorOptions;
}

export interface FileSelectorDeps extends Selection {
  readonly fileSystem: FileSystem;
  /** Called once per pattern that is too complex and skipped, with the `.gitignore` that contains it. */
  readonly onTooComplex?: ((pattern: string, file: string | undefined) => void) | undefined;
  /** Called with the URI of a `.gitignore` whose rules don't count, and why. */
  readonly onUnreadRules?: ((file: string, reason: string) => void) | undefined;
}

export interface FindFilesOptions {
  readonly signal?: AbortSignal | undefined;
  /** Undefined on a thread without other work. */
  readonly clock: Clock | undefined;
  /** Called with the URI of each found file. */
  readonly onFile: (uri: string) => void;
  /** Called for each folder with a `.git`, before its files and folders. */
  readonly onRepository?: (folder: string) => void;
  /** Called with the URI of a folder that cannot be read. */
  readonly onUnreadable?: ((folder: string) => void) | undefined;
}

/** A folder to walk. */
interface Folder {
  readonly uri: string;
  /** Path relative to the root. */
  readonly path: string;
  readonly rules: Rules | undefined;
}

/** Rules of a `.gitignore` that apply in a folder, followed by those farther up. */
interface Rules {
  readonly rules: IgnoreRules;
  /** Folder of the `.gitignore`, relative to the root; empty also for folders above the root. */
  readonly path: string;
  /** For a folder above the root, the path from there to the root, with a trailing slash. */
  readonly prefix?: string;
  readonly above: Rules | undefined;
}

/**
 * Selects the files of a workspace folder for discovery, by globs and by `.gitignore` files up to
 * the repository root.
 *
 * Symbolic links aren't followed: their targets are found by themselves or are outside.
 */
export class FileSelector {
  readonly selection: Selection;
  #root: string;
  #repository: string | undefined;
  #fileSystem: FileSystem;
  #onTooComplex: FileSelectorDeps['onTooComplex'];
  #onUnreadRules: FileSelectorDeps['onUnreadRules'];
  #reported = new Set<string>();
  #isIncluded: GlobMatcher;
  #isExcluded: GlobMatcher;
  #ignoreFiles = new Map<string, Promise<IgnoreRules | undefined>>();
  #top: Promise<string> | undefined;
  #realRoot: Promise<string> | undefined;

  constructor({ fileSystem, onTooComplex, onUnreadRules, ...selection }: FileSelectorDeps) {
    const { root, repository, options } = selection;
    this.selection = selection;
    this.#root = root;
    this.#repository = repository;
    this.#fileSystem = fileSystem;
    this.#onTooComplex = onTooComplex;
    this.#onUnreadRules = onUnreadRules;
    const report = (pattern: string): void => this.#reportPattern(pattern, undefined);
    this.#isIncluded = globMatcher(options.include, report);
    this.#isExcluded = globMatcher(options.exclude, report);
  }

  /**
   * Finds all files in some selected folders of the root, in no particular order.
   *
   * @throws AbortError if the signal is aborted
   */
  async findFiles(
    folders: readonly string[],
    { signal, clock, onFile, onRepository, onUnreadable }: FindFilesOptions,
  ): Promise<void> {
    const pending: Folder[] = [];
    for (const uri of folders) {
      const path = relativePath(this.#root, uri) ?? '';
      pending.push({ uri, path, rules: await this.#rulesAbove(uri) });
    }
    let active = 0;
    const slices = clock && new TimeSlicer(clock);
    await new Promise<void>((resolve, reject) => {
      const done = (): void => {
        active--;
        next();
      };
      const next = (): void => {
        if (signal?.aborted) return reject(signal.reason as Error);
        while (active < MAX_OPEN_FOLDERS && pending.length) {
          const current = pending.pop();
          if (current === undefined) break;
          active++;
          void this.#readFolder(current, { pending, onFile, onRepository, onUnreadable })
            .then(() => slices?.pause())
            .then(done, reject);
        }
        if (active === 0) resolve();
      };
      next();
    });
  }

  /** Invalidates the `.gitignore` files in changed folders. */
  forget(isChanged: (folder: string) => boolean): void {
    for (const folder of this.#ignoreFiles.keys()) {
      if (isChanged(folder)) this.#ignoreFiles.delete(folder);
    }
  }

  /** Whether discovery would find this file, based on its path. */
  async selects(uri: string): Promise<boolean> {
    const path = relativePath(this.#root, uri);
    if (!path || !this.#isIncluded(path, basenameUri(uri))) return false;
    return !(await this.#isPathLeftOut(uri, path));
  }

  /** Whether discovery would visit this folder, based on its path. */
  async selectsFolder(uri: string): Promise<boolean> {
    const path = relativePath(this.#root, uri);
    if (path === undefined) return false;
    return path === '' || !(await this.#isPathLeftOut(uri, path, true));
  }

  /** Whether the path contains a symbolic link, which discovery doesn't follow. */
  async isBehindLink(uri: string): Promise<boolean> {
    const path = relativePath(this.#root, uri);
    if (!path) return false;
    this.#realRoot ??= this.#fileSystem.realPath(this.#root);
    const [real, realRoot] = await Promise.all([this.#fileSystem.realPath(uri), this.#realRoot]);
    if (real === joinUri(realRoot, path)) return false;
    // On a case-insensitive disk, the path may also just differ in case.
    let folder = this.#root;
    for (const name of path.split('/')) {
      if (await this.#isLink(folder, name)) return true;
      folder = childUri(folder, name);
    }
    return false;
  }

  async #isLink(folder: string, name: string): Promise<boolean> {
    try {
      const entries = await this.#fileSystem.readDirectory(folder);
      return entries.some(entry => entry.name === name && entry.isSymbolicLink);
    } catch {
      // The walk reports a folder that can't be listed.
      return false;
    }
  }

  async #isPathLeftOut(uri: string, path: string, isFolder = false): Promise<boolean> {
    const segments = path.split('/');
    for (let depth = 1; depth <= segments.length; depth++) {
      const part = segments.slice(0, depth).join('/');
      const partIsFolder = isFolder || depth < segments.length;
      if (this.#isExcluded(part, segments[depth - 1] ?? '')) return true;
      if (await this.#isIgnored(joinUri(this.#root, part), partIsFolder)) return true;
    }
    return false;
  }

  async #readFolder(
    folder: Folder,
    {
      pending,
      onFile,
      onRepository,
      onUnreadable,
    }: Pick<FindFilesOptions, 'onFile' | 'onRepository' | 'onUnreadable'> & {
      pending: Folder[];
    },
  ): Promise<void> {
    let entries;
    try {
      entries = await this.#fileSystem.readDirectory(folder.uri);
    } catch {
      // The folder may have been deleted meanwhile.
      const found = await this.#fileSystem.stat(folder.uri).catch(() => undefined);
      if (found?.type === 'directory') onUnreadable?.(folder.uri);
      return;
    }
    let { rules } = folder;
    if (entries.some(({ name }) => name === GITIGNORE)) {
      const own = await this.#ignoreFile(folder.uri);
      if (own) rules = { rules: own, path: folder.path, above: rules };
    }
    // Runs for every file of a workspace, so it allocates nothing for skipped entries.
    for (const { name, type, isSymbolicLink } of entries) {
      if (name === '.git') onRepository?.(folder.uri);
      if (isSymbolicLink || type === 'unknown') continue;
      const path = folder.path === '' ? name : `${folder.path}/${name}`;
      if (type === 'file' && !this.#isIncluded(path, name)) continue;
      if (this.#isExcluded(path, name)) continue;
      if (rules && isIgnoredBy(rules, path, type === 'directory')) continue;
      const uri = childUri(folder.uri, name);
      if (type === 'directory') pending.push({ uri, path, rules });
      else onFile(uri);
    }
  }

  /** Returns the `.gitignore` rules of the folders above, nearest first. */
  async #rulesAbove(folder: string): Promise<Rules | undefined> {
    const top = await (this.#top ??= this.#findTop());
    const folders: string[] = [];
    for (let at = folder; at !== top && isWithin(top, at);) {
      at = dirnameUri(at);
      folders.push(at);
    }
    let rules: Rules | undefined;
    for (const uri of folders.reverse()) {
      const own = await this.#ignoreFile(uri);
      if (!own) continue;
      // Above the root, paths must start with the path down to the root.
      const path = relativePath(this.#root, uri);
      rules =
        path === undefined
          ? {
              rules: own,
              path: '',
              prefix: `${relativePath(uri, this.#root) ?? ''}/`,
              above: rules,
            }
          : { rules: own, path, above: rules };
    }
    return rules;
  }

  async #isIgnored(uri: string, isFolder: boolean): Promise<boolean> {
    return this.#isIgnoredUpTo(await (this.#top ??= this.#findTop()), uri, isFolder);
  }

  /**
   * Returns the outermost folder whose `.gitignore` applies: the repository root. If the repository
   * ignores the opened folder, only the folder's own rules apply.
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

  /** Like git, uses the nearest `.gitignore` with a matching rule. */
  async #isIgnoredUpTo(top: string, uri: string, isFolder: boolean): Promise<boolean> {
    for (let folder = dirnameUri(uri); isWithin(top, folder); folder = dirnameUri(folder)) {
      const rules = await this.#ignoreFile(folder);
      const path = rules && relativePath(folder, uri);
      if (path) {
        const match = rules.match(path, isFolder);
        if (match) return match === 'ignored';
      }
      if (folder === top) break;
    }
    return false;
  }

  /** Reports a skipped pattern, once. */
  #reportPattern(pattern: string, file: string | undefined): void {
    const key = `${file ?? ''}\0${pattern}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.#onTooComplex?.(pattern, file);
  }

  #ignoreFile(folder: string): Promise<IgnoreRules | undefined> {
    return getOrInsert(this.#ignoreFiles, folder, () =>
      this.#readIgnoreFile(joinUri(folder, GITIGNORE)),
    );
  }

  async #readIgnoreFile(uri: string): Promise<IgnoreRules | undefined> {
    if (this.selection.options.isTracked) return undefined;
    try {
      const found = await readStamped(this.#fileSystem, uri, MAX_GITIGNORE);
      if (found?.stat.type !== 'file') return undefined;
      if (found.content) {
        return readIgnoreRules(decodeText(found.content), rule => this.#reportPattern(rule, uri));
      }
      this.#onUnreadRules?.(uri, 'it is too large');
      return undefined;
    } catch (error) {
      this.#onUnreadRules?.(uri, errorMessage(error));
      return undefined;
    }
  }
}

const MAX_OPEN_FOLDERS = 32;
const GITIGNORE = '.gitignore';
/** Maximum size of a `.gitignore`, in bytes. */
const MAX_GITIGNORE = 256 * 1024;

/** Like git, uses the nearest `.gitignore` with a matching rule. */
function isIgnoredBy(nearest: Rules, path: string, isFolder: boolean): boolean {
  for (let at: Rules | undefined = nearest; at; at = at.above) {
    const own = at.path === '' ? `${at.prefix ?? ''}${path}` : path.slice(at.path.length + 1);
    const match = at.rules.match(own, isFolder);
    if (match) return match === 'ignored';
  }
  return false;
}

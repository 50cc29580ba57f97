import {
  basenameUri,
  childUri,
  dirnameUri,
  getOrInsert,
  isWithin,
  joinUri,
  relativePath,
} from '../../../../base';
import { Slices } from '../../../../platform/core';
import { decodeText, readStamped } from '../../../../platform/core/files';
import { type IgnoreRules, readIgnoreRules } from '../../../../platform/core/globs';
import type { Clock, FileSystem } from '../../../../platform/core/ports';
import { type GlobMatcher, globMatcher } from './globs';

export interface FileSelectorOptions {
  /** Globs of the files to look into, relative to the folder. */
  readonly include: readonly string[];
  /** Globs of files and folders to leave out. */
  readonly exclude: readonly string[];
  /** Whether all files are a commit's: then `.gitignore` files say nothing of them. */
  readonly isTracked?: boolean;
}

/** Which files are selected, as plain data. */
export interface Selection {
  /** URI of the folder. */
  readonly root: string;
  /** URI of the git repository that the folder lies in, if any. */
  readonly repository: string | undefined;
  readonly options: FileSelectorOptions;
}

export interface FileSelectorDeps extends Selection {
  readonly fileSystem: FileSystem;
  /** Called once with each pattern that is skipped because it is too complex, and the `.gitignore` that has it. */
  readonly onTooComplex?: ((pattern: string, file: string | undefined) => void) | undefined;
}

export interface FindFilesOptions {
  readonly signal?: AbortSignal | undefined;
  /** Undefined on a thread on which nothing else waits. */
  readonly clock: Clock | undefined;
  /** Called for each file that was found, with its URI. */
  readonly onFile: (uri: string) => void;
  /** Called for each folder that holds a `.git`, before its files and the folders in it. */
  readonly onRepository?: (folder: string) => void;
  /** Called with the URI of a folder that cannot be read. */
  readonly onUnreadable?: ((folder: string) => void) | undefined;
}

/** A folder that is being walked. */
interface Folder {
  readonly uri: string;
  /** Relative to the root. */
  readonly path: string;
  readonly rules: Rules | undefined;
}

/** A `.gitignore` that counts in a folder, and those farther away. */
interface Rules {
  readonly rules: IgnoreRules;
  /** Of the folder that it stands in, relative to the root; empty also for folders around the root. */
  readonly path: string;
  /** For a folder around the root: what leads from there to the root, with a slash at the end. */
  readonly prefix?: string;
  readonly above: Rules | undefined;
}

/**
 * Decides which files of a workspace folder discovery looks into: by globs and by the `.gitignore`
 * files on the way, those of enclosing folders up to the repository's root included.
 *
 * Symbolic links are not followed: what they lead to is either found by itself or outside.
 */
export class FileSelector {
  readonly selection: Selection;
  #root: string;
  #repository: string | undefined;
  #fileSystem: FileSystem;
  #onTooComplex: FileSelectorDeps['onTooComplex'];
  #reported = new Set<string>();
  #isIncluded: GlobMatcher;
  #isExcluded: GlobMatcher;
  #ignoreFiles = new Map<string, Promise<IgnoreRules | undefined>>();
  #top: Promise<string> | undefined;
  #realRoot: Promise<string> | undefined;

  constructor({ fileSystem, onTooComplex, ...selection }: FileSelectorDeps) {
    const { root, repository, options } = selection;
    this.selection = selection;
    this.#root = root;
    this.#repository = repository;
    this.#fileSystem = fileSystem;
    this.#onTooComplex = onTooComplex;
    const report = (pattern: string): void => this.#reportPattern(pattern, undefined);
    this.#isIncluded = globMatcher(options.include, report);
    this.#isExcluded = globMatcher(options.exclude, report);
  }

  /**
   * Finds all files below some folders of the root, which must themselves be selected, in no
   * particular order.
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
    const slices = clock && new Slices(clock);
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

  /** Has the `.gitignore` files be read anew that are where something changed, or below. */
  forget(isChanged: (folder: string) => boolean): void {
    for (const folder of this.#ignoreFiles.keys()) {
      if (isChanged(folder)) this.#ignoreFiles.delete(folder);
    }
  }

  /** Whether discovery would find this file, judged by its path. */
  async selects(uri: string): Promise<boolean> {
    const path = relativePath(this.#root, uri);
    if (!path || !this.#isIncluded(path, basenameUri(uri))) return false;
    return !(await this.#isPathLeftOut(uri, path));
  }

  /** Whether discovery would look into this folder, judged by its path. */
  async selectsFolder(uri: string): Promise<boolean> {
    const path = relativePath(this.#root, uri);
    if (path === undefined) return false;
    return path === '' || !(await this.#isPathLeftOut(uri, path, true));
  }

  /** Whether a symbolic link leads there from the root: then discovery does not come that way. */
  async isBehindLink(uri: string): Promise<boolean> {
    const path = relativePath(this.#root, uri);
    if (!path) return false;
    this.#realRoot ??= this.#fileSystem.realPath(this.#root);
    const [real, realRoot] = await Promise.all([this.#fileSystem.realPath(uri), this.#realRoot]);
    if (real === joinUri(realRoot, path)) return false;
    // It may also be called otherwise on a disk that takes `A` for `a`.
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
      // It may have vanished meanwhile.
      const found = await this.#fileSystem.stat(folder.uri).catch(() => undefined);
      if (found?.type === 'directory') onUnreadable?.(folder.uri);
      return;
    }
    let { rules } = folder;
    if (entries.some(({ name }) => name === GITIGNORE)) {
      const own = await this.#ignoreFile(folder.uri);
      if (own) rules = { rules: own, path: folder.path, above: rules };
    }
    // This runs for every file of a workspace: nothing is made of what is passed over.
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

  /** The `.gitignore` files that count in a folder besides its own, the nearest first. */
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
      // Of a folder around the root the path starts with what leads down to the root.
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
        const verdict = rules.verdict(path, isFolder);
        if (verdict) return verdict === 'ignored';
      }
      if (folder === top) break;
    }
    return false;
  }

  /** Reports a pattern that was skipped because it is too complex, once. */
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
      if (found?.stat.type !== 'file' || !found.content) return undefined;
      return readIgnoreRules(decodeText(found.content), rule => this.#reportPattern(rule, uri));
    } catch {
      return undefined;
    }
  }
}

const MAX_OPEN_FOLDERS = 32;
const GITIGNORE = '.gitignore';
/** In bytes; nobody writes as many rules. */
const MAX_GITIGNORE = 256 * 1024;

/** As git does: the `.gitignore` nearest to the file that says something of it decides. */
function isIgnoredBy(nearest: Rules, path: string, isFolder: boolean): boolean {
  for (let at: Rules | undefined = nearest; at; at = at.above) {
    const own = at.path === '' ? `${at.prefix ?? ''}${path}` : path.slice(at.path.length + 1);
    const verdict = at.rules.verdict(own, isFolder);
    if (verdict) return verdict === 'ignored';
  }
  return false;
}

import { isWithin, relativePath } from '../../../../base';
import type { Clock, FileSystem, FileType } from '../../../../platform/core/ports';
import { FileSelector, type FileSelectorDeps } from '../discovery/fileSelector';
import type { CatalogOptions } from '../options';
import type { RepositoryFinder } from '../repository/repositories';
import type { CatalogRoot } from './catalogIndex';

export interface WorkspaceRoot extends CatalogRoot {
  /** Position in conflict order. */
  readonly index: number;
  readonly selector: FileSelector;
}

/** Workspace folders. If they are nested, the innermost one determines a file. */
export class WorkspaceRoots {
  #roots: readonly WorkspaceRoot[];

  constructor(roots: readonly WorkspaceRoot[] = []) {
    this.#roots = roots;
  }

  static async open(
    roots: readonly CatalogRoot[],
    {
      options: { include, exclude, filesExclude },
      repositories,
      fileSystem,
      isTracked = false,
      ...reports
    }: {
      options: CatalogOptions;
      repositories: RepositoryFinder;
      fileSystem: FileSystem;
      /** Whether all files are from a commit, so that none is ignored. */
      isTracked?: boolean;
    } & Pick<FileSelectorDeps, 'onTooComplex' | 'onUnreadRules'>,
  ): Promise<WorkspaceRoots> {
    const opened = roots.map(async (root, index) => ({
      ...root,
      index: root.group ?? index,
      selector: new FileSelector({
        root: root.uri,
        repository: (await repositories.find(root.uri))?.root,
        fileSystem,
        ...reports,
        options: { include, exclude: [...exclude, ...filesExclude], isTracked },
      }),
    }));
    return new WorkspaceRoots(await Promise.all(opened));
  }

  all(): readonly WorkspaceRoot[] {
    return this.#roots;
  }

  /** Returns the innermost folder that contains a place; undefined if none does. */
  of(uri: string): WorkspaceRoot | undefined {
    let innermost: WorkspaceRoot | undefined;
    for (const root of this.#roots) {
      if (!isWithin(root.uri, uri)) continue;
      if (!innermost || root.uri.length > innermost.uri.length) innermost = root;
    }
    return innermost;
  }

  /** Returns a file's path as shown to users: relative to its folder, with the folder's name if there are several. */
  displayPath(uri: string): string {
    const root = this.of(uri);
    const path = root && relativePath(root.uri, uri);
    if (!root || path === undefined) return uri;
    return this.#roots.length > 1 ? `${root.name}/${path}` : path;
  }

  /** Returns the files that discovery finds at a created or changed file or folder. */
  async filesOf(
    uri: string,
    type: FileType | undefined,
    {
      signal,
      clock,
      onUnreadable,
    }: {
      signal: AbortSignal | undefined;
      clock: Clock;
      onUnreadable?: (folder: string) => void;
    },
  ): Promise<readonly string[]> {
    const root = this.of(uri);
    if (type === 'file') return (await root?.selector.selects(uri)) ? [uri] : [];
    if (type !== 'directory') return [];
    const found: string[] = [];
    for (const other of this.#roots) {
      const isInside = other !== root && isWithin(uri, other.uri);
      if (!isInside && (other !== root || !(await other.selector.selectsFolder(uri)))) continue;
      await other.selector.findFiles([isInside ? other.uri : uri], {
        signal,
        clock,
        onUnreadable,
        onFile: file => {
          if (this.of(file) === other) found.push(file);
        },
      });
    }
    return found;
  }

  /** Invalidates the `.gitignore` files of changed folders. */
  forget(hasChanged: (folder: string) => boolean): void {
    for (const { selector } of this.#roots) selector.forget(hasChanged);
  }
}

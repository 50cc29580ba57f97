import { childUri, dirnameUri, isWithin, joinUri, uriPath } from '../../../../base';
import type { FileSystem } from '../../../../platform/core/ports';
import {
  checkNullBytes,
  fileError,
  InputError,
  joinPath,
  NotAllowedError,
  TaskLimitError,
} from '../../../scm/core/forgeFiles';
import { DEFAULT_LIMITS } from '../workspace/memoryWorkspace';
import type { FetchOptions, SourceEntry, SourceFile, TemplateSources } from './templateSources';

/**
 * Files in a Template's repository. In Backstage, a path may go up to the root of the repository; in a dry run,
 * only below the Template's folder. The first applies if there is a repository, otherwise the second.
 */
export class LocalSources implements TemplateSources {
  readonly #fileSystem: FileSystem;
  readonly #repository: string | undefined;

  /** @param repository - URI of the folder that contains all sources. Default: the Template's folder */
  constructor(fileSystem: FileSystem, repository: string | undefined) {
    this.#fileSystem = fileSystem;
    this.#repository = repository;
  }

  async readTree(
    url: string,
    base: string,
    { signal }: FetchOptions,
  ): Promise<readonly SourceEntry[]> {
    const { uri, boundary } = await this.#resolve(url, base);
    const stat = await this.#fileSystem.stat(uri);
    if (!stat) throw fileError('ENOENT', 'lstat', uriPath(uri));
    if (stat.type !== 'directory') return [await this.#read(uri, '')];
    const entries: SourceEntry[] = [];
    let size = 0;
    const waiting: [uri: string, path: string][] = [[uri, '']];
    for (const [folder, prefix] of waiting) {
      const children = [...(await this.#fileSystem.readDirectory(folder))];
      children.sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const { name, type, isSymbolicLink } of children) {
        signal.throwIfAborted();
        const child = childUri(folder, name);
        const path = joinPath(prefix, name);
        // Follows links to files in the same tree, and skips others.
        if (isSymbolicLink && (type !== 'file' || !(await this.#isInside(child, boundary)))) {
          continue;
        }
        if (type === 'directory') {
          entries.push({ path, content: undefined, isExecutable: false, origin: uriPath(child) });
          waiting.push([child, path]);
        } else if (type === 'file') {
          const entry = await this.#read(child, path);
          size += entry.content.length;
          entries.push(entry);
        }
        checkSize(size, entries.length);
      }
    }
    return entries;
  }

  async readFile(url: string, base: string, destination: string): Promise<SourceFile> {
    const { uri } = await this.#resolve(url, base);
    const stat = await this.#fileSystem.stat(uri);
    if (!stat) throw fileError('ENOENT', 'copyfile', uriPath(uri), destination);
    if (stat.type === 'directory') {
      throw fileError('EISDIR', 'copyfile', uriPath(uri), destination);
    }
    return this.#read(uri, '');
  }

  async #resolve(url: string, base: string): Promise<{ uri: string; boundary: string }> {
    checkNullBytes(url);
    if (URL.canParse(url)) {
      throw new InputError(
        `Can't fetch ${url}. Only files in the template's repository are available`,
      );
    }
    const folder = dirnameUri(base);
    // `/x` is relative to the root of the repository, as on a git host.
    const uri = url.startsWith('/')
      ? joinUri(this.#repository ?? folder, `${uriPath(this.#repository ?? folder)}${url}`)
      : joinUri(folder, url);
    const isThere = this.#repository !== undefined && (await this.#fileSystem.stat(uri));
    const boundary = isThere ? (this.#repository ?? folder) : folder;
    if (!(await this.#isInside(uri, boundary))) {
      throw new NotAllowedError(
        'Relative path is not allowed to refer to a directory outside its parent',
      );
    }
    return { uri, boundary };
  }

  async #isInside(uri: string, boundary: string): Promise<boolean> {
    if (!isWithin(boundary, uri)) return false;
    if (!(await this.#fileSystem.stat(uri))) return true;
    const [real, realBoundary] = await Promise.all([
      this.#fileSystem.realPath(uri),
      this.#fileSystem.realPath(boundary),
    ]);
    return isWithin(realBoundary, real);
  }

  async #read(uri: string, path: string): Promise<SourceFile> {
    const stat = await this.#fileSystem.stat(uri);
    checkSize(stat?.size ?? 0, 1);
    const content = await this.#fileSystem.readFile(uri);
    return { path, content, isExecutable: stat?.isExecutable ?? false, origin: uriPath(uri) };
  }
}

function checkSize(size: number, entries: number): void {
  if (size > DEFAULT_LIMITS.size || entries > DEFAULT_LIMITS.entries) {
    throw new TaskLimitError('The content to fetch is too large');
  }
}

import type { SearchLocation } from '../../../api';
import { dirnameUri, isWithin, joinUri, parseUri, relativePath } from '../../../base';
import { truncate, type Place, escapeInvisible } from './fields';
import { type AgentRoot, type AgentServices, RefusalError } from './types';

/** Maximum length of a path or URL, in characters. */
const MAX_PATH = 4096;

/**
 * Converts between URIs and the paths that agents use: relative to the workspace folder, or prefixed with the name of
 * one of several folders.
 */
export class WorkspacePlaces {
  #roots: readonly AgentRoot[];
  #services: AgentServices;

  constructor(services: AgentServices) {
    this.#services = services;
    this.#roots = services.roots();
  }

  /**
   * Returns the relative path of a file (a URI). Files outside the workspace have an absolute path or a web address.
   */
  show(uri: string): string {
    return truncate(escapeInvisible(this.#pathTo(uri)), MAX_PATH);
  }

  #pathTo(uri: string): string {
    for (const root of this.#roots) {
      const path = relativePath(root.uri, uri);
      if (path === undefined) continue;
      if (this.#roots.length === 1) return path || '.';
      return path ? `${root.name}/${path}` : root.name;
    }
    const { scheme, path } = parseUri(uri);
    return scheme === 'file' ? path : (this.#services.addressOf?.(uri) ?? uri);
  }

  place(location: SearchLocation | undefined): Place {
    if (!location) return {};
    const { file, range } = location;
    return { file: this.show(file), ...(range && { line: range.start.line + 1 }) };
  }

  /**
   * Resolves a path to a URI, relative to a workspace folder or absolute in it. The file may be missing.
   *
   * @throws RefusalError if the path is outside the workspace, also through a symbolic link
   */
  async find(path: string): Promise<string> {
    const root = this.#roots[0];
    if (!root) throw new RefusalError('No folder is open');
    const uris = this.#candidates(path.replaceAll('\\', '/'));
    for (const uri of uris) {
      const around = this.#rootOf(uri);
      if (!around) continue;
      if (uris.length > 1 && !(await this.#exists(uri))) continue;
      await this.#refuseLinks(uri, around, path);
      return uri;
    }
    const inside = uris.find(uri => this.#rootOf(uri));
    const around = inside !== undefined && this.#rootOf(inside);
    if (around) {
      await this.#refuseLinks(inside, around, path);
      return inside;
    }
    const names = this.#roots.map(({ uri }) => parseUri(uri).path).join(', ');
    throw new RefusalError(
      `"${path}" is outside the workspace. Give a path in ${names}, such as "catalog-info.yaml".`,
    );
  }

  /**
   * Resolves a path to an existing file or folder; see `find`.
   *
   * @throws RefusalError also if it doesn't exist
   */
  async findExisting(path: string): Promise<{ readonly uri: string; readonly isFile: boolean }> {
    const uri = await this.find(path);
    const stat = await this.#services.fileSystem.stat(uri).catch(() => undefined);
    if (stat) return { uri, isFile: stat.type === 'file' };
    throw new RefusalError(`Can't find "${path}" in the workspace.`);
  }

  /** URIs that a path may refer to. In a multi-root workspace, it may start with a folder name. */
  #candidates(path: string): readonly string[] {
    const absolute = pathOf(path);
    if (absolute !== undefined) {
      return this.#roots.slice(0, 1).map(({ uri }) => joinUri(uri, absolute));
    }
    if (this.#roots.length === 1) return this.#roots.map(({ uri }) => joinUri(uri, path));
    const [first = '', ...rest] = path.split('/');
    const named = this.#roots
      .filter(({ name }) => name === first)
      .map(({ uri }) => joinUri(uri, rest.join('/')));
    return [...named, ...this.#roots.map(({ uri }) => joinUri(uri, path))];
  }

  #rootOf(uri: string): AgentRoot | undefined {
    return this.#roots.find(root => isWithin(root.uri, uri));
  }

  async #exists(uri: string): Promise<boolean> {
    return (await this.#services.fileSystem.stat(uri).catch(() => undefined)) !== undefined;
  }

  /**
   * Refuses paths that a symbolic link takes out of the workspace. For a missing file, checks the nearest existing
   * folder.
   */
  async #refuseLinks(uri: string, root: AgentRoot, path: string): Promise<void> {
    const { fileSystem } = this.#services;
    let there = uri;
    while (!(await this.#exists(there))) {
      if (there.length <= root.uri.length) return;
      there = dirnameUri(there);
    }
    const [real, realRoot] = await Promise.all([
      fileSystem.realPath(there),
      fileSystem.realPath(root.uri),
    ]);
    if (isWithin(realRoot, real)) return;
    throw new RefusalError(`"${path}" is a symbolic link to a place outside the workspace.`);
  }
}

/** Returns the path of an absolute path or file URI; undefined for others. */
function pathOf(path: string): string | undefined {
  if (path.startsWith('file://')) return parseUri(path).path;
  // URIs have lower-case drive letters.
  if (/^[A-Za-z]:\//.test(path)) return `/${path.charAt(0).toLowerCase()}${path.slice(1)}`;
  return path.startsWith('/') ? path : undefined;
}

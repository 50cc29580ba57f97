import type { SearchLocation } from '../../../api';
import { dirnameUri, isWithin, joinUri, parseUri, relativePath } from '../../../base';
import { cut, type Place, visible } from './fields';
import { type AgentRoot, type AgentServices, RefusalError } from './types';

/** No file has a longer path, and no page a longer address. */
const MAX_PATH = 4096;

/** Paths as agents write and read them: below the folder of the workspace, or of one of several. */
export class WorkspacePlaces {
  #roots: readonly AgentRoot[];
  #services: AgentServices;

  constructor(services: AgentServices) {
    this.#services = services;
    this.#roots = services.roots();
  }

  /** The path of a file (a URI) as it is told; its absolute one, or its address, where it lies outside. */
  show(uri: string): string {
    return cut(visible(this.#pathTo(uri)), MAX_PATH);
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
   * The URI of a path, which nothing need be at: relative to a folder, or absolute in it.
   *
   * @throws RefusalError where it leads out of the workspace, be it by a symbolic link
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
   * A file or folder that exists; see `find`.
   *
   * @throws RefusalError also if there is none
   */
  async findExisting(path: string): Promise<{ readonly uri: string; readonly isFile: boolean }> {
    const uri = await this.find(path);
    const stat = await this.#services.fileSystem.stat(uri).catch(() => undefined);
    if (stat) return { uri, isFile: stat.type === 'file' };
    throw new RefusalError(`Can't find "${path}" in the workspace.`);
  }

  /** What a path may mean: with several folders, it may begin with the name of one. */
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

  /** What is not there is where the nearest folder above it is that is. */
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

/** An absolute path as URIs have it; undefined for others. */
function pathOf(path: string): string | undefined {
  if (path.startsWith('file://')) return parseUri(path).path;
  // Drive letters are in lower case in URIs.
  if (/^[A-Za-z]:\//.test(path)) return `/${path.charAt(0).toLowerCase()}${path.slice(1)}`;
  return path.startsWith('/') ? path : undefined;
}

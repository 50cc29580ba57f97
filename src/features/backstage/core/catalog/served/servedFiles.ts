import { formatUri, parseUri } from '../../../../../base';
import { parseEntityRef } from '../../../../../model';
import type { DirectoryEntry, FileStat, FileSystem } from '../../../../../platform/core/ports';
import { SOURCE_SCHEME } from '../../../../sources/core';

/** The URI of the file that an entity of a source stands in. */
export function entityUri(key: string, ref: string): string {
  const { kind, namespace, name } = parseEntityRef(ref);
  const path = `/${kind}/${namespace}/${name}.yaml`;
  return formatUri({ scheme: SOURCE_SCHEME, authority: key, path });
}

/** The ref of the entity of such a file; undefined for what is none of the source's. */
export function refOfUri(key: string, uri: string): string | undefined {
  const { scheme, authority, path } = parseUri(uri);
  if (scheme !== SOURCE_SCHEME || authority !== key || !path.endsWith('.yaml')) return undefined;
  const [empty, kind, namespace, name, ...rest] = path.slice(0, -'.yaml'.length).split('/');
  if (empty !== '' || !kind || !namespace || !name || rest.length) return undefined;
  return `${kind}:${namespace}/${name}`;
}

export interface ServedFilesDeps {
  readonly key: string;
  readonly refs: () => Iterable<string>;
  readonly has: (ref: string) => boolean;
  /** Undefined where there is no such entity. */
  readonly textOf: (ref: string) => Promise<string | undefined>;
  /** Milliseconds since the epoch. */
  readonly time: () => number | undefined;
}

/** The entities of a source as files, in a folder for each kind and in that for each namespace. */
export class ServedFiles implements FileSystem {
  readonly #deps: ServedFilesDeps;

  constructor(deps: ServedFilesDeps) {
    this.#deps = deps;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    const ref = refOfUri(this.#deps.key, uri);
    const text = ref === undefined ? undefined : await this.#deps.textOf(ref);
    if (text !== undefined) return new TextEncoder().encode(text);
    if (this.#entriesOf(uri).size) throw fileError('EISDIR', `${uri} is a folder`);
    throw missing(uri);
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const mtime = this.#deps.time() ?? 0;
    const ref = refOfUri(this.#deps.key, uri);
    if (ref !== undefined && this.#deps.has(ref)) {
      const { length: size } = await this.readFile(uri);
      return { type: 'file', size, mtime };
    }
    const isRoot = segmentsOf(uri).length === 0;
    return isRoot || this.#entriesOf(uri).size ? { type: 'directory', size: 0, mtime } : undefined;
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    const entries = this.#entriesOf(uri);
    if (!entries.size && segmentsOf(uri).length) throw missing(uri);
    return [...entries].map(([name, type]) => ({ name, type, isSymbolicLink: false }));
  }

  async realPath(uri: string): Promise<string> {
    return uri;
  }

  #entriesOf(uri: string): ReadonlyMap<string, 'file' | 'directory'> {
    const entries = new Map<string, 'file' | 'directory'>();
    const folder = segmentsOf(uri);
    if (parseUri(uri).authority !== this.#deps.key || folder.length > 2) return entries;
    for (const ref of this.#deps.refs()) {
      const { kind, namespace, name } = parseEntityRef(ref);
      const path = [kind, namespace, `${name}.yaml`];
      if (!folder.every((segment, at) => segment === path[at])) continue;
      const entry = path[folder.length];
      if (entry !== undefined) entries.set(entry, folder.length === 2 ? 'file' : 'directory');
    }
    return entries;
  }
}

function segmentsOf(uri: string): readonly string[] {
  return parseUri(uri)
    .path.split('/')
    .filter(segment => segment !== '');
}

function missing(uri: string): Error {
  return fileError('ENOENT', `There is no ${uri}`);
}

function fileError(code: 'ENOENT' | 'EISDIR', message: string): Error {
  return Object.assign(new Error(message), { code });
}

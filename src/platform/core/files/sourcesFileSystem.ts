import type { FileSystem } from '../ports';
import { readStamped } from './overlayFileSystem';

/** The URI scheme of files on other machines: `callboard-source://<key of the source>/<path>`. */
export const SOURCE_SCHEME = 'callboard-source';

/** The key for URLs in Backstage configs. No source has it, because keys of sources end in a checksum. */
export const CONFIGURED_URLS_KEY = 'app-config';

const PREFIX = `${SOURCE_SCHEME}://`;

/** Returns the key of the source that a URI belongs to; undefined for other URIs. */
export function sourceKeyOf(uri: string): string | undefined {
  if (!uri.startsWith(PREFIX)) return undefined;
  const [key = ''] = uri.slice(PREFIX.length).split('/');
  return key === '' ? undefined : key;
}

/** Creates a file system that routes each URI to another file system. */
export function routedFileSystem(
  route: (uri: string) => FileSystem | Promise<FileSystem>,
): Required<FileSystem> {
  return {
    readFile: async uri => (await route(uri)).readFile(uri),
    stat: async uri => (await route(uri)).stat(uri),
    readDirectory: async uri => (await route(uri)).readDirectory(uri),
    realPath: async uri => (await route(uri)).realPath(uri),
    readStamped: async (uri, maxSize) => readStamped(await route(uri), uri, maxSize),
  };
}

/**
 * Creates a file system that reads URIs of sources from their files, and all other URIs from `others`.
 *
 * @param find - returns the files of the source with a key, under the source's own URIs
 */
export function sourcesFileSystem(
  others: FileSystem,
  find: (key: string) => FileSystem | undefined,
): Required<FileSystem> {
  return routedFileSystem(uri => {
    const key = sourceKeyOf(uri);
    return key === undefined ? others : (find(key) ?? emptyFileSystem);
  });
}

/** A file system without files. */
export const emptyFileSystem: FileSystem = {
  readFile: uri => Promise.reject(missing(uri)),
  stat: () => Promise.resolve(undefined),
  readDirectory: uri => Promise.reject(missing(uri)),
  realPath: uri => Promise.resolve(uri),
};

function missing(uri: string): Error {
  return Object.assign(new Error(`ENOENT: no such file or directory, open '${uri}'`), {
    code: 'ENOENT',
  });
}

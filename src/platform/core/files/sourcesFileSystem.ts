import type { FileSystem } from '../ports';
import { readStamped } from './overlayFileSystem';

/** The scheme of the URIs of files that lie on other machines: `callboard-source://<key of the source>/<path>`. */
export const SOURCE_SCHEME = 'callboard-source';

/** The key of what a Backstage's configs lead to, which is no source's, as those end in a sum. */
export const CONFIGURED_URLS_KEY = 'app-config';

const PREFIX = `${SOURCE_SCHEME}://`;

/** The key of the source whose file a URI is; undefined where it is none of a source. */
export function sourceKeyOf(uri: string): string | undefined {
  if (!uri.startsWith(PREFIX)) return undefined;
  const [key = ''] = uri.slice(PREFIX.length).split('/');
  return key === '' ? undefined : key;
}

/** A file system that reads each URI from another one. */
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
 * Reads files of sources where they are asked for, and all others from the machine.
 *
 * @param find - files of the source with a key, which has them below its own URIs
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

import { relative, sep } from 'node:path';
import { decodeEscapes } from '../base';
import { fileUriToPath } from '../platform/node';

/** The path of a file as it is shown, relative to a folder, with `/`; of one on another machine its address. */
export type ShowPath = (uri: string) => string;

export function pathsRelativeTo(folder: string): ShowPath {
  const known = new Map<string, string>();
  return uri => {
    if (!uri.startsWith('file:')) return decodeEscapes(uri);
    let path = known.get(uri);
    if (path === undefined) {
      path = relative(folder, fileUriToPath(uri)).replaceAll(sep, '/');
      if (path === '') path = '.';
      known.set(uri, path);
    }
    return path;
  };
}

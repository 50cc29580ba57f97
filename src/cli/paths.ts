import { relative, sep } from 'node:path';
import { decodeEscapes } from '../base';
import { fileUriToPath } from '../platform/node';

/**
 * Returns the displayed path of a file: relative to a folder, with `/`, or the address of a file on another machine.
 */
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

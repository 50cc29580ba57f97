import { formatUri, parseUri } from '../../../base';

/** The style of paths; a parameter rather than the current platform, so that both can be tested. */
export interface PathStyle {
  readonly windows: boolean;
}

const here: PathStyle = { windows: process.platform === 'win32' };

/**
 * Returns the canonical `file:` URI of an absolute path. As in VS Code, drive letters are lowercase, and the server of
 * a UNC path (`\\server\share`) is the authority.
 */
export function pathToFileUri(path: string, { windows }: PathStyle = here): string {
  let portable = windows ? path.replaceAll('\\', '/') : path;
  let authority = '';
  if (windows) {
    const unc = /^\/\/([^/]+)(.*)$/s.exec(portable);
    if (unc) {
      authority = unc[1]?.toLowerCase() ?? '';
      portable = unc[2] ?? '';
    } else if (/^[A-Za-z]:/.test(portable)) {
      portable = `/${portable[0]?.toLowerCase()}${portable.slice(1)}`;
    }
  }
  if (portable.length > 1) portable = portable.replace(/\/+$/, '');
  return formatUri({ scheme: 'file', authority, path: portable === '' ? '/' : portable });
}

/** Returns the path of a `file:` URI. @throws TypeError for URIs of other schemes */
export function fileUriToPath(uri: string, { windows }: PathStyle = here): string {
  // A shortcut for most paths: this runs for every file and folder of a workspace.
  if (!windows && uri.startsWith('file:///') && !uri.includes('%')) return uri.slice(7);
  const { scheme, authority, path } = parseUri(uri);
  if (scheme.toLowerCase() !== 'file') throw new TypeError(`Not a file URI: ${uri}`);
  if (!windows) {
    // Only Windows reaches other machines by name; elsewhere the path would silently be a different one.
    if (authority !== '') throw new TypeError(`File URI of another machine: ${uri}`);
    return path;
  }
  const backslashed = path.replaceAll('/', '\\');
  if (authority !== '') return `\\\\${authority}${backslashed}`;
  const drive = /^\\([A-Za-z]:)(.*)$/s.exec(backslashed);
  if (!drive) return backslashed;
  return `${drive[1]}${drive[2] === '' ? '\\' : drive[2]}`;
}

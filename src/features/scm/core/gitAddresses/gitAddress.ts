import { decodeEscapes, failure, ok, type Result } from '../../../../base';

/** Parsed address of a repository. */
export interface GitAddress {
  readonly protocol: 'https' | 'http' | 'ssh' | 'git' | 'file';
  /** URL to pass to git. */
  readonly url: string;
  /** In lower case, with a port if written; empty for `file`. */
  readonly host: string;
  /** Scheme, host and port of `https` and `http`; undefined for others. */
  readonly origin: string | undefined;
}

const PROTOCOLS = ['https', 'http', 'ssh', 'git', 'file'] as const;

const UNPRINTABLE = /[\0-\x20\x7f]/;
/** Matches hosts that can't be mistaken for command-line options. */
const HOST = /^(?!-)[\w.-]+$/;

/**
 * Parses the address of a repository. Rejects git helpers that start programs (`ext::`, `fd::`, `NAME::`), hosts
 * that look like options, and credentials.
 *
 * @returns a sentence about the problem, never with a password
 */
export function readGitAddress(text: string): Result<GitAddress> {
  if (text === '') return failure('The address of a repository is missing');
  if (UNPRINTABLE.test(text)) {
    return failure('The address of a repository must not contain spaces or control characters');
  }
  if (text.includes('\\')) return failure('The address of a repository must use "/"');
  if (text.startsWith('-')) return failure('The address of a repository must not start with "-"');
  if (/^[^/]*::/.test(text)) {
    return failure(
      'Addresses of the form "helper::address" are not allowed because they start programs',
    );
  }
  const [, scheme] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text) ?? [];
  if (scheme === undefined) return readShort(text);
  const protocol = PROTOCOLS.find(name => name === scheme.toLowerCase());
  if (!protocol) {
    return failure(`Repositories are not fetched over ${scheme}. Use https, ssh or file`);
  }
  if (!URL.canParse(text)) return failure('The address of the repository is not a URL');
  const { host, hostname, username, password, pathname, search, hash, origin } = new URL(text);
  if (password !== '' || (username !== '' && protocol !== 'ssh')) {
    return failure('The address of a repository must not contain credentials');
  }
  if (search !== '' || hash !== '') {
    return failure('The address of a repository must not contain "?" or "#"');
  }
  const [, written = ''] = /:\/\/(?:[^/@]*@)?([^/]*)/.exec(text) ?? [];
  // All URL parsers must agree on the host.
  if (![host, `${host}:443`, `${host}:80`].includes(written.toLowerCase())) {
    return failure('The address of the repository has no valid host');
  }
  if (username.startsWith('-') || decodeEscapes(username).startsWith('-')) {
    return failure('The name of a user must not start with "-"');
  }
  if (protocol === 'file') {
    return host === ''
      ? ok({ protocol, url: text, host: '', origin: undefined })
      : failure('Files on other machines are not read. Use file:///PATH');
  }
  const isAddress = /^\[[0-9a-f:.]+\]$/i.test(hostname);
  if (!isAddress && !HOST.test(hostname)) {
    return failure('The address of the repository has no valid host');
  }
  if (pathname.replace(/\//g, '') === '') {
    return failure('The address has a host but no repository');
  }
  const isWeb = protocol === 'https' || protocol === 'http';
  return ok({
    protocol,
    url: text,
    host: host.toLowerCase(),
    origin: isWeb ? origin : undefined,
  });
}

/** Parses ssh's short form: `user@host:path`. */
function readShort(text: string): Result<GitAddress> {
  const [, user = '', host = '', path = ''] = /^(?:([^@/]*)@)?([^@/:]*):(.*)$/.exec(text) ?? [];
  // A single letter is a Windows drive.
  if (host.length < 2 || path === '') {
    return failure(
      'The address of a repository must be a URL such as https://host/path, ssh://host/path or file:///path',
    );
  }
  if (!HOST.test(host) || (user !== '' && !HOST.test(user)) || path.startsWith('-')) {
    return failure('The address of the repository has no valid host');
  }
  return ok({ protocol: 'ssh', url: text, host: host.toLowerCase(), origin: undefined });
}

/**
 * Explains why a text is not a valid name of a branch or tag.
 *
 * Source: `check_refname_format` of git.
 *
 * @returns undefined if it is valid
 */
export function gitBranchFault(name: string): string | undefined {
  if (name === '') return 'The name of a branch is empty';
  if (name.startsWith('-')) return 'The name of a branch must not start with "-"';
  const isWrong =
    UNPRINTABLE.test(name) ||
    /[~^:?*[\\]|\.\.|@\{|\/\/|^\/|\/$|\.$/.test(name) ||
    name === '@' ||
    name.split('/').some(part => part.startsWith('.') || part.endsWith('.lock'));
  return isWrong ? `${JSON.stringify(name)} is not a valid branch name` : undefined;
}

/**
 * Explains why a text is not a valid path, or path pattern, in a repository.
 *
 * @returns undefined if it is valid
 */
export function gitPathFault(path: string): string | undefined {
  // oxlint-disable-next-line no-control-regex -- matches control characters
  if (/[\0-\x1f\x7f]/.test(path)) return 'A path must not contain control characters';
  if (path.startsWith('-')) return 'A path must not start with "-"';
  if (path.includes('\\')) return 'Paths must use "/"';
  if (path.split('/').includes('..')) return 'A path must not leave its repository';
  return undefined;
}

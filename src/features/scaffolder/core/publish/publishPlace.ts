import { failure, ok, type Result } from '../../../../base';

/**
 * Target of what a Template publishes: the written folder becomes a repository, the repository around it gets a
 * branch, a remote is pushed to, or the git host named in the Template is called.
 */
export type PublishPlace =
  | { readonly type: 'folder' }
  | {
      readonly type: 'branch';
      /** URI of the repository's root. */
      readonly repository: string;
      readonly branch: string;
    }
  | {
      readonly type: 'remote';
      /** Validated by {@link readRemoteUrl}. */
      readonly url: string;
    }
  | { readonly type: 'forge' };

/** Published changes in their order. */
export type Published =
  | {
      readonly type: 'repository';
      /** URI of the folder that became a repository. */
      readonly folder: string;
      readonly branch: string;
      readonly commit: string;
    }
  | {
      readonly type: 'branch';
      /** URI of the root of the repository that checked out the branch. */
      readonly repository: string;
      readonly branch: string;
      readonly commit: string;
    }
  | {
      readonly type: 'push';
      readonly remote: string;
      readonly branch: string;
      readonly commit: string;
    }
  | {
      readonly type: 'location';
      /** URI of the Location's file. */
      readonly file: string;
      readonly location: string;
      /** URI. */
      readonly target: string;
    };

/** The kind of publishing of a Backstage action: a new repository, or a change of an existing one. */
export function publishKind(action: string): 'repository' | 'change' | undefined {
  if (!/^publish:/.test(action)) return undefined;
  return /:(?:pull-request|merge-request|review)$/.test(action) ? 'change' : 'repository';
}

/** Publishing failed after a push. Local changes stay in line with the remote. */
export class PartlyPublishedError extends Error {
  readonly published: readonly Published[];

  constructor(message: string, published: readonly Published[], options: ErrorOptions) {
    const out = published.flatMap(one =>
      one.type === 'push' ? [`${one.branch} of ${one.remote}`] : [],
    );
    super(`${message}. Already pushed: ${out.join(', ')}`, options);
    this.published = published;
  }
}

/**
 * Whether git accepts a branch name, and doesn't read it as an option. Source: `check_refname_format` and
 * `strbuf_check_branch_ref` of git.
 */
export function isBranchName(name: string): boolean {
  if (name === '' || name.length > 200 || name === '@' || name === 'HEAD') return false;
  if (/[\p{Cc}\p{Cs} ~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[/.]$/u.test(name)) return false;
  return !name.split('/').some(part => part.startsWith('.') || part.endsWith('.lock'));
}

/** Validates the URL or path of a repository before it is passed to git. */
export function readRemoteUrl(text: string): Result<string> {
  const url = text.trim();
  if (/\p{Cc}/u.test(url) || url === '') return failure(INVALID_REMOTE);
  if (/^(?:https|ssh):\/\//i.test(url)) return checkUrl(url);
  const isPath = /^(?:file:\/\/)?\/|^[a-z]:[\\/]/i.test(url);
  // The syntax of `scp`. A single letter would be a Windows drive, and a leading slash isn't relative to the
  // home folder.
  const isScp = /^(?:\w[\w.-]*@)?\w[\w.-]+:(?![:-])(?!\/\/)\S/.test(url);
  return isPath || isScp ? ok(url) : failure(INVALID_REMOTE);
}

const INVALID_REMOTE = 'A remote must be an https or ssh URL, or the absolute path of a repository';

/** Tokens that hosts accept in place of a user name. */
const TOKEN = /^(?:gh[a-z]_|github_pat_|glpat-)/;

function checkUrl(text: string): Result<string> {
  let parsed;
  try {
    // `URL` validates hosts of web schemes only.
    parsed = new URL(text.replace(/^ssh:/i, 'https:'));
  } catch {
    // `URL` has only this error, and the message names the valid forms.
    return failure(INVALID_REMOTE);
  }
  const { hostname, pathname, username, password } = parsed;
  if (password !== '' || TOKEN.test(username)) {
    return failure('The URL must not contain a password, because it would be stored and shown');
  }
  // ssh would read a host or user with a leading dash as an option.
  if (!/^[\w[]/.test(hostname) || /^(?:-|%2d)/i.test(username) || pathname === '/') {
    return failure(INVALID_REMOTE);
  }
  return ok(text);
}

import { failure, ok, type Result } from '../../../../base';

/**
 * Where that goes what a Template publishes: the folder that it is written into becomes a repository; the repository
 * that this lies in gets a branch; a repository elsewhere is pushed to; or the host is asked that the Template names.
 */
export type PublishPlace =
  | { readonly type: 'folder' }
  | {
      readonly type: 'branch';
      /** URI of the top of the repository. */
      readonly repository: string;
      readonly branch: string;
    }
  | {
      readonly type: 'remote';
      /** As {@link readRemoteUrl} takes it. */
      readonly url: string;
    }
  | { readonly type: 'forge' };

/** What publishing has changed, in the order in which it has. */
export type Published =
  | {
      readonly type: 'repository';
      /** URI of a folder that is a repository now. */
      readonly folder: string;
      readonly branch: string;
      readonly commit: string;
    }
  | {
      readonly type: 'branch';
      /** URI of the top of the repository, where the branch is checked out now. */
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
      /** URI of the file of a Location that leads to another file now. */
      readonly file: string;
      readonly location: string;
      /** URI. */
      readonly target: string;
    };

/** Of those actions of Backstage's that put a Template's files somewhere: what there is to be done. */
export function publishKind(action: string): 'repository' | 'change' | undefined {
  if (!/^publish:/.test(action)) return undefined;
  return /:(?:pull-request|merge-request|review)$/.test(action) ? 'change' : 'repository';
}

/** Something was pushed before what failed: what is here stays as it is there. */
export class PartlyPublishedError extends Error {
  readonly published: readonly Published[];

  constructor(message: string, published: readonly Published[], options: ErrorOptions) {
    const out = published.flatMap(one =>
      one.type === 'push' ? [`${one.branch} of ${one.remote}`] : [],
    );
    super(`${message}. What is out stays: ${out.join(', ')}`, options);
    this.published = published;
  }
}

/**
 * Whether git takes it for a branch, and commands for no option.
 *
 * Source: `check_refname_format` and `strbuf_check_branch_ref` of git.
 */
export function isBranchName(name: string): boolean {
  if (name === '' || name.length > 200 || name === '@' || name === 'HEAD') return false;
  if (/[\p{Cc}\p{Cs} ~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[/.]$/u.test(name)) return false;
  return !name.split('/').some(part => part.startsWith('.') || part.endsWith('.lock'));
}

/** What git would be given as a repository, or the sentence that says why it is not given that. */
export function readRemoteUrl(text: string): Result<string> {
  const url = text.trim();
  if (/\p{Cc}/u.test(url) || url === '') return failure(WANTED);
  if (/^(?:https|ssh):\/\//i.test(url)) return judged(url);
  const isPath = /^(?:file:\/\/)?\/|^[a-z]:[\\/]/i.test(url);
  // As `scp` has it. With one letter it would be a drive of Windows, with a slash at once no place in a home.
  const isScp = /^(?:\w[\w.-]*@)?\w[\w.-]+:(?![:-])(?!\/\/)\S/.test(url);
  return isPath || isScp ? ok(url) : failure(WANTED);
}

const WANTED = 'A remote is an address with https or ssh, or the absolute path of a repository';

/** What hosts take in the place of a user. */
const TOKEN = /^(?:gh[a-z]_|github_pat_|glpat-)/;

function judged(text: string): Result<string> {
  let parsed;
  try {
    // Of other schemes than those of the web, hosts are not judged.
    parsed = new URL(text.replace(/^ssh:/i, 'https:'));
  } catch {
    return failure(WANTED);
  }
  const { hostname, pathname, username, password } = parsed;
  if (password !== '' || TOKEN.test(username)) {
    return failure('An address must not have a password in it: it would be kept and shown');
  }
  // A host or a user that begins with a dash is an option for ssh.
  if (!/^[\w[]/.test(hostname) || /^(?:-|%2d)/i.test(username) || pathname === '/') {
    return failure(WANTED);
  }
  return ok(text);
}

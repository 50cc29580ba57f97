/** A repository on a host whose page addresses are known. */
export interface RemoteHost {
  /** `https://github.com/acme/shop` */
  readonly webUrl: string;
  pageUrl(page: 'view' | 'edit' | 'folder', branch: string, path: string): string;
}

/** The URL of `origin`, else of the first remote, from the text of `.git/config`. */
export function parseRemoteUrl(config: string): string | undefined {
  let remote: string | undefined;
  let first: string | undefined;
  for (const line of config.split(/\r?\n/)) {
    const section = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line);
    if (section) {
      remote = section[1]?.toLowerCase() === 'remote' ? section[2] : undefined;
    } else if (remote !== undefined) {
      const [, quoted, plain] = /^\s*url\s*=\s*(?:"([^"]*)"|([^;#]*))/i.exec(line) ?? [];
      const url = quoted ?? plain?.trim();
      if (url && remote === 'origin') return url;
      first ??= url;
    }
  }
  return first;
}

/** The branch in the text of `.git/HEAD`; undefined when it is a commit. */
export function parseHead(head: string): string | undefined {
  return /^ref:[ \t]*refs\/heads\/(.+)$/m.exec(head)?.[1]?.trim() || undefined;
}

/**
 * The pages of a remote, as `@backstage/integration` forms them for GitHub, GitLab and Bitbucket
 * Cloud. Credentials in the URL are dropped. Undefined for hosts of other kinds.
 */
export function remoteHost(url: string): RemoteHost | undefined {
  const remote = splitRemote(url);
  const pages = remote && PAGES.find(({ host }) => host.test(remote.host));
  if (!pages) return undefined;
  const webUrl = `https://${remote.host}/${remote.path}`;
  return {
    webUrl,
    pageUrl: (page, branch, path) =>
      `${webUrl}/${pages[page]({ branch: encodePath(branch), path: encodePath(path) })}`,
  };
}

/** `git@host:owner/repo.git`, `ssh://git@host:22/owner/repo`, `https://user:token@host/owner/repo`. */
function splitRemote(url: string): { host: string; path: string } | undefined {
  const match =
    /^(?:https?|ssh|git):\/\/(?:[^/]*@)?([^/:@]+)(?::\d+)?\/(.+)$/.exec(url) ??
    /^(?:[^@/]+@)?([^/:@]+):(?!\/\/)(.+)$/.exec(url);
  const [, host, path] = match ?? [];
  if (!host || !path) return undefined;
  return { host: host.toLowerCase(), path: path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '') };
}

type PageOf = (place: { branch: string; path: string }) => string;

const PAGES: readonly {
  readonly host: RegExp;
  readonly view: PageOf;
  readonly edit: PageOf;
  readonly folder: PageOf;
}[] = [
  {
    host: /(?:^|\.)github\./,
    view: ({ branch, path }) => `blob/${branch}/${path}`,
    edit: ({ branch, path }) => `edit/${branch}/${path}`,
    folder: ({ branch, path }) => `tree/${branch}/${path}`,
  },
  {
    host: /(?:^|\.)gitlab\./,
    view: ({ branch, path }) => `-/blob/${branch}/${path}`,
    edit: ({ branch, path }) => `-/edit/${branch}/${path}`,
    folder: ({ branch, path }) => `-/tree/${branch}/${path}`,
  },
  {
    host: /^bitbucket\.org$/,
    view: ({ branch, path }) => `src/${branch}/${path}`,
    edit: ({ branch, path }) => `src/${branch}/${path}?mode=edit&spa=0&at=${branch}`,
    folder: ({ branch, path }) => `src/${branch}/${path}`,
  },
];

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

import { type Extensions, isOptions } from '../config';

/** A kind of issue, by the sign before its number. */
interface IssueKind {
  readonly className: string;
  /** Key of the label in the option `labels`. */
  readonly label: string;
  readonly title: string;
  /** Path below the repository. */
  readonly path: string;
}

type HostType = 'github' | 'gitlab' | 'bitbucket';

interface HostRow {
  readonly title: string;
  readonly url: string;
  /** Pattern of user names. */
  readonly user: string;
  readonly hashSize: number;
  readonly issues: string;
  readonly pulls: string;
  readonly discussions?: string;
  readonly commit: (hash: string) => string;
  readonly compare: (from: string, to: string) => string;
}

const rows: Readonly<Record<HostType, HostRow>> = {
  github: {
    title: 'GitHub',
    url: 'https://github.com',
    user: '[a-zA-Z\\d](?:[-a-zA-Z\\d_]{0,37}[a-zA-Z\\d])?',
    hashSize: 7,
    issues: 'issues',
    pulls: 'pull',
    discussions: 'discussions',
    commit: hash => `commit/${hash}`,
    compare: (from, to) => `compare/${from}...${to}`,
  },
  gitlab: {
    title: 'GitLab',
    url: 'https://gitlab.com',
    user: '[.a-zA-Z\\d_](?:[-a-zA-Z\\d_.]{0,37}[-a-zA-Z\\d_])?',
    hashSize: 8,
    issues: '-/issues',
    pulls: '-/merge_requests',
    commit: hash => `-/commit/${hash}`,
    compare: (from, to) => `-/compare/${from}...${to}`,
  },
  bitbucket: {
    title: 'Bitbucket',
    url: 'https://bitbucket.org',
    user: '[-a-zA-Z\\d_]{1,39}',
    hashSize: 7,
    issues: 'issues',
    pulls: 'pull-requests',
    commit: hash => `commits/commit/${hash}`,
    compare: (from, to) => `branches/commits/${from}..${to}#diff`,
  },
};

const socialUser = '[\\p{L}\\p{N}_]{1,15}';

/** A host of repositories, or a social network. */
export interface Provider {
  readonly name: string;
  /** Undefined for a social network. */
  readonly type: HostType | undefined;
  readonly title: string;
  readonly url: string;
  readonly user: string;
  readonly isSocial: boolean;
  readonly hashSize: number;
  readonly issueKinds: ReadonlyMap<string, IssueKind>;
  readonly commit: (hash: string) => string;
  readonly compare: (from: string, to: string) => string;
  /** Whether a `www.` before the host is optional in links. */
  readonly hasWww: boolean;
}

function gitProvider(
  name: string,
  type: HostType,
  { url, title, hasWww = true }: { url?: string; title?: string; hasWww?: boolean } = {},
): Provider {
  const row = rows[type];
  const kinds: [string, IssueKind][] = [
    ['#', { className: 'issue', label: 'issue', title: 'Issue', path: row.issues }],
    ['!', { className: 'pull', label: 'pull', title: 'Pull Request', path: row.pulls }],
  ];
  if (row.discussions !== undefined) {
    const path = row.discussions;
    kinds.push(['?', { className: 'discussion', label: 'discuss', title: 'Discussion', path }]);
  }
  return {
    name,
    type,
    title: title ?? row.title,
    url: url ?? row.url,
    user: row.user,
    isSocial: false,
    hashSize: row.hashSize,
    issueKinds: new Map(kinds),
    commit: row.commit,
    compare: row.compare,
    hasWww,
  };
}

function socialProvider(name: string, title: string): Provider {
  return {
    ...gitProvider(name, 'github', { url: `https://${name}.com`, title }),
    type: undefined,
    user: socialUser,
    isSocial: true,
  };
}

/** Hosts and options of magiclink. */
export interface GitHosts {
  readonly providers: ReadonlyMap<string, Provider>;
  /** Provider of names without a prefix. */
  readonly provider: Provider;
  /** Name of the configured user, or `''`. */
  readonly user: string;
  /** Name of the configured repository, or `''`. */
  readonly repo: string;
  /** Whether pull requests and discussions are shown with `#`, too. */
  readonly isNormalized: boolean;
  /** Returns the configured label. */
  label(key: string, fallback: string): string;
  /** Splits a name such as `gitlab:user`. */
  resolve(written: string): { readonly provider: Provider; readonly name: string };
}

/** Every link is held against every host. */
const MAX_CUSTOM = 100;

/** Source: `MagiclinkExtension` of `pymdownx.magiclink`. */
export function gitHostsOf(extensions: Extensions): GitHosts {
  const name = 'pymdownx.magiclink';
  const github = gitProvider('github', 'github');
  const providers = new Map<string, Provider>([
    ['github', github],
    ['gitlab', gitProvider('gitlab', 'gitlab')],
    ['bitbucket', gitProvider('bitbucket', 'bitbucket')],
  ]);
  const custom = extensions.option(name, 'custom');
  const entries = isOptions(custom) ? Object.entries(custom).slice(0, MAX_CUSTOM) : [];
  for (const [key, entry] of entries) {
    const added = customProvider(key, entry);
    if (added && !providers.has(key) && !socialNames.has(key)) providers.set(key, added);
  }
  providers.set('x', socialProvider('x', 'X'));
  providers.set('twitter', socialProvider('twitter', 'Twitter'));
  const provider = providers.get(extensions.text(name, 'provider', 'github')) ?? github;
  const labels = extensions.option(name, 'labels');
  return {
    providers,
    provider,
    user: extensions.text(name, 'user', ''),
    repo: extensions.text(name, 'repo', ''),
    isNormalized: extensions.flag(name, 'normalize_issue_symbols', false),
    label(key, fallback) {
      const own = isOptions(labels) && Object.hasOwn(labels, key) ? labels[key] : undefined;
      return typeof own === 'string' ? own : fallback;
    },
    resolve(written) {
      const colon = written.indexOf(':');
      const prefix = providers.get(written.slice(0, Math.max(0, colon)));
      return prefix
        ? { provider: prefix, name: written.slice(colon + 1) }
        : { provider, name: written };
    },
  };
}

const socialNames: ReadonlySet<string> = new Set(['x', 'twitter']);

/** Python raises an error for invalid entries. */
function customProvider(name: string, entry: unknown): Provider | undefined {
  if (!/^[a-zA-Z0-9]+$/.test(name) || !isOptions(entry)) return undefined;
  const { type, host, label, www } = entry;
  if (typeof host !== 'string' || typeof label !== 'string') return undefined;
  if (type !== 'github' && type !== 'gitlab' && type !== 'bitbucket') return undefined;
  let url = host.toLowerCase();
  while (url.endsWith('/')) url = url.slice(0, -1);
  return gitProvider(name, type, { url, title: label, hasWww: www !== false });
}

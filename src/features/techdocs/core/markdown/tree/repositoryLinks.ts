import { type Extensions, isOptions } from '../config';
import { type GitHosts, gitHostsOf, type Provider } from '../inline/gitHosts';
import type { Element } from '../text/element';
import { SourceText } from '../text/sourceText';

/** Parts of a link to a repository host. */
interface HostLink {
  /** Address of the repository or the user. */
  readonly base: string;
  readonly user: string;
  /** The user, with the repository if there is one. */
  readonly name: string;
  readonly kind: string;
  readonly value: string;
  /** The second commit of a comparison. */
  readonly other: string;
}

/** User names that aren't shortened, by provider. */
const excludedUsers: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    bitbucket: ['dashboard', 'account', 'plans', 'support', 'repo'],
    github: ['marketplace', 'notifications', 'issues', 'pull', 'sponsors', 'settings', 'support'],
    gitlab: ['dashboard', '-', 'explore', 'help', 'projects'],
    twitter: ['i', 'messages', 'bookmarks', 'home'],
    x: ['i', 'messages', 'bookmarks', 'home'],
  }),
);

/** Patterns of the paths below a repository: each kind with its value. */
const paths = {
  github: [
    ['issue', 'issues/(\\d+)/?'],
    ['pull', 'pull/(\\d+)/?'],
    ['discussion', 'discussions/(\\d+)/?'],
    ['commit', 'commit/([\\da-f]{7,40})/?'],
    ['compare', 'compare/([\\da-f]{7,40})\\.{3}([\\da-f]{7,40})'],
  ],
  bitbucket: [
    ['issue', 'issues/(\\d+)(?:/[^/]+)?/?'],
    ['pull', 'pull-requests/(\\d+)(?:/[^/]+(?:/diff)?)?/?'],
    ['commit', 'commits/commit/([\\da-f]{7,40})/?'],
    ['compare', 'branches/commits/([\\da-f]{7,40})(?:\\.{2}|%0d)([\\da-f]{7,40})#diff'],
  ],
  gitlab: [
    ['issue', '(?:-/)?issues/(\\d+)/?'],
    ['pull', '(?:-/)?merge_requests/(\\d+)/?'],
    ['commit', '(?:-/)?commit/([\\da-f]{8,40})/?'],
    ['compare', '(?:-/)?compare/([\\da-f]{8,40})\\.{3}([\\da-f]{8,40})'],
  ],
} as const;

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Reads links of one provider. Addresses are matched without regard to case. */
class LinkReader {
  readonly provider: Provider;
  readonly #start: RegExp;
  readonly #paths: readonly (readonly [kind: string, pattern: RegExp])[];

  constructor(provider: Provider) {
    this.provider = provider;
    const { url, user, hasWww, type } = provider;
    const [, scheme = '', host = url] = /^(https?:\/\/)(?:www\.)?(.*)$/s.exec(url) ?? [];
    const address =
      scheme !== '' && hasWww ? `${escaped(scheme)}(?:w{3}\\.)?${escaped(host)}` : escaped(url);
    this.#start = new RegExp(`^(${address}/(${user}))(?:/|$)`, 'iu');
    this.#paths = (type ? paths[type] : []).map(([kind, pattern]) => [
      kind,
      new RegExp(`^${pattern}/?$`, 'iu'),
    ]);
  }

  read(href: string): HostLink | undefined {
    const found = this.#start.exec(href);
    if (!found) return undefined;
    const [, address = '', user = ''] = found;
    const rest = href.slice(address.length + 1);
    const link = { base: address, user, name: user, kind: 'mention', value: '', other: '' };
    if (rest === '') return link;
    if (this.provider.isSocial) return undefined;
    const slash = rest.indexOf('/');
    const repo = slash === -1 ? rest : rest.slice(0, slash);
    const whole = { ...link, base: `${address}/${repo}`, name: `${user}/${repo}` };
    if (repo === '') return undefined;
    const path = slash === -1 ? '' : rest.slice(slash + 1);
    if (path === '') {
      // Its pattern for Bitbucket takes the slash along.
      const end = this.provider.type === 'bitbucket' && slash !== -1 ? '/' : '';
      return {
        ...whole,
        base: `${whole.base}${end}`,
        name: `${whole.name}${end}`,
        kind: 'repository',
      };
    }
    for (const [kind, pattern] of this.#paths) {
      const [matched, value = '', other = ''] = pattern.exec(path) ?? [];
      if (matched !== undefined) return { ...whole, kind, value, other };
    }
    return undefined;
  }
}

/**
 * Shortens links to issues, commits, repositories and users whose text is their address.
 *
 * Source: `MagicShortenerTreeprocessor` of `pymdownx.magiclink` 10.21.
 */
export function shortenRepositoryLinks(root: Element, extensions: Extensions): void {
  if (!extensions.has('pymdownx.magiclink')) return;
  const flag = (option: string): boolean => extensions.flag('pymdownx.magiclink', option, false);
  const ofGit = flag('repo_url_shortener');
  const ofSocial = flag('social_url_shortener');
  if (!ofGit && !ofSocial) return;
  const hosts = gitHostsOf(extensions);
  const readers = [...hosts.providers.values()]
    .filter(({ isSocial, name }) => (isSocial ? ofSocial : ofGit || !builtIn.has(name)))
    .map(provider => new LinkReader(provider));
  const isExcluded = exclusionsOf(extensions, hosts);
  const hidesProtocol = ofGit && flag('hide_protocol');
  for (const element of root.walk()) {
    const text = element.text?.text;
    if (element.tag !== 'a' || element.children.length > 0 || !text) continue;
    const href = element.get('href');
    const isAutomatic = element.info?.form === 'automatic';
    if (text !== href && !(hidesProtocol && isAutomatic && `https://${text}` === href)) continue;
    for (const reader of readers) {
      const link = reader.read(href);
      if (!link) continue;
      if (!isExcluded(reader.provider, link.user)) shorten(element, link, reader.provider, hosts);
      break;
    }
  }
}

const builtIn: ReadonlySet<string> = new Set(['github', 'gitlab', 'bitbucket']);

function exclusionsOf(
  extensions: Extensions,
  hosts: GitHosts,
): (provider: Provider, user: string) => boolean {
  const written = extensions.option('pymdownx.magiclink', 'shortener_user_exclude');
  const own = isOptions(written) ? written : {};
  const users = new Map<string, ReadonlySet<string>>();
  for (const { name, type } of hosts.providers.values()) {
    const isCustom = type !== undefined && !builtIn.has(name);
    const key = isCustom && !Object.hasOwn(own, name) ? type : name;
    const list = Object.hasOwn(own, key) ? own[key] : excludedUsers.get(key);
    const names = Array.isArray(list) ? list : [];
    users.set(name, new Set(names.map(value => String(value).toLowerCase())));
  }
  return ({ name }, user) => users.get(name)?.has(user.toLowerCase()) ?? false;
}

function shorten(element: Element, link: HostLink, provider: Provider, hosts: GitHosts): void {
  const { name, kind, base } = link;
  const { user, repo } = hosts;
  const hasOwn = !hosts.provider.isSocial && user !== '' && repo !== '';
  const ownUser = `${hosts.provider.url}/${user}/`;
  const isOwnRepo = hasOwn && `${base}/` === `${ownUser}${repo}/`;
  const isOwnUser = hasOwn && (isOwnRepo || base.startsWith(ownUser));
  const scope = isOwnRepo ? '' : isOwnUser ? (name.split('/')[1] ?? '') : name;
  const { text, title } = describe(link, { provider, hosts, scope });
  element.text = SourceText.made(text, element.text?.offsetAt(0) ?? 0).asAtomic();
  for (const part of ['magiclink', `magiclink-${provider.name}`, `magiclink-${kind}`]) {
    element.addClass(part);
  }
  element.set('title', `${provider.title} ${title}`);
}

/** Returns the shortened text of a link, and its title after the name of the provider. */
function describe(
  { kind, name, value, other }: HostLink,
  { provider, hosts, scope }: { provider: Provider; hosts: GitHosts; scope: string },
): { readonly text: string; readonly title: string } {
  const short = (hash: string): string => hash.slice(0, provider.hashSize);
  const at = scope === '' ? '' : `${scope}@`;
  switch (kind) {
    case 'mention':
      // The misspelled key is magiclink's.
      return { text: `@${name}`, title: `${hosts.label('metion', 'User')}: ${name}` };
    case 'repository':
      return { text: name, title: `${hosts.label('repository', 'Repository')}: ${name}` };
    case 'commit': {
      const title = `${hosts.label('commit', 'Commit')}: ${name}@${short(value)}`;
      return { text: `${at}${short(value)}`, title };
    }
    case 'compare': {
      const both = `${short(value)}...${short(other)}`;
      const title = `${hosts.label('compare', 'Compare')}: ${name}@${both}`;
      return { text: `${at}${both}`, title };
    }
    default: {
      const [icon, issue] =
        [...provider.issueKinds].find(([, { className }]) => className === kind) ?? [];
      const sign = hosts.isNormalized ? '#' : (icon ?? '#');
      const label = hosts.label(issue?.label ?? 'issue', issue?.title ?? 'Issue');
      return { text: `${scope}${sign}${value}`, title: `${label}: ${name} #${value}` };
    }
  }
}

import type { CatalogSourceType } from '../../../api';

/** A source that a pasted text may mean. */
export interface SourceGuess {
  readonly type: CatalogSourceType;
  /** Answers to the questions of the type, by field. */
  readonly answers: Readonly<Record<string, string>>;
}

/** Hosts whose first label or domain says what they run. */
const GITHUB = /(?:^|\.)github\./;
const GITLAB = /(?:^|\.)gitlab\./;
const OTHER_FORGES = /(?:^|\.)(?:bitbucket|gitea|forgejo|codeberg|git|code|azure|visualstudio)\./;
/** Paths of pages and of the API of a Backstage. */
const BACKSTAGE_PAGES: ReadonlySet<string> = new Set([
  'api',
  'api-docs',
  'catalog',
  'catalog-graph',
  'catalog-import',
  'create',
  'docs',
  'home',
  'search',
  'settings',
  'tech-radar',
]);
const YAML = /\.ya?ml$/i;

/** Whether a text is an address or a path rather than words. */
export function isAddressLike(text: string): boolean {
  return /[/\\:@]|\w\.\w/.test(text) && !/\s/.test(withoutCommand(text));
}

/** Returns the path of a text that is one on this machine. */
export function localPath(text: string): string | undefined {
  const path = withoutCommand(text);
  return /^(?:\.{0,2}[\\/]|[A-Za-z]:[\\/])/.test(path) ? path : undefined;
}

/**
 * Returns the sources that a pasted text may mean, the most likely first. Understands addresses of git, pages of
 * repositories, organizations and files on git hosts, URLs of descriptors, addresses of Backstage, `host/path` and
 * `owner/repository`.
 */
export function guessSources(pasted: string): readonly SourceGuess[] {
  const text = withoutCommand(pasted);
  if (text === '' || /\s/.test(text) || localPath(text) !== undefined) return [];
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ?? [];
  if (scheme !== undefined) {
    if (/^https?$/i.test(scheme)) return URL.canParse(text) ? guessWeb(new URL(text)) : [];
    return /^(?:git|ssh|file)$/i.test(scheme) ? [git(text)] : [];
  }
  if (/^[^@/:]+@[^/:]+:/.test(text)) return [git(text)];
  const [first = '', ...rest] = text.split('/').filter(part => part !== '');
  if (/^localhost(?::\d+)?$|\.|:\d+$/.test(first)) {
    const address = `${first.startsWith('localhost') ? 'http' : 'https'}://${text}`;
    return URL.canParse(address) ? guessWeb(new URL(address)) : [];
  }
  const parts = [first, ...rest];
  if (parts.length < 2 || !parts.every(part => /^[\w.-]+$/.test(part))) return [];
  if (parts.length === 2) return [git(repositoryUrl('https://github.com', parts))];
  return [git(repositoryUrl('https://gitlab.com', parts))];
}

function withoutCommand(text: string): string {
  return text.trim().replace(/^git\s+clone\s+/, '');
}

function guessWeb(url: URL): readonly SourceGuess[] {
  const { host, hostname, origin, pathname, searchParams } = url;
  // The check reports credentials.
  if (url.username !== '' || url.password !== '') return [git(url.href)];
  const parts = pathname.split('/').filter(part => part !== '');
  // Azure DevOps has the file in the query.
  const isFile = YAML.test(pathname) || YAML.test(searchParams.get('path') ?? '');
  if (isFile) return [{ type: 'url', answers: { url: `${origin}${pathname}${url.search}` } }];
  if (GITHUB.test(hostname)) return guessGitHub(origin, host, parts);
  if (GITLAB.test(hostname)) return guessGitLab(origin, host, parts);
  const page = parts.findIndex(part => BACKSTAGE_PAGES.has(part));
  const base = (page < 0 ? parts : parts.slice(0, page)).join('/');
  const backstage: SourceGuess = {
    type: 'backstage',
    answers: { url: base === '' ? origin : `${origin}/${base}` },
  };
  const isForge = OTHER_FORGES.test(`${hostname}.`);
  const isRepository = parts.length > 1 && (isForge || page < 0);
  if (isForge || pathname.endsWith('.git')) {
    return isRepository ? [git(...otherRepository(origin, parts))] : [];
  }
  return isRepository ? [git(...otherRepository(origin, parts)), backstage] : [backstage];
}

function guessGitHub(origin: string, host: string, parts: readonly string[]): SourceGuess[] {
  const [first, ...rest] = parts[0] === 'orgs' ? parts.slice(1, 2) : parts;
  if (first === undefined) return [];
  const [name, kind, branch, ...path] = rest;
  if (name === undefined) {
    return [{ type: 'github', answers: { org: first, ...hostUnless(host, 'github.com') } }];
  }
  const url = repositoryUrl(origin, [first, name]);
  return [kind === 'tree' ? git(url, branch, path) : git(url)];
}

function guessGitLab(origin: string, host: string, parts: readonly string[]): SourceGuess[] {
  const all = parts[0] === 'groups' ? parts.slice(1) : parts;
  const end = all.indexOf('-');
  const names = end < 0 ? all : all.slice(0, end);
  if (names.length === 0) return [];
  const group: SourceGuess = {
    type: 'gitlab',
    answers: { org: names.join('/'), ...hostUnless(host, 'gitlab.com') },
  };
  if (names.length === 1 || parts[0] === 'groups') return [group];
  const [kind, branch, ...path] = end < 0 ? [] : all.slice(end + 1);
  const url = repositoryUrl(origin, names);
  if (kind === 'tree') return [git(url, branch, path)];
  // A path may be a project's or a subgroup's.
  const isProject = end >= 0 || names.at(-1)?.endsWith('.git');
  return isProject ? [git(url)] : [git(url), group];
}

/** Arguments of {@link git} for a page of a host that isn't GitHub or GitLab. */
function otherRepository(origin: string, parts: readonly string[]): Parameters<typeof git> {
  // Azure DevOps: `organization/project/_git/repository`.
  const azure = parts.indexOf('_git');
  if (azure >= 0) return [`${origin}/${parts.slice(0, azure + 2).join('/')}`];
  // Bitbucket and Gitea: `owner/repository/src/…`.
  const source = parts.indexOf('src');
  if (source < 2) return [repositoryUrl(origin, parts)];
  const [branch, ...path] = parts.slice(source + 1).filter(part => part !== 'branch');
  return [repositoryUrl(origin, parts.slice(0, source)), branch, path];
}

function repositoryUrl(origin: string, parts: readonly string[]): string {
  return `${origin}/${parts.join('/').replace(/\.git$/, '')}.git`;
}

function git(url: string, branch = '', path: readonly string[] = []): SourceGuess {
  return {
    type: 'git',
    answers: {
      url,
      ...(branch !== '' && { branch }),
      ...(path.length > 0 && { paths: path.join('/') }),
    },
  };
}

/** Returns the answer to the question for the host, unless it is the default one. */
function hostUnless(host: string, usual: string): { readonly host?: string } {
  return host === usual ? {} : { host };
}

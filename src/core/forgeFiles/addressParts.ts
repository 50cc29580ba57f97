import { InputError } from './fileErrors';

export interface AddressParts {
  readonly owner: string;
  readonly name: string;
  /** `blob`, `tree` …, `''` for the repository itself. */
  readonly type: string;
  readonly ref: string;
  /** Below the top of the repository, with no `/` around it. */
  readonly path: string;
}

/** Of `/OWNER/NAME/TYPE/REF/PATH`. */
export function partsOf(url: URL): AddressParts {
  const [owner = '', name = '', type = '', ref = '', ...path] = segmentsOf(url);
  return { owner, name: withoutGit(name), type, ref, path: path.join('/') };
}

/** Of `/OWNER/NAME/src/branch/REF/PATH`. */
export function giteaAt(url: URL): Omit<AddressParts, 'type'> {
  const [owner = '', name = '', , , ref = '', ...path] = segmentsOf(url);
  if (!owner || !name) throw incorrect(url, 'It names no repository');
  return { owner, name: withoutGit(name), ref, path: path.join('/') };
}

export function gitHubAt({ host, origin }: URL): {
  readonly api: string;
  readonly forgeHosts: readonly string[];
  readonly isOwn: boolean;
} {
  const isOwn = host === 'github.com';
  return {
    isOwn,
    api: isOwn ? 'https://api.github.com' : `${origin}/api/v3`,
    forgeHosts: isOwn ? ['codeload.github.com'] : [`codeload.${host}`],
  };
}

/** Of `/GROUP/…/NAME/-/TYPE/REF/PATH`; before GitLab 12 there was no `-`. */
export function gitLabAt(
  url: URL,
): Pick<AddressParts, 'type' | 'ref' | 'path'> & { api: string; project: string } {
  const segments = segmentsOf(url);
  const at = segments.findIndex(
    (segment, index) => index > 1 && ['blob', 'tree', 'raw', '-'].includes(segment),
  );
  const project = withoutGit(segments.slice(0, at < 0 ? undefined : at).join('/'));
  if (!project.includes('/')) throw incorrect(url, 'It names no project');
  const rest = at < 0 ? [] : segments.slice(segments[at] === '-' ? at + 1 : at);
  const [type = '', ref = '', ...path] = rest;
  const api = `${url.origin}/api/v4/projects/${encodeURIComponent(project)}`;
  return { api, project, type, ref, path: path.join('/') };
}

/** Of `/projects/KEY/repos/NAME/TYPE/PATH?at=REF`. */
export function bitbucketServerAt(
  url: URL,
): Pick<AddressParts, 'type' | 'ref' | 'path' | 'name'> & { api: string; project: string } {
  const [projects, project = '', repos, name = '', type = '', ...path] = segmentsOf(url);
  if (projects !== 'projects' || repos !== 'repos' || !name) {
    throw incorrect(url, 'Invalid Bitbucket Server URL or file path');
  }
  const api = `${url.origin}/rest/api/1.0/${joined('projects', project, 'repos', name)}`;
  const ref = url.searchParams.get('at') ?? '';
  return { api, project, name, type, ref, path: path.join('/') };
}

/** Of `/ORGANISATION/PROJECT/_git/NAME?path=PATH&version=GBREF`. */
export function azureAt(url: URL): {
  readonly items: URL;
  readonly path: string;
  /** `ORGANISATION/PROJECT/_git/NAME`, escaped. */
  readonly place: string;
  readonly version: { readonly type: string; readonly name: string } | undefined;
} {
  const segments = segmentsOf(url);
  const at = segments.indexOf('_git');
  const name = segments[at + 1];
  if (at < 1 || at > 3 || name === undefined) {
    throw new InputError('Azure URL must point to a git repository');
  }
  const project = at === 1 ? [...segments.slice(0, 1), name] : segments.slice(0, at);
  const items = new URL(url.origin);
  items.pathname = joined(...project, '_apis', 'git', 'repositories', name, 'items');
  const version = azureVersion(url);
  if (version) {
    items.searchParams.set('versionDescriptor.version', version.name);
    items.searchParams.set('versionDescriptor.versionType', version.type);
  }
  const place = joined(...segments.slice(0, at), '_git', name);
  return { items, place, version, path: url.searchParams.get('path') ?? '' };
}

function azureVersion(
  url: URL,
): { readonly type: 'branch' | 'tag'; readonly name: string } | undefined {
  const version = url.searchParams.get('version') ?? '';
  if (version === '') return undefined;
  const name = version.slice(2);
  if (version.startsWith('GB')) return { type: 'branch', name };
  if (version.startsWith('GT')) return { type: 'tag', name };
  throw new InputError('Azure URL version must point to a git branch or git tag');
}

/** @throws InputError for a path that leads up, however often it is escaped */
function segmentsOf(url: URL): readonly string[] {
  let { pathname: path } = url;
  for (let before = ''; before !== path;) {
    before = path;
    try {
      path = decodeURIComponent(path);
    } catch {
      // A stray `%` stands for itself.
    }
  }
  const segments = path.split('/').filter(segment => segment !== '');
  if (segments.some(segment => segment === '.' || segment === '..')) {
    throw incorrect(url, 'Invalid SCM URL: path traversal is not allowed in the URL');
  }
  return segments;
}

export function joined(...paths: readonly string[]): string {
  return paths
    .flatMap(path => path.split('/'))
    .filter(segment => segment !== '')
    .map(segment => encodeURIComponent(segment))
    .join('/');
}

export function withoutGit(name: string): string {
  return name.replace(/\.git$/, '');
}

export function incorrect({ href }: URL, reason: string): InputError {
  return new InputError(`Incorrect URL: ${href}, Error: ${reason}`);
}

import {
  basenameUri,
  decodeEscapes,
  dirnameUri,
  formatUri,
  isWithin,
  joinUri,
  parseUri,
  type Range,
  withoutTrailing,
} from '../../../../base';
import type { Entity } from '../../../../model';
import { isPattern, isTooComplex } from '../../../../platform/core/globs';

/** The segments of the path that leads from one file to another, as relative URLs have it. */
export function pathBetween(from: string, to: string): readonly string[] {
  const start = segmentsOf(dirnameUri(from));
  const end = segmentsOf(to);
  let common = 0;
  while (common < start.length && common < end.length - 1 && start[common] === end[common])
    common++;
  return [...start.slice(common).map(() => '..'), ...end.slice(common)];
}

function segmentsOf(uri: string): readonly string[] {
  return parseUri(uri).path.split('/').filter(Boolean);
}

/** A repository, as far as addresses of its files on its host go. */
interface HostedRepository {
  readonly remote:
    | {
        /** `https://github.com/acme/shop` */
        readonly webUrl: string;
        pageUrl(page: 'folder', branch: string, path: string): string;
      }
    | undefined;
  /** Undefined when a commit is checked out, and not a branch. */
  readonly branch: string | undefined;
}

/**
 * The relative path of the folder that a page of the repository's host shows, `./` at its start; undefined
 * for pages of other repositories and branches, and of no folder.
 */
export function repositoryPath(
  url: string,
  { remote, branch }: HostedRepository,
): string | undefined {
  if (!remote || branch === undefined || !URL.canParse(url)) return undefined;
  const { protocol, host, pathname, search } = new URL(url);
  if (protocol !== 'https:' || search) return undefined;
  const page = `${withoutTrailing(`https://${host}${pathname}`, '/')}/`;
  const root = remote.pageUrl('folder', branch, '');
  // Hosts do not tell upper from lower case in the name of a repository; git does, in that of a branch.
  const { length } = remote.webUrl;
  const isHere = page.slice(0, length).toLowerCase() === remote.webUrl.toLowerCase();
  if (!isHere || !page.slice(length).startsWith(root.slice(length))) return undefined;
  try {
    const path = decodeURIComponent(page.slice(root.length));
    return isPlain(path) ? `./${path}` : undefined;
  } catch {
    return undefined;
  }
}

/** Not where a name, decoded, would lead somewhere else. */
function isPlain(path: string): boolean {
  return path.split('/').every(name => name !== '..' && !name.includes('\\'));
}

/** Where a reference written in a file leads. */
export type ResolvedReference =
  | { readonly type: 'local'; readonly uri: string }
  /** Another machine's: `https://…`, or any other scheme. */
  | { readonly type: 'remote'; readonly url: string }
  /** On this machine, but outside the repository or workspace folder of the file. */
  | { readonly type: 'outside' };

/**
 * Resolves a reference as a URL relative to the file that it stands in, the way Backstage does for
 * files of a repository: `/x` is the repository's root, `%20` a blank, and what follows `?` or `#`
 * is not part of the path.
 *
 * @param boundary - the folder that nothing may lead out of: the repository or workspace folder
 */
export function resolveReference(
  reference: string,
  { base, boundary }: { base: string; boundary: string },
): ResolvedReference {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(reference)?.[1]?.toLowerCase();
  if (scheme === 'file') return withinBoundary(canonicalFileUri(reference), boundary);
  if (scheme !== undefined || reference.startsWith('//')) return { type: 'remote', url: reference };
  const path = decodeEscapes(reference.replace(/[?#].*$/s, ''));
  const folder = dirnameUri(base);
  if (path === '') return { type: 'local', uri: base };
  if (!path.startsWith('/')) {
    return climbsOut(folder, path, boundary)
      ? { type: 'outside' }
      : withinBoundary(joinUri(folder, path), boundary);
  }
  return climbsOut(boundary, path, boundary)
    ? { type: 'outside' }
    : withinBoundary(joinUri(boundary, path.slice(1)), boundary);
}

/** `..` above the root of a URI stays there, which must not turn a way out into a way in. */
function climbsOut(folder: string, path: string, boundary: string): boolean {
  let depth = segmentsOf(folder).length - segmentsOf(boundary).length;
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    depth += segment === '..' ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}

function withinBoundary(uri: string | undefined, boundary: string): ResolvedReference {
  return uri !== undefined && isWithin(boundary, uri)
    ? { type: 'local', uri }
    : { type: 'outside' };
}

function canonicalFileUri(reference: string): string | undefined {
  try {
    const url = new URL(reference);
    return formatUri({ scheme: 'file', authority: url.host, path: decodeEscapes(url.pathname) });
  } catch {
    return undefined;
  }
}

/** The name of a file for people: `apis/spec.yaml` below the folder, else its base name. */
export function displayName(uri: string, folder: string): string {
  return isWithin(folder, uri)
    ? parseUri(uri).path.slice(parseUri(folder).path.length + 1)
    : basenameUri(uri);
}

/** A target of a Location, as far as its own file tells. */
export interface LocationTarget {
  readonly written: string;
  readonly range: Range;
  readonly document: number;
  readonly entityRef: string;
  readonly optional: boolean;
  /**
   * The file that it leads to, or with `pattern` the folder that the pattern is relative to;
   * undefined where the target is not on this machine.
   */
  readonly uri: string | undefined;
  readonly pattern?: string;
}

/** A field's place in an entity: keys and indices from the root. */
type FieldPath = readonly (string | number)[];

type UnplacedTarget = Omit<LocationTarget, 'range' | 'document' | 'entityRef'> & {
  readonly path: FieldPath;
};

export interface LocationTargets {
  readonly targets: readonly UnplacedTarget[];
  /** Why Backstage would refuse the Location. Discovery keeps it, as all that it cannot follow. */
  readonly issues: readonly { readonly message: string; readonly path: FieldPath }[];
}

/**
 * What a Location leads to: `spec.target` and `spec.targets` together. A file beside which
 * discovery found the Location stands for the same file in the repository that Backstage would read
 * it from, so a relative target is relative to it whether or not it starts with `.`, and for
 * `type: url` just the same.
 *
 * Source: `runSpecialLocationStep` of DefaultCatalogProcessingOrchestrator, messages included.
 */
export function locationTargets(
  entity: Entity,
  { base, boundary }: { base: string; boundary: string },
): LocationTargets {
  if (entity.kind !== 'Location') return { targets: [], issues: [] };
  const { type = 'file', target, targets = [], presence } = entity.spec ?? {};
  if (type !== 'file' && type !== 'url') {
    return {
      targets: [],
      issues: [
        {
          message: 'Registered locations must be of an allowed type ["url"]',
          path: ['spec', 'type'],
        },
      ],
    };
  }
  const written: [FieldPath, unknown][] = [
    ...(target ? [[['spec', 'target'], target] satisfies [FieldPath, unknown]] : []),
    ...(Array.isArray(targets)
      ? targets.map((item, index): [FieldPath, unknown] => [['spec', 'targets', index], item])
      : []),
  ];
  const result: UnplacedTarget[] = [];
  const issues: { message: string; path: FieldPath }[] = [];
  for (const [path, value] of written) {
    if (typeof value !== 'string') continue;
    if (type === 'file' && value.endsWith('/')) {
      issues.push({
        message: `LocationEntityProcessor cannot handle ${type} type location with target ${value} that ends with a path separator`,
        path,
      });
      continue;
    }
    if (type === 'file' && isTooComplex(value.replaceAll('\\', '/'))) {
      issues.push({
        message: `The target has more characters or alternatives than are matched: ${shortened(value)}`,
        path,
      });
      continue;
    }
    result.push({ written: value, path, optional: presence === 'optional', ...place(value) });
  }
  return { targets: result, issues };

  function place(value: string): Pick<LocationTarget, 'uri' | 'pattern'> {
    if (isUrl(value)) return { uri: undefined };
    if (type === 'url') {
      const resolved = resolveReference(value, { base, boundary });
      return { uri: resolved.type === 'local' ? resolved.uri : undefined };
    }
    // Backstage takes both slashes for one, on every system.
    const path = value.replaceAll('\\', '/');
    // `joinUri` takes a path that starts with `/` for one from the root of the same disk.
    return isPattern(path)
      ? splitPattern(path, dirnameUri(base))
      : { uri: joinUri(dirnameUri(base), path) };
  }
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** The folder up to the first segment with a wildcard, and the rest. */
function splitPattern(target: string, folder: string): { uri: string; pattern: string } {
  const segments = target.split('/');
  const first = segments.findIndex(isPattern);
  return {
    uri: joinUri(
      folder,
      segments.slice(0, first).join('/') || (target.startsWith('/') ? '/' : '.'),
    ),
    pattern: segments.slice(first).join('/'),
  };
}

function isUrl(target: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(target);
}

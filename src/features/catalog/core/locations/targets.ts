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

/** Returns the segments of the relative path from one file to another, as in relative URLs. */
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

/** A repository with the pages of its files on a host. */
interface HostedRepository {
  readonly remote:
    | {
        /** URL of the repository's page: `https://github.com/acme/shop`. */
        readonly webUrl: string;
        pageUrl(page: 'folder', branch: string, path: string): string;
      }
    | undefined;
  /** Undefined for a detached HEAD. */
  readonly branch: string | undefined;
}

/**
 * Returns the relative path of the folder in a page URL of the repository's host, starting with
 * `./`; undefined for pages of other repositories or branches, and of files.
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
  // Hosts ignore case in repository names; git doesn't in branch names.
  const { length } = remote.webUrl;
  const isHere = page.slice(0, length).toLowerCase() === remote.webUrl.toLowerCase();
  if (!isHere || !page.slice(length).startsWith(root.slice(length))) return undefined;
  try {
    const path = decodeURIComponent(page.slice(root.length));
    return isPlain(path) ? `./${path}` : undefined;
  } catch {
    // Escapes that stand for no text: it is no path of this repository.
    return undefined;
  }
}

/** Whether no decoded name leads elsewhere. */
function isPlain(path: string): boolean {
  return path.split('/').every(name => name !== '..' && !name.includes('\\'));
}

/** Target of a reference in a file. */
export type ResolvedReference =
  | { readonly type: 'local'; readonly uri: string }
  /** A remote target: `https://…`, or any other scheme. */
  | { readonly type: 'remote'; readonly url: string }
  /** A local target outside the repository or workspace folder. */
  | { readonly type: 'outside' };

/**
 * Resolves a reference as a URL relative to its file, like Backstage in a repository: `/x` is
 * relative to the repository root, `%20` is a blank, and `?` or `#` ends the path.
 *
 * @param boundary - folder that targets can't leave: the repository or workspace folder
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

/** Whether a path leads out of the boundary, even temporarily: URIs drop `..` above the root, which would hide it. */
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
    // Not a URL: it counts as a target outside of the repository, which is reported.
    return undefined;
  }
}

/** Returns a file's name as shown to users: `apis/spec.yaml` relative to the folder, else its base name. */
export function displayName(uri: string, folder: string): string {
  return isWithin(folder, uri)
    ? parseUri(uri).path.slice(parseUri(folder).path.length + 1)
    : basenameUri(uri);
}

/** A target of a Location, as resolved from its file alone. */
export interface LocationTarget {
  readonly written: string;
  readonly range: Range;
  readonly document: number;
  readonly entityRef: string;
  readonly optional: boolean;
  /**
   * URI of the target file, or with `pattern`, of the folder that the pattern is relative to;
   * undefined for remote targets.
   */
  readonly uri: string | undefined;
  readonly pattern?: string;
}

/** Path of a field: keys and indices from the root. */
type FieldPath = readonly (string | number)[];

type UnplacedTarget = Omit<LocationTarget, 'range' | 'document' | 'entityRef'> & {
  readonly path: FieldPath;
};

export interface LocationTargets {
  readonly targets: readonly UnplacedTarget[];
  /** Reasons why Backstage would reject the Location. Discovery keeps it nonetheless. */
  readonly issues: readonly { readonly message: string; readonly path: FieldPath }[];
}

/**
 * Returns the targets of a Location, in `spec.target` and `spec.targets`. A discovered file stands
 * for the same file in the repository that Backstage would read, so targets are relative to it with
 * or without a leading `.`, and also for `type: url`.
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
        message: `The target is too long or has too many alternatives: ${shortened(value)}`,
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
    // Backstage treats both slashes alike, on every system.
    const path = value.replaceAll('\\', '/');
    // `joinUri` resolves a path with a leading `/` against the root of the same disk.
    return isPattern(path)
      ? splitPattern(path, dirnameUri(base))
      : { uri: joinUri(dirnameUri(base), path) };
  }
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** Splits a pattern at its first segment with a wildcard. */
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

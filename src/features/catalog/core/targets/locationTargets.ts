import { dirnameUri, joinUri, type Range } from '../../../../base';
import type { Entity } from '../../../../model';
import { isPattern, isTooComplex } from '../../../../platform/core/globs';
import { resolveReference } from './localReferences';

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

import { isRecord } from '../../../../base';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  DEFAULT_NAMESPACE,
  type Entity,
} from '../../../../model';
import type { FieldPath } from './yaml/yamlDocument';

/**
 * Adds the annotations that the server adds before validation: location annotations are
 * overwritten, and annotations can't be a placeholder. In strict mode, a value that isn't an object
 * is replaced. Source: ProcessorOutputCollector.
 */
export function withAnnotations(entity: Entity, { isStrict }: { isStrict: boolean }): Entity {
  const annotations: unknown = entity.metadata['annotations'];
  if (annotations === undefined) return entity;
  if (!isRecord(annotations)) return isStrict ? annotated(entity, {}) : entity;
  const keys = Object.keys(annotations);
  const isConcerned =
    (keys.length === 1 && keys[0]?.startsWith('$')) ||
    keys.includes(ANNOTATION_LOCATION) ||
    keys.includes(ANNOTATION_ORIGIN_LOCATION);
  if (!isConcerned) return entity;
  const added = { [ANNOTATION_LOCATION]: '', [ANNOTATION_ORIGIN_LOCATION]: '' };
  return annotated(entity, { ...annotations, ...added });
}

function annotated(entity: Entity, annotations: Readonly<Record<string, unknown>>): Entity {
  const metadata: Record<string, unknown> = { ...entity.metadata, annotations };
  return { ...entity, metadata: metadata as Entity['metadata'] };
}

/** Adds the default namespace. Source: DefaultNamespaceEntityPolicy. */
export function withNamespace(entity: Entity): Entity {
  return entity.metadata['namespace']
    ? entity
    : { ...entity, metadata: { ...entity.metadata, namespace: DEFAULT_NAMESPACE } };
}

/** Whether a path equals a place or is below it. */
export function isAtOrBelow(path: FieldPath, place: FieldPath): boolean {
  return place.every((segment, index) => path[index] === segment);
}

/** Returns a copy of a value with a substitute at the paths. */
export function replaceAt(
  value: unknown,
  paths: readonly FieldPath[],
  substitute: unknown,
): unknown {
  if (!paths.length) return value;
  if (paths.some(path => path.length === 0)) return substitute;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => replaceAt(item, below(paths, index), substitute));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      replaceAt(item, below(paths, key), substitute),
    ]),
  );
}

function below(paths: readonly FieldPath[], segment: string | number): readonly FieldPath[] {
  return paths.filter(([first]) => first === segment).map(path => path.slice(1));
}

/** Formats a path: `spec.dependsOn[1]`. */
export function formatPath(path: FieldPath): string {
  return path.reduce<string>(
    (text, segment) =>
      typeof segment === 'number' ? `${text}[${segment}]` : text ? `${text}.${segment}` : segment,
    '',
  );
}

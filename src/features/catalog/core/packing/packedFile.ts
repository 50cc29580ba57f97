import type { FailedEntity } from '../../../../api';
import { isRecord, type Range } from '../../../../base';
import type { DisabledLines, Problem, RelatedPlace, Severity } from '../../../../model';
import type {
  AnnotationReference,
  EntityRecord,
  FileRecord,
  MisplacedReference,
  Sighting,
} from '../records';
import type { LocationTarget } from '../targets';
import { isRange, PackedEntity, packRange, unpackRange } from './packedEntity';

/**
 * What a file gives, as lines of text: a head, and for each entity its details and its content. They
 * hold no line feeds, are cheap to pass between threads, and can be written down.
 */
export type PackedFile = readonly string[];

/** The record as it is kept: with its entities as texts, where they can be. */
export function compactRecord(record: FileRecord): FileRecord {
  return {
    uri: record.uri,
    documents: record.documents,
    passedOver: record.passedOver,
    entities: orNone(record.entities.map(compactEntity)),
    failed: orNone(record.failed),
    problems: orNone(record.problems),
    disabledLines: record.disabledLines.size ? record.disabledLines : NO_LINES,
    locationTargets: orNone(record.locationTargets),
    misplaced: orNone(record.misplaced),
    annotationRefs: orNone(record.annotationRefs),
    skeletonFolders: orNone(record.skeletonFolders),
    dependencies: orNone(record.dependencies),
    sightings: orNone(record.sightings),
  };
}

function compactEntity(entity: EntityRecord): EntityRecord {
  if (entity instanceof PackedEntity) return entity;
  return PackedEntity.pack(entity)?.compact() ?? entity;
}

/** Undefined where something in the record is no data. */
export function packFile(record: FileRecord): PackedFile | undefined {
  const entities = record.entities
    .map(entity => (entity instanceof PackedEntity ? entity : PackedEntity.pack(entity)))
    .filter(entity => entity !== undefined);
  if (entities.length < record.entities.length) return undefined;
  const head: Head = {
    documents: record.documents,
    ...(record.passedOver && { passedOver: true }),
    refs: entities.map(({ ref }) => ref),
    ...(record.failed.length && { failed: record.failed.map(packFailed) }),
    ...(record.problems.length && {
      problems: record.problems.map(({ range, related, ...problem }) => ({
        ...problem,
        range: packRange(range),
        ...(related && {
          related: related.map(place => ({ ...place, range: packRange(place.range) })),
        }),
      })),
    }),
    ...(record.disabledLines.size && {
      disabledLines: [...record.disabledLines].map(([line, codes]) => [
        line,
        codes === 'all' ? codes : [...codes],
      ]),
    }),
    ...(record.locationTargets.length && {
      locationTargets: record.locationTargets.map(({ range, ...target }) => ({
        ...target,
        range: packRange(range),
      })),
    }),
    ...(record.skeletonFolders.length && { skeletonFolders: record.skeletonFolders }),
    ...(record.misplaced.length && {
      misplaced: record.misplaced.map(({ range, ...misplaced }) => ({
        ...misplaced,
        range: packRange(range),
      })),
    }),
    ...(record.annotationRefs.length && {
      annotationRefs: record.annotationRefs.map(({ range, ...reference }) => ({
        ...reference,
        range: packRange(range),
      })),
    }),
    ...(record.dependencies.length && { dependencies: record.dependencies }),
    ...(record.sightings.length && {
      sightings: record.sightings.map(({ uri, isThere }) => (isThere ? [uri] : uri)),
    }),
  };
  const rows = entities.flatMap(({ details, content }) => [details, content]);
  return [JSON.stringify(head), ...rows];
}

/**
 * A record from a head that may have been damaged. @throws where it cannot be what was packed
 *
 * @param head - the value of the first line
 * @param entitiesOf - the entities with these refs
 */
export function unpackRecord(
  uri: string,
  head: unknown,
  entitiesOf: (refs: readonly string[]) => readonly EntityRecord[],
): FileRecord {
  if (!isRecord(head)) throw damaged(uri);
  const { documents } = head;
  if (typeof documents !== 'number' || !(documents >= 0)) throw damaged(uri);
  return {
    uri,
    documents,
    passedOver: head['passedOver'] === true,
    entities: orNone(entitiesOf(listOf(head['refs'], isText))),
    failed: orNone(listOf(head['failed'], isRecord).map(failed => unpackFailed(uri, failed))),
    problems: orNone(
      listOf(head['problems'], isRecord).map(problem => unpackProblem(uri, problem)),
    ),
    disabledLines: unpackDisabledLines(uri, head['disabledLines']),
    locationTargets: orNone(
      listOf(head['locationTargets'], isRecord).map(target => unpackTarget(uri, target)),
    ),
    misplaced: orNone(
      listOf(head['misplaced'], isRecord).map(misplaced => unpackMisplaced(uri, misplaced)),
    ),
    annotationRefs: orNone(
      listOf(head['annotationRefs'], isRecord).map(reference => unpackAnnotation(uri, reference)),
    ),
    skeletonFolders: orNone(listOf(head['skeletonFolders'], isText)),
    dependencies: orNone(listOf(head['dependencies'], isText)),
    sightings: orNone(listOf(head['sightings'], isSighting).map(unpackSighting)),
  };
}

/** As JSON; what is empty is left out. A new field of a record has to find its place here. */
type Head = { readonly documents: number; readonly refs: readonly string[] } & Partial<
  Record<Exclude<keyof FileRecord, 'uri' | 'documents' | 'entities'>, unknown>
>;

const NONE: readonly never[] = [];
const NO_LINES: DisabledLines = new Map();

/** Most lists of most files are empty: they share one. */
function orNone<T>(list: readonly T[]): readonly T[] {
  return list.length ? list : NONE;
}

function packFailed({ kind, namespace, name, source }: FailedEntity): object {
  return {
    kind,
    namespace,
    name,
    document: source.document,
    range: packRange(source.range),
    nameRange: packRange(source.nameRange),
  };
}

function unpackFailed(file: string, value: Readonly<Record<string, unknown>>): FailedEntity {
  const { document } = value;
  if (typeof document !== 'number') throw damaged(file);
  return {
    kind: textOrNothing(value['kind']),
    namespace: textOrNothing(value['namespace']),
    name: textOrNothing(value['name']),
    source: {
      file,
      document,
      range: rangeOf(file, value['range']),
      nameRange: rangeOf(file, value['nameRange']),
    },
  };
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

function unpackProblem(uri: string, value: Readonly<Record<string, unknown>>): Problem {
  const { code, message, document, related } = value;
  const severity = SEVERITIES.find(known => known === value['severity']);
  if (!isText(code) || !isText(message) || !severity) throw damaged(uri);
  const entityRef = textOrNothing(value['entityRef']);
  const suggestions = listOf(value['suggestions'], isText);
  return {
    code,
    severity,
    message,
    file: textOrNothing(value['file']),
    document: typeof document === 'number' ? document : undefined,
    range: rangeOf(uri, value['range']),
    ...(entityRef !== undefined && { entityRef }),
    ...(related !== undefined && {
      related: listOf(related, isRecord).map(place => unpackPlace(uri, place)),
    }),
    ...(suggestions.length && { suggestions }),
    ...unpackCause(value['cause']),
  };
}

function unpackCause(value: unknown): Pick<Problem, 'cause'> {
  if (!isRecord(value) || !isText(value['subject'])) return {};
  const { subject } = value;
  const apiVersion = textOrNothing(value['apiVersion']);
  return { cause: { subject, ...(apiVersion !== undefined && { apiVersion }) } };
}

function unpackPlace(uri: string, value: Readonly<Record<string, unknown>>): RelatedPlace {
  const { message, file } = value;
  if (!isText(message) || !isText(file)) throw damaged(uri);
  return { message, file, range: rangeOf(uri, value['range']) };
}

function unpackTarget(file: string, value: Readonly<Record<string, unknown>>): LocationTarget {
  const { written, document, entityRef, optional } = value;
  const isUsable =
    isText(written) &&
    typeof document === 'number' &&
    isText(entityRef) &&
    typeof optional === 'boolean';
  if (!isUsable) throw damaged(file);
  const pattern = textOrNothing(value['pattern']);
  return {
    written,
    range: rangeOf(file, value['range']),
    document,
    entityRef,
    optional,
    uri: textOrNothing(value['uri']),
    ...(pattern !== undefined && { pattern }),
  };
}

function unpackMisplaced(
  file: string,
  value: Readonly<Record<string, unknown>>,
): MisplacedReference {
  const { field, targetRef, document, entityRef } = value;
  const isUsable =
    isText(field) && isText(targetRef) && typeof document === 'number' && isText(entityRef);
  if (!isUsable) throw damaged(file);
  return {
    field,
    targetRef,
    expectedKinds: listOf(value['expectedKinds'], isText),
    defaultKind: textOrNothing(value['defaultKind']),
    range: rangeOf(file, value['range']),
    document,
    entityRef,
  };
}

function unpackAnnotation(
  file: string,
  value: Readonly<Record<string, unknown>>,
): AnnotationReference {
  const { key, targetRef, document, entityRef } = value;
  const isUsable =
    isText(key) && isText(targetRef) && typeof document === 'number' && isText(entityRef);
  if (!isUsable) throw damaged(file);
  return { key, targetRef, range: rangeOf(file, value['range']), document, entityRef };
}

/** In a list of its own where it was there. */
type PackedSighting = string | readonly [uri: string];

function isSighting(value: unknown): value is PackedSighting {
  return isText(value) || (Array.isArray(value) && value.length === 1 && isText(value[0]));
}

function unpackSighting(packed: PackedSighting): Sighting {
  return typeof packed === 'string'
    ? { uri: packed, isThere: false }
    : { uri: packed[0], isThere: true };
}

function unpackDisabledLines(uri: string, value: unknown): DisabledLines {
  if (value === undefined) return NO_LINES;
  const lines = new Map<number, 'all' | ReadonlySet<string>>();
  for (const entry of listOf(value, Array.isArray)) {
    const [line, codes] = entry as readonly unknown[];
    if (typeof line !== 'number') throw damaged(uri);
    lines.set(line, codes === 'all' ? codes : new Set(listOf(codes, isText)));
  }
  return lines;
}

function listOf<T>(value: unknown, isItem: (item: unknown) => item is T): readonly T[] {
  if (value === undefined) return NONE;
  if (!Array.isArray(value) || !value.every(isItem)) throw damaged('a list');
  return value;
}

function rangeOf(uri: string, value: unknown): Range {
  if (!isRange(value)) throw damaged(uri);
  return unpackRange(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function damaged(what: string): Error {
  return new TypeError(`Not a packed file: ${what}`);
}

import type { EntitySource } from '../../../api';
import { EMPTY_RANGE, isRecord, type Position, type Range, singleLine } from '../../../base';
import {
  type Problem,
  type ProblemEdit,
  type ProblemFix,
  type RelatedPlace,
  severities,
} from '../../../model';

/** Maximum length of the name of a source, and of the title of a fix. */
const MAX_SOURCE = 50;
const MAX_TITLE = 200;
/** Maximum length of a message, and number of related places, suggestions and fixes. */
const MAX_MESSAGE = 10_000;
const MAX_ITEMS = 50;

/** A problem whose field is still to be found in its file. */
export type PlacedProblem = Problem & { readonly path?: readonly (string | number)[] };

/**
 * Returns a plugin's problem with its valid fields, or undefined without a code or a message.
 *
 * @param file - URI of the request to the plugin
 * @param placeOf - finds the place of an entity in the file
 */
export function readReportedProblem(
  value: unknown,
  file: string,
  placeOf: (entityRef: string) => Pick<EntitySource, 'document' | 'nameRange'> | undefined,
): PlacedProblem | undefined {
  if (!isRecord(value)) return undefined;
  const { code, message, severity, document, entityRef, related, suggestions } = value;
  const { path, source, docs, fixes } = value;
  if (typeof code !== 'string' || code === '' || typeof message !== 'string') return undefined;
  const ref = typeof entityRef === 'string' ? entityRef.toLowerCase() : undefined;
  const place = ref === undefined ? undefined : placeOf(ref);
  const range = readRange(value['range']);
  return {
    code,
    severity: severities.find(known => known === severity) ?? 'warning',
    message: message.slice(0, MAX_MESSAGE),
    file,
    document: isIndex(document) ? document : range ? undefined : place?.document,
    range: range ?? place?.nameRange ?? EMPTY_RANGE,
    ...(!range && isPath(path) && { path }),
    ...(ref !== undefined && { entityRef: ref }),
    ...(Array.isArray(related) && { related: related.slice(0, MAX_ITEMS).flatMap(relatedPlace) }),
    ...(Array.isArray(suggestions) && {
      suggestions: suggestions
        .slice(0, MAX_ITEMS)
        .filter(suggestion => typeof suggestion === 'string'),
    }),
    ...(typeof source === 'string' && source !== '' && { source: singleLine(source, MAX_SOURCE) }),
    ...(typeof docs === 'string' && /^https?:\/\//i.test(docs) && { docs }),
    ...(Array.isArray(fixes) && { fixes: fixes.slice(0, MAX_ITEMS).flatMap(readFix) }),
  };
}

function isPath(value: unknown): value is readonly (string | number)[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(step => typeof step === 'string' || isIndex(step))
  );
}

function readFix(value: unknown): readonly ProblemFix[] {
  if (!isRecord(value)) return [];
  const { title, edits } = value;
  if (typeof title !== 'string' || !Array.isArray(edits)) return [];
  const read = edits.map(readEdit);
  // A part of a fix may do harm.
  if (!read.length || !read.every(edit => edit !== undefined)) return [];
  return [{ title: singleLine(title, MAX_TITLE), edits: read }];
}

function readEdit(value: unknown): ProblemEdit | undefined {
  if (!isRecord(value)) return undefined;
  const { file, newText } = value;
  const range = readRange(value['range']);
  if (typeof newText !== 'string' || !range) return undefined;
  // Views parse it.
  if (typeof file === 'string' && !/^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i.test(file)) return undefined;
  return { range, newText, ...(typeof file === 'string' && { file }) };
}

function relatedPlace(value: unknown): readonly RelatedPlace[] {
  if (!isRecord(value)) return [];
  const { message, file } = value;
  const range = readRange(value['range']);
  if (typeof message !== 'string' || typeof file !== 'string' || !range) return [];
  return [{ message: message.slice(0, MAX_MESSAGE), file, range }];
}

function readRange(value: unknown): Range | undefined {
  if (!isRecord(value)) return undefined;
  const start = readPosition(value['start']);
  const end = readPosition(value['end']);
  return start && end && { start, end };
}

function readPosition(value: unknown): Position | undefined {
  if (!isRecord(value)) return undefined;
  const { line, character } = value;
  return isIndex(line) && isIndex(character) ? { line, character } : undefined;
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

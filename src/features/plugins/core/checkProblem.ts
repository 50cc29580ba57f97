import { EMPTY_RANGE, isRecord, type Position, type Range } from '../../../base';
import { type Problem, type RelatedPlace, severities } from '../../../model';

/**
 * Returns a problem of a plugin with everything in it that can be used. Undefined without a code or a message.
 *
 * @param file - the URI that the plugin was asked about
 * @param placeOf - finds the place for a problem that has none
 */
export function checkProblem(
  value: unknown,
  file: string,
  placeOf: (entityRef: string) => Range | undefined,
): Problem | undefined {
  if (!isRecord(value)) return undefined;
  const { code, message, severity, document, range, entityRef, related, suggestions } = value;
  if (typeof code !== 'string' || code === '' || typeof message !== 'string') return undefined;
  const ref = typeof entityRef === 'string' ? entityRef.toLowerCase() : undefined;
  const place = readRange(range) ?? (ref === undefined ? undefined : placeOf(ref));
  return {
    code,
    severity: severities.find(known => known === severity) ?? 'warning',
    message,
    file,
    document: typeof document === 'number' ? document : undefined,
    range: place ?? EMPTY_RANGE,
    ...(ref !== undefined && { entityRef: ref }),
    ...(Array.isArray(related) && { related: related.flatMap(relatedPlace) }),
    ...(Array.isArray(suggestions) && {
      suggestions: suggestions.filter(suggestion => typeof suggestion === 'string'),
    }),
  };
}

function relatedPlace(value: unknown): readonly RelatedPlace[] {
  if (!isRecord(value)) return [];
  const { message, file } = value;
  const range = readRange(value['range']);
  if (typeof message !== 'string' || typeof file !== 'string' || !range) return [];
  return [{ message, file, range }];
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

import { isRecord, parsedJson, type Range } from '../../../../base';
import { ANNOTATION_LOCATION, type JsonObject } from '../../../../model';
import { pathKey, type Place, type PlacedYaml, writePlacedYaml } from './placedYaml';
import { isJsonObject } from './served/servedAnswers';

/** Positions in the text of an entity. */
export interface EntityLayout {
  readonly lines: number;
  readonly places: ReadonlyMap<string, Place>;
}

/** Root fields that the server adds; they are invalid in descriptors. */
const MADE_BY_SERVER = new Set(['relations', 'status']);

/**
 * Writes an entity as a descriptor, with two lines of comments in front. Relations and status of the server are
 * left out.
 *
 * @param entity - with full or shortened texts; shortened ones change later positions
 */
export function writeEntity(
  entity: JsonObject,
  { ref, server }: { readonly ref: string; readonly server: string },
  isWanted: (key: string) => boolean = () => false,
): PlacedYaml {
  const { metadata } = entity;
  const { annotations } = isRecord(metadata) ? metadata : {};
  const location = isRecord(annotations) ? annotations[ANNOTATION_LOCATION] : undefined;
  const head = [
    `# ${ref}, from ${oneLine(server)}. Read-only: changes are not saved there.`,
    typeof location === 'string'
      ? `# Location on the server: ${oneLine(location)}`
      : "# The server doesn't report its location.",
  ];
  const descriptor = Object.fromEntries(
    Object.entries(entity).filter(([key]) => !MADE_BY_SERVER.has(key)),
  );
  return writePlacedYaml(inOrder(descriptor), { head, isWanted });
}

/** Conventional order of fields. */
const FIRST = ['apiVersion', 'kind', 'metadata', 'spec'];
const FIRST_OF_METADATA = ['name', 'namespace', 'title', 'description'];

function inOrder(descriptor: JsonObject): JsonObject {
  const { metadata } = descriptor;
  const ordered = sortedTo(descriptor, FIRST);
  return isJsonObject(metadata)
    ? { ...ordered, metadata: sortedTo(metadata, FIRST_OF_METADATA) }
    : ordered;
}

function sortedTo(object: JsonObject, first: readonly string[]): JsonObject {
  const keys = [...first.filter(key => Object.hasOwn(object, key)), ...Object.keys(object)];
  return Object.fromEntries(keys.map(key => [key, object[key] ?? null]));
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\ufeff]+/gu, ' ');
}

/** Maximum number of positions of an entity. */
const MOST_PLACES = 200;

/** Returns the positions that may be needed later: the name, and possible references in `spec`. */
export function keptLayout(
  entity: JsonObject,
  as: Parameters<typeof writeEntity>[1],
): EntityLayout {
  let count = 0;
  return writeEntity(entity, as, key => {
    const isOne = key === NAME || key.startsWith(SPEC);
    return isOne && count++ < MOST_PLACES;
  });
}

export const NAME = pathKey(['metadata', 'name']);
const SPEC = pathKey(['spec', '']);

export function packLayout({ lines, places }: EntityLayout): string {
  return JSON.stringify([lines, ...places]);
}

/** Returns undefined for invalid data. */
export function unpackLayout(packed: string): EntityLayout | undefined {
  const value = parsedJson(packed);
  if (!Array.isArray(value)) return undefined;
  const [lines, ...entries] = value as readonly unknown[];
  if (typeof lines !== 'number' || !entries.every(isPlaceEntry)) return undefined;
  return { lines, places: new Map(entries) };
}

function isPlaceEntry(value: unknown): value is readonly [string, Place] {
  if (!Array.isArray(value)) return false;
  const [key, place] = value as readonly unknown[];
  return (
    typeof key === 'string' &&
    Array.isArray(place) &&
    place.length === 3 &&
    place.every(part => typeof part === 'number' && part >= 0)
  );
}

export function rangeOf([line, start, end]: Place): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}

import { isRecord, parsedJson, type Range } from '../../../../base';
import { ANNOTATION_LOCATION, type JsonObject } from '../../../../model';
import { pathKey, type Place, type PlacedYaml, writePlacedYaml } from './placedYaml';
import { isJsonObject } from './served/servedAnswers';

/** Where in the text of an entity something stands. */
export interface EntityLayout {
  readonly lines: number;
  readonly places: ReadonlyMap<string, Place>;
}

/** Root fields that a server makes itself: a descriptor that has them is refused. */
const MADE_BY_SERVER = new Set(['relations', 'status']);

/**
 * An entity as a descriptor, with two lines in front that say what it is. What the server makes of it besides, its
 * relations and its status, is no part of it.
 *
 * @param entity - its long texts as they are, or shortened: then places behind those are others
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
    `# ${ref}, as ${oneLine(server)} has it. Read-only: a change here would not get there.`,
    typeof location === 'string'
      ? `# The server has it from ${oneLine(location)}`
      : '# Where the server has it from, it does not say.',
  ];
  const descriptor = Object.fromEntries(
    Object.entries(entity).filter(([key]) => !MADE_BY_SERVER.has(key)),
  );
  return writePlacedYaml(inOrder(descriptor), { head, isWanted });
}

/** As people write them. */
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

/** So many places of an entity are kept at most. */
const MOST_PLACES = 200;

/** What of the layout can be asked for later: the name, and whatever in `spec` can be a reference. */
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

/** Undefined for what is none. */
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

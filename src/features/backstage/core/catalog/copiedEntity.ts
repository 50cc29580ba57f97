import { hashText, isRecord, ownText } from '../../../../base';
import type { EntityRelation, JsonObject } from '../../../../model';
import { type PackedContent, packContent } from '../../../catalog/core/parts';
import { keptLayout, packLayout } from './entityText';
import { readVersion, type ServedEntityAnswer } from './served/servedAnswers';

/** What is kept in memory of an entity that a server has. */
export interface CopiedEntity extends PackedContent {
  /** Full and lower-cased. */
  readonly ref: string;
  /** A hash of what tells this version from the next; undefined where nothing does. */
  readonly version: string | undefined;
  /** The server's. */
  readonly relations: readonly EntityRelation[];
  /** Where in the whole text something stands, as `packLayout` gives it; undefined where nothing is shortened. */
  readonly layout: string | undefined;
}

/** One that has just come, or was just read. */
export interface WholeEntity {
  readonly copied: CopiedEntity;
  /** JSON of all of it, relations aside. */
  readonly whole: string;
}

/** @param server - its name, for people */
export function copyOf(answer: ServedEntityAnswer, server: string): WholeEntity {
  const { ref, entity, relations } = answer;
  const kept = packContent(entity);
  const { version } = readVersion(entity) ?? {};
  return {
    copied: {
      ...kept,
      ref: ownText(ref),
      version: version && hashText(version),
      relations,
      layout: kept.isShortened ? packLayout(keptLayout(entity, { ref, server })) : undefined,
    },
    whole: kept.isShortened ? JSON.stringify(entity) : kept.content,
  };
}

/** Whether the server says the same with both. */
export function isSameCopy(a: CopiedEntity, b: CopiedEntity): boolean {
  return (
    a.content === b.content &&
    a.layout === b.layout &&
    a.relations.length === b.relations.length &&
    a.relations.every(({ type, targetRef }, at) => {
      const other = b.relations[at];
      return type === other?.type && targetRef === other.targetRef;
    })
  );
}

/** Of the kept JSON of an entity, which was one before. */
export function parseEntity(json: string): JsonObject {
  const value: unknown = JSON.parse(json);
  return isJsonObject(value) ? value : {};
}

function isJsonObject(value: unknown): value is JsonObject {
  return isRecord(value);
}

import { hashText, compactString } from '../../../../base';
import type { EntityRelation, JsonObject } from '../../../../model';
import type { BlobStore } from '../../../../platform/core/ports';
import { packContent, type PackedContent } from '../../../catalog/core/parts';
import { StoredCopy } from '../../../sources/core';
import { keptLayout, packLayout } from './entityText';
import { isJsonObject, readVersion, type ServedEntityAnswer } from './served/servedAnswers';

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
      ref: compactString(ref),
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

/** Changes with what is written. */
const FORMAT = 2;

/** Without its content, where that can be made of the whole. */
interface WrittenEntity {
  readonly copied: Omit<CopiedEntity, 'content'>;
  readonly whole: string;
}

/** The entities of a server as they were when it was asked last. Of long texts, only the copy has the whole. */
export class BackstageCopy extends StoredCopy<WrittenEntity> {
  /** @param subject - what it is a copy of: one of anything else counts as none */
  constructor(store: BlobStore, subject: string) {
    super(store, 'entities', [FORMAT, subject]);
  }

  async load(): Promise<
    { readonly entities: ReadonlyMap<string, CopiedEntity>; readonly fetchedAt: number } | undefined
  > {
    const stored = await this.read();
    if (!stored) return undefined;
    const entities = new Map<string, CopiedEntity>();
    for await (const items of stored.items()) {
      for (const { copied, whole } of items) {
        const { content } = copied.isShortened
          ? packContent(parseEntity(whole))
          : { content: whole };
        entities.set(copied.ref, { ...copied, content });
      }
    }
    return { entities, fetchedAt: stored.fetchedAt };
  }

  /** JSON of these entities with their long texts, as far as they are there. */
  async wholes(refs: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    const wholes = new Map<string, string>();
    const stored = refs.size ? await this.read() : undefined;
    if (!stored) return wholes;
    for await (const items of stored.items()) {
      for (const { copied, whole } of items)
        if (refs.has(copied.ref)) wholes.set(copied.ref, whole);
    }
    return wholes;
  }

  /**
   * @param options.wholes - JSON of entities with long texts, by ref
   * @throws where it cannot be written: then the one before is still there
   */
  save(
    entities: ReadonlyMap<string, CopiedEntity>,
    {
      wholes,
      fetchedAt,
      signal,
    }: {
      readonly wholes: ReadonlyMap<string, string>;
      readonly fetchedAt: number;
      readonly signal: AbortSignal;
    },
  ): Promise<void> {
    function* written(): Generator<WrittenEntity> {
      for (const { content, ...copied } of entities.values()) {
        signal.throwIfAborted();
        yield { copied, whole: wholes.get(copied.ref) ?? content };
      }
    }
    return this.write(written(), fetchedAt);
  }
}

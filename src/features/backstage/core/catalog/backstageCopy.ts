import { hashText, compactString } from '../../../../base';
import type { EntityRelation, JsonObject } from '../../../../model';
import type { BlobStore } from '../../../../platform/core/ports';
import { packContent, type PackedContent } from '../../../catalog/core/reader';
import { StoredCopy } from '../../../sources/core';
import { keptLayout, packLayout } from './entityText';
import { isJsonObject, readVersion, type ServedEntityAnswer } from './served/servedAnswers';

/** In-memory copy of an entity of a server. */
export interface CopiedEntity extends PackedContent {
  /** Full and in lower case. */
  readonly ref: string;
  /** Hash of the version; undefined if the server doesn't identify versions. */
  readonly version: string | undefined;
  /** Relations of the server. */
  readonly relations: readonly EntityRelation[];
  /** Positions in the full text, packed by `packLayout`; undefined if no text is shortened. */
  readonly layout: string | undefined;
}

/** A newly fetched or loaded entity. */
export interface WholeEntity {
  readonly copied: CopiedEntity;
  /** JSON of the whole entity, without relations. */
  readonly whole: string;
}

/** @param server - display name */
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

/** Whether both copies have the same content. */
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

/** Parses the stored JSON of an entity. */
export function parseEntity(json: string): JsonObject {
  const value: unknown = JSON.parse(json);
  return isJsonObject(value) ? value : {};
}

/** Increment when the stored format changes. */
const FORMAT = 2;

/** A stored entity, without content that can be derived from the whole. */
interface WrittenEntity {
  readonly copied: Omit<CopiedEntity, 'content'>;
  readonly whole: string;
}

/** Stored copy of a server's entities. The only place that has long texts in full. */
export class BackstageCopy extends StoredCopy<WrittenEntity> {
  /** @param subject - identifies the server; copies of others are ignored */
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

  /** Returns JSON of entities with their full texts, for refs that are stored. */
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
   * @throws if it can't be written; the previous copy stays
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

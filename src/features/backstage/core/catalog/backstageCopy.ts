import type { BlobStore } from '../../../../platform/core/ports';
import { packContent } from '../../../catalog/core/parts';
import { StoredCopy } from '../../../sources/core';
import { type CopiedEntity, parseEntity } from './copiedEntity';

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

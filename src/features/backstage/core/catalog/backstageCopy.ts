import type { BlobStore } from '../../../../platform/core/ports';
import { packContent } from '../../../catalog/core/parts';
import { StoredCopy } from '../../../sources/core';
import { type CopiedEntity, parseEntity, type WholeEntity } from './copiedEntity';

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

  /** @throws where it cannot be written: then the one before is still there */
  save(entities: Iterable<WholeEntity>, fetchedAt: number, signal: AbortSignal): Promise<void> {
    return this.write(writtenEntities(entities, signal), fetchedAt);
  }
}

function* writtenEntities(
  entities: Iterable<WholeEntity>,
  signal: AbortSignal,
): Generator<WrittenEntity> {
  for (const { copied, whole } of entities) {
    signal.throwIfAborted();
    const { content, ...rest } = copied;
    yield { copied: rest, whole };
  }
}

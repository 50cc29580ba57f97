import { isRecord, ownText } from '../../../base';
import { ANNOTATION_ORPHAN, type JsonValue } from '../../../model';
import type { EntityRecord, ServedState } from '../records';
import { withShortTexts } from './longTexts';
import { narrowJson, PackedEntity } from './packedEntity';

/** An entity as a server on another machine serves it: whatever there is to say of it beyond its file, it says itself. */
export class ServedEntity extends PackedEntity {
  override readonly content: string;
  override readonly details: string;
  readonly #isShort: boolean;
  readonly #server: string;

  private constructor({ file, ref, details, content, isShortened, server }: ServedParts) {
    super(file, ref);
    this.details = details;
    this.content = content;
    this.#isShort = isShortened;
    this.#server = server;
  }

  /**
   * @param content - of the entity, as {@link servedContent} gives it
   * @param server - its name, for people
   */
  static of(
    record: EntityRecord,
    content: ServedContent,
    server: string,
  ): ServedEntity | undefined {
    const packed = PackedEntity.pack(record);
    if (!packed) return undefined;
    const { file, ref, details } = packed;
    return new ServedEntity({ file, ref, details: ownText(details), ...content, server });
  }

  override get isShortened(): boolean {
    return this.#isShort;
  }

  get served(): ServedState {
    const { metadata } = this.entity;
    const { annotations, uid } = metadata;
    const isOrphan = isRecord(annotations) && annotations[ANNOTATION_ORPHAN] === 'true';
    return {
      location: undefined,
      origin: undefined,
      isOrphan,
      broughtBy: isOrphan ? { type: 'nothing' } : { type: 'provider', name: this.#server },
      ...(typeof uid === 'string' && { uid }),
    };
  }
}

/** The JSON by which an entity is kept, and whether long texts of it were shortened for that. */
export interface ServedContent {
  readonly content: string;
  readonly isShortened: boolean;
}

interface ServedParts extends ServedContent {
  readonly file: string;
  readonly ref: string;
  readonly details: string;
  readonly server: string;
}

export function servedContent(entity: JsonValue): ServedContent {
  const short = withShortTexts(entity);
  const content = ownText(narrowJson(JSON.stringify(short)));
  return { content, isShortened: short !== entity };
}

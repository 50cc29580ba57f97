import type { EntitySource } from '../../../../api';
import { isRecord, ownText } from '../../../../base';
import { ANNOTATION_ORPHAN, type CompoundEntityRef, type JsonValue } from '../../../../model';
import type { EntityRecord, ServedState } from '../records';
import { withShortTexts } from './longTexts';
import {
  type Details,
  isDetails,
  narrowJson,
  NO_DETAILS,
  packDetails,
  PackedEntity,
} from './packedEntity';

/** An entity as a server on another machine serves it: whatever there is to say of it beyond its file, it says itself. */
export class ServedEntity extends PackedEntity {
  override readonly content: string;
  override readonly details: string;
  readonly #server: string;

  constructor({ file, ref, content, details, server }: ServedTexts) {
    super(file, ref);
    this.content = content;
    this.details = details;
    this.#server = server;
  }

  /** @param parts.content - JSON of the entity, as {@link servedContent} gives it */
  static of({ source, ref, content, server, ...parts }: ServedParts): ServedEntity {
    const details = ownText(packDetails({ source, ref, ...parts }));
    return new ServedEntity({ file: source.file, ref, content, details, server });
  }

  override readDetails(): Details {
    try {
      const details: unknown = JSON.parse(this.details);
      if (isDetails(details)) return details;
    } catch {
      // As below.
    }
    // Only what somebody forged on the disk gets here.
    return NO_DETAILS;
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

interface ServedTexts {
  readonly file: string;
  readonly ref: string;
  readonly content: string;
  readonly details: string;
  /** Name of the server, for people. */
  readonly server: string;
}

interface ServedParts extends ServedContent, Pick<EntityRecord, 'ref' | 'references' | 'emitted'> {
  readonly source: EntitySource;
  /** The parts of its ref, as it spells them. */
  readonly spelled: CompoundEntityRef;
  /** Name of the server, for people. */
  readonly server: string;
}

export function servedContent(entity: JsonValue): ServedContent {
  const short = withShortTexts(entity);
  const content = ownText(narrowJson(JSON.stringify(short)));
  return { content, isShortened: short !== entity };
}

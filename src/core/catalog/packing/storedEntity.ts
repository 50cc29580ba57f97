import { parseEntityRef } from '../../../model';
import {
  type Details,
  type EntityLinks,
  isDetails,
  NO_DETAILS,
  PackedEntity,
} from './packedEntity';

/** The bytes of an entity: those of its details, and those of its content right behind them. */
export interface EntityBytes {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly middle: number;
  readonly end: number;
}

/**
 * An entity of a snapshot, left as the bytes that it is in there: of most, nobody asks more than
 * where they lead, which is at hand when the catalog is put together.
 */
export class StoredEntity extends PackedEntity {
  #bytes: EntityBytes;
  #links: EntityLinks | undefined;

  /** @throws where it cannot be an entity's ref */
  constructor(file: string, ref: string, bytes: EntityBytes, links: EntityLinks | undefined) {
    super(file, ref);
    // Asked for all the time, and must not throw then.
    parseEntityRef(ref);
    this.#bytes = bytes;
    this.#links = links;
  }

  override get content(): string {
    const { bytes, middle, end } = this.#bytes;
    return DECODER.decode(bytes.subarray(middle, end));
  }

  override get details(): string {
    const { bytes, start, middle } = this.#bytes;
    return DECODER.decode(bytes.subarray(start, middle));
  }

  /** Asked for once, by the graph, which keeps them: they are not kept here too. */
  override get links(): EntityLinks {
    const links = this.#links ?? super.links;
    this.#links = undefined;
    return links;
  }

  protected override readDetails(): Details {
    try {
      const details: unknown = JSON.parse(this.details);
      if (isDetails(details)) return details;
    } catch {
      // As below.
    }
    // Only a snapshot that somebody forged gets here; it is found out when its file is read.
    return NO_DETAILS;
  }
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

import { parseEntityRef } from '../../../../model';
import {
  type Details,
  type EntityLinks,
  isDetails,
  NO_DETAILS,
  PackedEntity,
} from './packedEntity';
import { type PackedLinks, unpackLinks } from './packedLinks';

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
  #bytes: Uint8Array;
  #start: number;
  #middle: number;
  #end: number;
  #links: PackedLinks | undefined;

  /** @throws where it cannot be an entity's ref */
  constructor(file: string, ref: string, bytes: EntityBytes, links: PackedLinks | undefined) {
    super(file, ref);
    // Asked for all the time, and must not throw then.
    parseEntityRef(ref);
    this.#bytes = bytes.bytes;
    this.#start = bytes.start;
    this.#middle = bytes.middle;
    this.#end = bytes.end;
    this.#links = links;
  }

  override get content(): string {
    return DECODER.decode(this.#bytes.subarray(this.#middle, this.#end));
  }

  override get details(): string {
    return DECODER.decode(this.#bytes.subarray(this.#start, this.#middle));
  }

  /** Asked for once, by the graph, which keeps them: they are not kept here too. */
  override get links(): EntityLinks {
    const links = this.#links ? unpackLinks(this.#links) : super.links;
    this.#links = undefined;
    return links;
  }

  override readDetails(): Details {
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

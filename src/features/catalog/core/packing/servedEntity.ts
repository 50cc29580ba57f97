import { isRecord } from '../../../../base';
import { ANNOTATION_ORPHAN } from '../../../../model';
import type { ServedState } from '../records';
import { PackedEntity, type PackedParts } from './packedEntity';

/** An entity as a server on another machine serves it: whatever there is to say of it beyond its file, it says itself. */
export class ServedEntity extends PackedEntity {
  readonly #server: string;

  /** @param server - its name, for people */
  constructor(file: string, parts: PackedParts, server: string) {
    super(file, parts);
    this.#server = server;
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

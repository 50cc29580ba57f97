import { isRecord } from '../../../../base';
import { ANNOTATION_ORPHAN } from '../../../../model';
import type { ServedState } from '../records';
import { PackedEntity, type PackedParts } from './packedEntity';

/** An entity served by a remote server, with all its data in its content. */
export class ServedEntity extends PackedEntity {
  readonly #server: string;

  /** @param server - name as shown to users */
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
      parent: isOrphan ? { type: 'nothing' } : { type: 'provider', name: this.#server },
      ...(typeof uid === 'string' && { uid }),
    };
  }
}

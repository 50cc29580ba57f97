import { movedRange } from '../../../../base';
import { type Move, PackedEntity } from './packedEntity';

/**
 * An entity that stands elsewhere in its file than where it was read: an edit moves all that stands below
 * it, and changes none of that.
 */
export class MovedEntity extends PackedEntity {
  readonly #origin: PackedEntity;
  readonly #move: Move;

  /** @param move - from where the entity is now */
  constructor({ file, ref, origin, move }: PackedEntity, { document, lines: more }: Move) {
    const { content, details } = origin;
    const lines = (move?.lines ?? 0) + more;
    const { range, nameRange } = details.source;
    super(file, {
      ref,
      content,
      details: {
        ...details,
        source: {
          document,
          range: movedRange(range, lines),
          nameRange: movedRange(nameRange, lines),
        },
        references: details.references.map(reference => ({
          ...reference,
          range: movedRange(reference.range, lines),
        })),
      },
    });
    this.#origin = origin;
    this.#move = { document, lines };
  }

  override get origin(): PackedEntity {
    return this.#origin;
  }

  override get move(): Move {
    return this.#move;
  }
}

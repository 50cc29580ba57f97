import {
  type Details,
  type EntityLinks,
  type Move,
  narrowJson,
  PackedEntity,
  type PackedRange,
} from './packedEntity';

/**
 * An entity that stands elsewhere in its file than where it was read: an edit moves all that stands below
 * it, and changes none of that.
 */
export class MovedEntity extends PackedEntity {
  #origin: PackedEntity;
  #move: Move;

  /** @param move - from where the entity is now */
  constructor(entity: PackedEntity, { document, lines }: Move) {
    super(entity.file, entity.ref);
    this.#origin = entity.origin;
    this.#move = { document, lines: (entity.move?.lines ?? 0) + lines };
  }

  override get origin(): PackedEntity {
    return this.#origin;
  }

  override get move(): Move {
    return this.#move;
  }

  override get content(): string {
    return this.#origin.content;
  }

  override get details(): string {
    return narrowJson(JSON.stringify(this.readDetails()));
  }

  override get links(): EntityLinks {
    return this.#origin.links;
  }

  override compact(): PackedEntity {
    return this;
  }

  override readDetails(): Details {
    const { document, lines } = this.#move;
    const [, range, nameRange, name, namespace, kind, isShortened, references, emitted] =
      this.#origin.readDetails();
    const move = ([line, character, endLine, endCharacter]: PackedRange): PackedRange => [
      line + lines,
      character,
      endLine + lines,
      endCharacter,
    ];
    return [
      document,
      move(range),
      move(nameRange),
      name,
      namespace,
      kind,
      isShortened,
      references.map(([field, written, target, rule, place]) => [
        field,
        written,
        target,
        rule,
        move(place),
      ]),
      emitted,
    ];
  }
}

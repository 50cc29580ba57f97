import type { FileRecord } from '../records';
import { PackedEntity, type SharedSite, type SharedTarget } from './packedEntity';
import { compactEntity, type PackedRecord, type StoredEntity } from './packedFile';

/** Packs the records of a snapshot, in order. */
export class RecordPacker {
  readonly #sites = new Numbering<SharedSite>();
  readonly #targets = new Numbering<SharedTarget>();

  /** Returns undefined if the record contains unserializable values. */
  pack(record: FileRecord): PackedRecord | undefined {
    const packed: PackedEntity[] = [];
    for (const entity of record.entities.map(compactEntity)) {
      if (!(entity instanceof PackedEntity)) return undefined;
      packed.push(entity);
    }
    return {
      ...record,
      entities: packed.map(entity => this.#packEntity(entity)),
      disabledLines: [...record.disabledLines].map(
        ([line, codes]) => [line, codes === 'all' ? codes : [...codes]] as const,
      ),
      sites: this.#sites.takeNew(),
      targets: this.#targets.takeNew(),
    };
  }

  #packEntity({ ref, content, details }: PackedEntity): StoredEntity {
    const references = details.references.map(({ site, target, range }) => ({
      site: this.#sites.numberOf(site),
      target: this.#targets.numberOf(target),
      range,
    }));
    return { ref, content, details: { ...details, references } };
  }
}

/** Numbers objects from 0, in the order of their first use. */
class Numbering<T> {
  readonly #numbers = new Map<T, number>();
  #new: T[] = [];

  numberOf(item: T): number {
    const known = this.#numbers.get(item);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(item, number);
    this.#new.push(item);
    return number;
  }

  /** Returns the objects that were numbered since the last call. */
  takeNew(): readonly T[] {
    const items = this.#new;
    this.#new = [];
    return items;
  }
}

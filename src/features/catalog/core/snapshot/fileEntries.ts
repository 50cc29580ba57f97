import { PackedEntity } from '../packing/packedEntity';
import { packFile, unpackRecord } from '../packing/packedFile';
import { isPackedLinks, type PackedLinks, packLinks } from '../packing/packedLinks';
import { StoredEntity } from '../packing/storedEntity';
import { isFileStamp } from '../workspace/files/fileReading';
import type { KnownFile } from '../workspace/files/knownFiles';
import type { Frame } from './frames';

/*
 * The text of a frame is a list with an entry for each file: what is asked for when the catalog is
 * put together. The details and the contents of its entities are the bytes of the frame.
 */

/** In a text, absent parts are 0; the boundary is so where it is that of the entry before. */
type Entry = readonly [
  uri: string,
  mtime: number,
  size: number,
  hash: string | 0,
  isMeant: boolean,
];

const ENCODER = new TextEncoder();

/** Collects the entries of one frame. */
export class EntryWriter {
  #entries: string[] = [];
  #bytes: Uint8Array[] = [];
  #length = 0;
  #boundary: string | undefined;

  /** About how many bytes there are. */
  get length(): number {
    return this.#length;
  }

  get frame(): { readonly text: string; readonly parts: readonly Uint8Array[] } {
    return { text: `[${this.#entries.join(',')}]`, parts: this.#bytes };
  }

  /** @returns whether the file can be written down */
  add({ uri, stamp, isMeant, boundary, record }: KnownFile): boolean {
    const packed = record && packFile(record);
    if (record && !packed) return false;
    const entry: Entry = [uri, stamp.mtime, stamp.size, stamp.hash ?? 0, isMeant];
    const texts = [...entry, boundary === this.#boundary ? 0 : boundary].map(item =>
      JSON.stringify(item),
    );
    this.#boundary = boundary;
    if (record && packed) {
      const [head = '', ...lines] = packed;
      const parts = lines.map(line => ENCODER.encode(line));
      const links = record.entities.map(entity =>
        entity instanceof PackedEntity ? (packLinks(entity) ?? 0) : 0,
      );
      const lengths = parts.map(part => part.length);
      texts.push(head, JSON.stringify(lengths), JSON.stringify(links));
      this.#bytes.push(...parts);
      this.#length += lengths.reduce((sum, length) => sum + length, 0);
    }
    const text = `[${texts.join(',')}]`;
    this.#entries.push(text);
    this.#length += text.length;
    return true;
  }
}

/** @throws where that cannot be the entries of a frame */
export function readEntries({ text, bytes }: Frame): readonly KnownFile[] {
  const entries: unknown = JSON.parse(text);
  if (!Array.isArray(entries)) throw new TypeError('Not the files of a frame');
  const files: KnownFile[] = [];
  const reader = new EntityReader(bytes);
  let boundary: unknown;
  for (const entry of entries as readonly unknown[]) {
    if (!Array.isArray(entry)) throw new TypeError('Not a file');
    const [uri, mtime, size, hash, isMeant, where, head, lengths, links] =
      entry as readonly unknown[];
    const stamp = hash === 0 ? { mtime, size } : { mtime, size, hash };
    if (where !== 0) boundary = where;
    if (typeof uri !== 'string' || typeof isMeant !== 'boolean' || typeof boundary !== 'string') {
      throw new TypeError('Not a file');
    }
    if (!isFileStamp(stamp)) throw new TypeError('Not the stamp of a file');
    const record =
      head === undefined
        ? undefined
        : unpackRecord(uri, head, refs => reader.read(uri, refs, lengths, links));
    files.push({ uri, stamp, isMeant, boundary, record });
  }
  return files;
}

/** Gives entities their parts of the bytes, one after the other. */
class EntityReader {
  #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(
    uri: string,
    refs: readonly string[],
    lengths: unknown,
    links: unknown,
  ): readonly StoredEntity[] {
    const isUsable =
      Array.isArray(lengths) &&
      Array.isArray(links) &&
      lengths.length === 2 * refs.length &&
      links.length === refs.length;
    if (!isUsable) throw new TypeError('Not the entities of a file');
    return refs.map((ref, index) => {
      const start = this.#at;
      const middle = this.#advance(lengths[2 * index]);
      const end = this.#advance(lengths[2 * index + 1]);
      const place = { bytes: this.#bytes, start, middle, end };
      return new StoredEntity(uri, ref, place, linksOf(links[index]));
    });
  }

  #advance(length: unknown): number {
    const isUsable = typeof length === 'number' && Number.isInteger(length) && length >= 0;
    if (!isUsable || this.#at + length > this.#bytes.length) {
      throw new TypeError('Not the length of a text');
    }
    return (this.#at += length);
  }
}

/** Undefined where they are to be read from the details. */
function linksOf(packed: unknown): PackedLinks | undefined {
  if (packed === 0) return undefined;
  if (!isPackedLinks(packed)) throw new TypeError('Not the links of an entity');
  return packed;
}

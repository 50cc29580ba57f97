import { chunks, hashText, isRecord, parsedJson } from '../../../../base';
import { Slices } from '../../../../platform/core';
import type { BlobStore, Clock } from '../../../../platform/core/ports';
import type { UrlFile } from '../../../scm/core/urlReaders';
import type { KeptAddress, KeptFailure, UrlCopy } from './urlCopy';

const COPY = 'addresses';
/** What changes with every fetch, so that the copy need not be written again. */
const STATE = 'state';
const VERSION = 1;

/** A copy that is kept between runs, of one target. */
export class StoredCopy {
  readonly #store: BlobStore | undefined;
  readonly #clock: Clock;
  readonly #target: string;

  constructor(deps: { store: BlobStore | undefined; clock: Clock; target: string }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#target = deps.target;
  }

  /** Undefined where there is none, or it is of something else, or broken. */
  async read(): Promise<{ readonly copy: UrlCopy; readonly fetchedAt: number } | undefined> {
    const bytes = await this.#store?.read(COPY);
    if (!bytes?.length) return undefined;
    const lines = new TextDecoder().decode(bytes).split('\n');
    const head = parsedJson(lines.shift() ?? '');
    const end = lines.findLastIndex(line => line !== '');
    const isWhole =
      isRecord(head) &&
      head['version'] === VERSION &&
      head['target'] === this.#target &&
      head['addresses'] === end + 1;
    if (!isWhole || typeof head['fetchedAt'] !== 'number') return undefined;
    const copy = new Map<string, KeptAddress>();
    const slices = new Slices(this.#clock);
    for (const line of lines.slice(0, end + 1)) {
      const entry = entryOf(parsedJson(line));
      if (!entry) return undefined;
      copy.set(entry.url, entry.kept);
      await slices.pause();
    }
    return { copy, fetchedAt: Math.max(head['fetchedAt'], await this.#laterFetch()) };
  }

  /** @throws where it cannot be kept */
  async write(copy: UrlCopy, fetchedAt: number): Promise<void> {
    const head = { version: VERSION, target: this.#target, addresses: copy.size, fetchedAt };
    await this.#store?.write(COPY, this.#chunks(head, copy));
  }

  /** Keeps when it was good, where it is the same. */
  async writeTime(fetchedAt: number): Promise<void> {
    const state = JSON.stringify({ target: hashText(this.#target), fetchedAt });
    await this.#store?.write(STATE, chunks(state));
  }

  async remove(): Promise<void> {
    await this.#store?.write(COPY, chunks(''));
    await this.#store?.write(STATE, chunks(''));
  }

  async #laterFetch(): Promise<number> {
    const bytes = await this.#store?.read(STATE);
    const state = bytes && parsedJson(bytes);
    const isOwn = isRecord(state) && state['target'] === hashText(this.#target);
    return isOwn && typeof state['fetchedAt'] === 'number' ? state['fetchedAt'] : 0;
  }

  async *#chunks(head: object, copy: UrlCopy): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    yield encoder.encode(`${JSON.stringify(head)}\n`);
    for (const [url, kept] of copy) {
      yield encoder.encode(`${JSON.stringify({ url, ...kept })}\n`);
    }
  }
}

function entryOf(value: unknown): { url: string; kept: KeptAddress } | undefined {
  if (!isRecord(value)) return undefined;
  const { url, isPattern, etag, files, changedAt, failure } = value;
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  if (typeof isPattern !== 'boolean' || typeof changedAt !== 'number') return undefined;
  const kept = {
    isPattern,
    changedAt,
    etag: typeof etag === 'string' ? etag : undefined,
    files: filesOf(files),
    failure: failureOf(failure),
  };
  return kept.files || kept.failure ? { url, kept } : undefined;
}

function filesOf(value: unknown): readonly UrlFile[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const files = value.flatMap((item: unknown): UrlFile[] => {
    if (!isRecord(item)) return [];
    const { url, text } = item;
    const isFile = typeof url === 'string' && typeof text === 'string' && URL.canParse(url);
    return isFile ? [{ url, text }] : [];
  });
  return files.length === value.length ? files : undefined;
}

function failureOf(value: unknown): KeptFailure | undefined {
  if (!isRecord(value)) return undefined;
  const { name, message, advice } = value;
  if (typeof name !== 'string' || typeof message !== 'string') return undefined;
  return { name, message, ...(typeof advice === 'string' && { advice }) };
}

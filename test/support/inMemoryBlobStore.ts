import type { BlobStore } from '../../src/platform/core/ports';

/** Blobs in memory, which a test can read and corrupt. */
export class InMemoryBlobStore implements BlobStore {
  readonly blobs = new Map<string, Uint8Array>();

  async read(name: string): Promise<Uint8Array | undefined> {
    return this.blobs.get(name);
  }

  async write(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const bytes: number[] = [];
    for await (const chunk of chunks) for (const byte of chunk) bytes.push(byte);
    this.blobs.set(name, Uint8Array.from(bytes));
  }
}

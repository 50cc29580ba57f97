import type { Event } from '../../../base';

/** Where what lets the user in to other machines is kept: for this user alone, and for all windows. */
export interface SecretStore {
  /** Carries the key of what was kept or deleted, by other windows as well. */
  readonly onDidChange: Event<string>;
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Named pieces of data that outlive the process. */
export interface BlobStore {
  /** Undefined where there is none, or it cannot be read. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Puts the chunks in place of what was there, as a whole or not at all. */
  write(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
}

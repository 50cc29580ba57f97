import type { Event } from '../../../base';

/** Credentials for other machines, stored per user and shared by all windows. */
export interface SecretStore {
  /** Fires with the key of a stored or deleted secret, also when another window changed it. */
  readonly onDidChange: Event<string>;
  /** Returns undefined if no secret is stored under the key. */
  get(key: string): Promise<string | undefined>;
  /** Stores or replaces a secret. */
  set(key: string, value: string): Promise<void>;
  /** Deletes a secret; does nothing if there is none. */
  delete(key: string): Promise<void>;
}

/** Named binary data that outlives the process. */
export interface BlobStore {
  /** Returns undefined if there is no such blob or it can't be read. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Replaces a blob atomically. */
  write(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
}

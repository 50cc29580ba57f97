import type { SourceEntry } from '../../../scm/core/forgeFiles';

export type { SourceEntry };

export interface SourceFile extends SourceEntry {
  readonly content: Uint8Array;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  /** What a step passes to be let in at a host. */
  readonly token?: string | undefined;
}

/** Where steps take files from. */
export interface TemplateSources {
  /**
   * All that lies below an address, folders before what is in them; the file alone where it is one.
   *
   * @param url - as the step has it
   * @throws NotAllowedError for what may not be read, and errors as Node has them
   */
  readTree(url: string, base: string, options: FetchOptions): Promise<readonly SourceEntry[]>;
  /**
   * @param destination - where it is put, as messages name it
   * @throws as `readTree` does
   */
  readFile(
    url: string,
    base: string,
    destination: string,
    options: FetchOptions,
  ): Promise<SourceFile>;
}

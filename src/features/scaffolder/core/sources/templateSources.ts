import type { SourceEntry } from '../../../scm/core/forgeFiles';

export type { SourceEntry };

export interface SourceFile extends SourceEntry {
  readonly content: Uint8Array;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  /** Access token of the step. */
  readonly token?: string | undefined;
}

/** Sources of files for steps. */
export interface TemplateSources {
  /**
   * Entries below a URL, folders before their content. The file itself for a file.
   * @param url - as written in the step
   * @throws NotAllowedError, and errors with Node's codes
   */
  readTree(url: string, base: string, options: FetchOptions): Promise<readonly SourceEntry[]>;
  /**
   * @param destination - target path for messages
   * @throws as `readTree` does
   */
  readFile(
    url: string,
    base: string,
    destination: string,
    options: FetchOptions,
  ): Promise<SourceFile>;
}

/** A file of docs that a Backstage has built, or that it had when it was asked last. */
export interface InstanceDocsFile {
  readonly content: Uint8Array;
  /** Milliseconds since the epoch at which the server said so. */
  readonly fetchedAt: number;
  /** Why it is not of now, as a sentence for people; undefined where it is. */
  readonly failure: string | undefined;
}

export interface InstanceDocsMetadata {
  /** `site_name` of the `mkdocs.yml`. */
  readonly siteName: string | undefined;
  readonly siteDescription: string | undefined;
  /** Milliseconds since the epoch. */
  readonly builtAt: number | undefined;
}

export interface InstanceDocsBuildOptions {
  readonly signal: AbortSignal;
  /** Told what the server says while it builds, line by line. */
  readonly report?: (line: string) => void;
}

/**
 * The docs that a Backstage serves, as MkDocs built them. Whatever comes is what somebody wrote who may write docs there:
 * it is not to be shown as it is.
 *
 * Source: `plugins/techdocs-backend/src/service/router.ts` of Backstage.
 */
export interface InstanceDocs {
  /**
   * A file of the docs of an entity. Those that were read lately are kept, and given where the server cannot be asked.
   *
   * @param entityRef - full
   * @param path - below the site, with `/`: `guides/setup/index.html`, `search/search_index.json`
   * @param options.maxSize - in bytes; what is larger is a failure
   * @returns undefined where the server has no such file
   * @throws Error with a sentence for people where it cannot be asked and nothing is kept; AbortError
   */
  read(
    entityRef: string,
    path: string,
    options: { readonly signal: AbortSignal; readonly maxSize?: number },
  ): Promise<InstanceDocsFile | undefined>;
  /**
   * What the server says of the docs of an entity; undefined where they are not built.
   *
   * @param entityRef - full
   * @throws as `read` does
   */
  getMetadata(
    entityRef: string,
    options: { readonly signal: AbortSignal },
  ): Promise<InstanceDocsMetadata | undefined>;
  /**
   * Has the server build the docs of an entity, if it builds any, and waits for that. Whoever calls has asked the user.
   *
   * @param entityRef - full
   * @returns whether there is another state of them now
   * @throws Error with a sentence for people; AbortError, which does not end the build there
   */
  build(entityRef: string, options: InstanceDocsBuildOptions): Promise<boolean>;
}

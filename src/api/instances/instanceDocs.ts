/** A file of built docs from a Backstage, or its cached copy. */
export interface InstanceDocsFile {
  readonly content: Uint8Array;
  /** Time of the server's response, in milliseconds since the epoch. */
  readonly fetchedAt: number;
  /** Reason why a cached copy was returned, as a sentence for the user; undefined for a current file. */
  readonly failure: string | undefined;
}

/** Metadata of built docs. */
export interface InstanceDocsMetadata {
  /** `site_name` in `mkdocs.yml`. */
  readonly siteName: string | undefined;
  /** `site_description` in `mkdocs.yml`. */
  readonly siteDescription: string | undefined;
  /** Time of the build, in milliseconds since the epoch. */
  readonly builtAt: number | undefined;
}

/** Options for a build of docs on a Backstage. */
export interface InstanceDocsBuildOptions {
  readonly signal: AbortSignal;
  /** Called with each line of the server's build log. */
  readonly report?: (line: string) => void;
}

/**
 * Docs that a Backstage serves, as MkDocs built them. Content is untrusted and must be sanitized
 * before it is shown.
 *
 * Source: `plugins/techdocs-backend/src/service/router.ts` of Backstage.
 */
export interface InstanceDocs {
  /**
   * Reads a file of an entity's docs. Recently read files are cached and returned when the server
   * is unavailable.
   *
   * @param entityRef - full
   * @param path - relative to the site, with `/`: `guides/setup/index.html`,
   * `search/search_index.json`
   * @param options.maxSize - the maximum size in bytes; larger files are an error
   * @returns undefined if the server has no such file
   * @throws Error with a sentence for the user if the server is unavailable and nothing is cached;
   * AbortError
   */
  read(
    entityRef: string,
    path: string,
    options: { readonly signal: AbortSignal; readonly maxSize?: number },
  ): Promise<InstanceDocsFile | undefined>;
  /**
   * Returns the metadata of an entity's docs; undefined if they aren't built.
   *
   * @param entityRef - full
   * @throws the same errors as `read`
   */
  getMetadata(
    entityRef: string,
    options: { readonly signal: AbortSignal },
  ): Promise<InstanceDocsMetadata | undefined>;
  /**
   * Builds the docs of an entity on the server, if the server builds docs, and waits for the
   * result. Callers must have the user's consent.
   *
   * @param entityRef - full
   * @returns whether the docs changed
   * @throws Error with a sentence for the user; AbortError, which doesn't stop the build on the
   * server
   */
  build(entityRef: string, options: InstanceDocsBuildOptions): Promise<boolean>;
}

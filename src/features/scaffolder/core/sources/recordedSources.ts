import type { FetchOptions, SourceEntry, SourceFile, TemplateSources } from './templateSources';

/** Keeps in mind what steps took. */
export class RecordedSources implements TemplateSources {
  readonly #sources: TemplateSources;
  readonly #taken = new Map<string, SourceFile>();

  constructor(sources: TemplateSources) {
    this.#sources = sources;
  }

  /** Each file once, by where it was read from. */
  get taken(): ReadonlyMap<string, SourceFile> {
    return this.#taken;
  }

  async readTree(
    url: string,
    base: string,
    options: FetchOptions,
  ): Promise<readonly SourceEntry[]> {
    const entries = await this.#sources.readTree(url, base, options);
    for (const entry of entries) {
      const { content, origin } = entry;
      if (content) this.#taken.set(origin, { ...entry, content });
    }
    return entries;
  }

  async readFile(
    url: string,
    base: string,
    destination: string,
    options: FetchOptions,
  ): Promise<SourceFile> {
    const file = await this.#sources.readFile(url, base, destination, options);
    this.#taken.set(file.origin, file);
    return file;
  }
}

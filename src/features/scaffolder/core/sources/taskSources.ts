import { onDemand } from '../../../../base';
import type { FetchOptions, SourceEntry, SourceFile, TemplateSources } from './templateSources';

/** Local sources for relative URLs and remote sources for others. Records the files that were read. */
export class TaskSources implements TemplateSources {
  readonly #local: TemplateSources;
  readonly #remote: () => Promise<TemplateSources>;
  readonly #taken = new Map<string, SourceFile>();

  /** @param loadRemote - called for the first remote URL. Undefined to fetch nothing */
  constructor(local: TemplateSources, loadRemote: (() => Promise<TemplateSources>) | undefined) {
    this.#local = local;
    this.#remote = loadRemote ? onDemand(loadRemote) : () => Promise.resolve(local);
  }

  /** Read files by origin. */
  get filesRead(): ReadonlyMap<string, SourceFile> {
    return this.#taken;
  }

  async readTree(
    url: string,
    base: string,
    options: FetchOptions,
  ): Promise<readonly SourceEntry[]> {
    const entries = await (await this.#for(url)).readTree(url, base, options);
    for (const entry of entries) {
      const { content, origin } = entry;
      if (content) this.#taken.set(origin, { ...entry, content });
    }
    return entries;
  }

  async readFile(
    url: string,
    ...request: [base: string, destination: string, options: FetchOptions]
  ): Promise<SourceFile> {
    const file = await (await this.#for(url)).readFile(url, ...request);
    this.#taken.set(file.origin, file);
    return file;
  }

  async #for(address: string): Promise<TemplateSources> {
    return isRemote(address) ? this.#remote() : this.#local;
  }
}

/** Whether a URL is http or https. */
export function isRemote(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}

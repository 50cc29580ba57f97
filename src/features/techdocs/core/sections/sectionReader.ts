import { hashText, joinUri } from '../../../../base';
import { isBinary } from '../../../../platform/core/binary';
import { decodeText, readStamped, readWithin } from '../../../../platform/core/files';
import { type FileSystem, WorkerFailure, type WorkerPool } from '../../../../platform/core/ports';
import { extensionsOf } from '../markdown/config';
import type { PlacedSection } from '../markdown/types';
import { type PageInput, PageRenderer, PageTooLong, type SectionsOutput } from '../pageRenderer';
import { sectionsJob } from '../renderPageJob';
import type { SiteOfPage } from '../sites/siteOfPage';
import { withIncludes } from '../withIncludes';

/** Larger pages are not shown either, in bytes. */
const MAX_PAGE = 5 * 1024 * 1024;
const MAX_INCLUDE = 1024 * 1024;
/** In characters, with what is included: a worker reads what is longer, where there is one. */
const MAX_AT_HAND = 8000;

export interface SectionReaderDeps {
  /** With what is typed and not saved, where there is an editor. */
  readonly fileSystem: FileSystem;
  /** Without them, long pages hold the thread while they are read. */
  readonly workers?: WorkerPool | undefined;
}

/** What came of a page, with the URIs of the files that it includes, or would. */
export interface ReadSections {
  /** Undefined for what cannot be read, or is not shown either. */
  readonly sections: readonly PlacedSection[] | undefined;
  readonly included: readonly string[];
}

/** Reads what pages say, by their headings. */
export class SectionReader {
  #deps: SectionReaderDeps;
  #renderer = new PageRenderer();
  #reading = 0;

  constructor(deps: SectionReaderDeps) {
    this.#deps = deps;
  }

  /** @throws AbortError if the signal is aborted */
  async read(file: string, site: SiteOfPage, signal?: AbortSignal): Promise<ReadSections> {
    // From the beginning: what is read of many files at once comes one by one.
    this.#reading++;
    try {
      const text = await this.#textOf(file);
      signal?.throwIfAborted();
      if (text === undefined) return { sections: undefined, included: [] };
      const { output, includes } = await withIncludes(
        known => this.#attempt({ ...inputOf(text, site), includes: known }, signal),
        path => this.#readInclude(path, site, signal),
      );
      return { sections: output.sections, included: urisOf(includes, site) };
    } finally {
      this.#reading--;
    }
  }

  /** What a page includes, with a text that is another when that says something else. */
  async stampIncludes(
    file: string,
    site: SiteOfPage,
    signal?: AbortSignal,
  ): Promise<{ readonly stamp: string; readonly included: readonly string[] }> {
    const text = (await this.#textOf(file)) ?? '';
    const { includes } = await withIncludes(
      known => this.#renderer.lookForIncludes({ ...inputOf(text, site), includes: known }),
      path => this.#readInclude(path, site, signal),
    );
    const stamp = hashText(JSON.stringify([...includes]));
    return { stamp, included: urisOf(includes, site) };
  }

  async #attempt(input: PageInput, signal: AbortSignal | undefined): Promise<SectionsOutput> {
    const { workers } = this.#deps;
    if (!workers) return this.#renderer.sections(input);
    // For a page by itself, no worker has to be started.
    if (this.#reading === 1) {
      try {
        return await this.#renderer.sections(input, MAX_AT_HAND);
      } catch (error) {
        if (!(error instanceof PageTooLong)) throw error;
      }
    }
    try {
      return await workers.run(sectionsJob, input, { signal });
    } catch (error) {
      if (!(error instanceof WorkerFailure && error.reason === 'unavailable')) throw error;
      return this.#renderer.sections(input);
    }
  }

  async #textOf(file: string): Promise<string | undefined> {
    const { fileSystem } = this.#deps;
    try {
      const content = (await readStamped(fileSystem, file, MAX_PAGE))?.content;
      return content && !isBinary(content) ? decodeText(content) : undefined;
    } catch {
      // It has gone since the folder was listed, or may not be read: who opens the page is told why.
      return undefined;
    }
  }

  async #readInclude(
    path: string,
    { site }: SiteOfPage,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    signal?.throwIfAborted();
    const uri = joinUri(site.folder, path);
    const options = { uri, boundary: site.folder, maxSize: MAX_INCLUDE };
    const read = await readWithin(this.#deps.fileSystem, options);
    return read.type === 'text' ? read.text : undefined;
  }
}

function inputOf(text: string, site: SiteOfPage): Omit<PageInput, 'includes'> {
  return { text, extensions: extensionsOf(site), lineAttributes: false };
}

function urisOf(
  includes: ReadonlyMap<string, string | undefined>,
  { site }: SiteOfPage,
): readonly string[] {
  return [...includes.keys()].map(path => joinUri(site.folder, path));
}

import { joinUri } from '../../../base';
import { readWithin } from '../../../platform/core/files';
import {
  type FileSystem,
  WorkerFailure,
  type WorkerPool,
  type WorkerRunOptions,
} from '../../../platform/core/ports';
import { extensionsOf } from './markdown/config';
import type { MarkdownPage, ReplaceTarget } from './markdown/types';
import {
  type PageInput,
  type PageOutput,
  PageRenderer,
  type PageResults,
  type PageTask,
  PageTooLongError,
} from './pageRenderer';
import { pageJobs } from './renderPageJob';
import type { SiteOfPage } from './sites/siteOfPage';

/** Larger files are not included in pages, in bytes. */
const MAX_INCLUDE = 1024 * 1024;

/**
 * Longer pages, with their includes, are rendered by a worker if there is one. Starting it takes
 * time, so shorter pages are faster without.
 */
const MAX_IN_THREAD = 8000;

/** In milliseconds. A warm worker renders the next edit of a page several times faster. */
export const KEEP_WORKER = 120_000;

export interface RenderedPage extends MarkdownPage {
  /** URIs of included files, also of missing ones. */
  readonly included: readonly string[];
}

export interface DocsRendererDeps {
  readonly fileSystem: FileSystem;
  /** Without workers, long pages block the thread. */
  readonly workers?: WorkerPool | undefined;
  /** Adds an attribute `data-line` with the first line, from 0, to blocks. */
  readonly lineAttributes?: boolean;
}

interface ReadPageOptions extends WorkerRunOptions {
  /** Maximum length for rendering without a worker. */
  readonly maxInThread?: number | undefined;
  /**
   * Maps link targets in the HTML. Can't be passed to workers, so the page is rendered in this
   * thread.
   */
  readonly replaceTarget?: ReplaceTarget | undefined;
  /**
   * Called with the URI of an include before it is read. @returns its text, if it differs from the
   * file's
   */
  readonly onInclude?: (uri: string) => string | undefined;
}

interface ReadPage<K extends PageTask> {
  readonly result: PageResults[K];
  /** URIs of included files, also of missing ones. */
  readonly included: readonly string[];
  /** Texts of included files, by path; undefined for missing ones. */
  readonly includes: PageInput['includes'];
}

/** Renders the pages of sites with the extensions of their config. */
export class DocsRenderer {
  #deps: DocsRendererDeps;
  #renderer = new PageRenderer();

  constructor(deps: DocsRendererDeps) {
    this.#deps = deps;
  }

  /** Renders a page that a user waits for. @throws as `read` does */
  async render(
    text: string,
    site: SiteOfPage,
    signal?: AbortSignal,
    options: Pick<ReadPageOptions, 'replaceTarget'> = {},
  ): Promise<RenderedPage> {
    const run = { ...options, signal, isUrgent: true, keepWorker: KEEP_WORKER };
    const { result, included } = await this.read('page', text, { ...run, site });
    return { ...result, included };
  }

  /**
   * Runs a task on a page. Repeats it until all nested includes are loaded. Includes are read only
   * from the folder of the site.
   *
   * @throws AbortError when the signal is aborted
   */
  async read<K extends PageTask>(
    task: K,
    text: string,
    { site, onInclude, ...options }: ReadPageOptions & { readonly site: SiteOfPage },
  ): Promise<ReadPage<K>> {
    const { folder } = site.site;
    const includes = new Map<string, string | undefined>();
    for (;;) {
      const output = await this.#attempt(
        task,
        { text, ...this.#engineOptions(site), includes },
        options,
      );
      if (output.type === 'done') {
        const included = [...includes.keys()].map(path => joinUri(folder, path));
        return { result: output.result, included, includes };
      }
      for (const path of output.paths) {
        options.signal?.throwIfAborted();
        const uri = joinUri(folder, path);
        includes.set(path, onInclude?.(uri) ?? (await this.#readInclude(uri, folder)));
      }
    }
  }

  /** Returns configured extensions that Callboard doesn't support. Pages render without them. */
  unknownExtensions(site: Pick<SiteOfPage, 'markdownExtensions'>): readonly string[] {
    return this.#renderer.engineOf(this.#engineOptions(site)).unknownExtensions;
  }

  async #attempt<K extends PageTask>(
    task: K,
    input: PageInput,
    { maxInThread = MAX_IN_THREAD, replaceTarget, ...run }: ReadPageOptions,
  ): Promise<PageOutput<K>> {
    const { workers } = this.#deps;
    if (!workers || replaceTarget) return this.#renderer.run(task, input, { replaceTarget });
    try {
      return await this.#renderer.run(task, input, { maxLength: maxInThread });
    } catch (error) {
      if (!(error instanceof PageTooLongError)) throw error;
    }
    try {
      return await workers.run(pageJobs[task], input, run);
    } catch (error) {
      if (!(error instanceof WorkerFailure && error.reason === 'unavailable')) throw error;
      return this.#renderer.run(task, input);
    }
  }

  async #readInclude(uri: string, boundary: string): Promise<string | undefined> {
    const { fileSystem } = this.#deps;
    const read = await readWithin(fileSystem, { uri, boundary, maxSize: MAX_INCLUDE });
    return read.type === 'text' ? read.text : undefined;
  }

  #engineOptions(
    site: Pick<SiteOfPage, 'markdownExtensions'>,
  ): Pick<PageInput, 'extensions' | 'lineAttributes'> {
    const { lineAttributes = false } = this.#deps;
    return { extensions: extensionsOf(site), lineAttributes };
  }
}

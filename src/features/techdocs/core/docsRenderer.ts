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
  PageTooLong,
} from './pageRenderer';
import { pageJobs } from './renderPageJob';
import type { SiteOfPage } from './sites/siteOfPage';

/** Larger files are not included in pages, in bytes. */
const MAX_INCLUDE = 1024 * 1024;

/**
 * Longer pages, with what they include, are read by a worker, where there is one. It has to be started for
 * that, so that people see shorter ones sooner without.
 */
const MAX_AT_HAND = 8000;

/** Who writes pauses; a worker that knows the site reads the next state of a page several times faster. */
export const KEEP_WORKER = 120_000;

export interface RenderedPage extends MarkdownPage {
  /** URIs of the files that it includes, or would. */
  readonly included: readonly string[];
}

export interface DocsRendererDeps {
  readonly fileSystem: FileSystem;
  /** Without them, long pages hold the thread while they are read. */
  readonly workers?: WorkerPool | undefined;
  /** Gives blocks an attribute `data-line` with the line, from 0, that they begin at. */
  readonly lineAttributes?: boolean;
}

interface ReadPageOptions extends WorkerRunOptions {
  /** The length up to which pages are read without a worker. */
  readonly maxAtHand?: number | undefined;
  /** Says where links lead in the HTML; no other thread can be told, so that this one does the work. */
  readonly replaceTarget?: ReplaceTarget | undefined;
  /** Told the URI of an include before it is read. @returns its text, if that is not what the file says */
  readonly onInclude?: (uri: string) => string | undefined;
}

interface ReadPage<K extends PageTask> {
  readonly result: PageResults[K];
  /** URIs of the files that the page includes, or would. */
  readonly included: readonly string[];
  /** The same with their texts, by path; undefined for those that are not there. */
  readonly includes: PageInput['includes'];
}

/** Reads the pages of sites, each as the config of its site says. */
export class DocsRenderer {
  #deps: DocsRendererDeps;
  #renderer = new PageRenderer();

  constructor(deps: DocsRendererDeps) {
    this.#deps = deps;
  }

  /** Renders a page for somebody who waits for it. @throws as `read` does */
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
   * Does a task with a page, as often as it takes until all files are known that the page includes, and those
   * that these do: from the folder of the site, and from nowhere else.
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
      const output = await this.#attempt(task, { text, ...this.#howOf(site), includes }, options);
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

  /** Extensions that a site asks for, and that are not known: its pages look as without them. */
  unknownExtensions(site: Pick<SiteOfPage, 'markdownExtensions'>): readonly string[] {
    return this.#renderer.engineOf(this.#howOf(site)).unknownExtensions;
  }

  async #attempt<K extends PageTask>(
    task: K,
    input: PageInput,
    { maxAtHand = MAX_AT_HAND, replaceTarget, ...run }: ReadPageOptions,
  ): Promise<PageOutput<K>> {
    const { workers } = this.#deps;
    if (!workers || replaceTarget) return this.#renderer.run(task, input, { replaceTarget });
    try {
      return await this.#renderer.run(task, input, { maxLength: maxAtHand });
    } catch (error) {
      if (!(error instanceof PageTooLong)) throw error;
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

  #howOf(
    site: Pick<SiteOfPage, 'markdownExtensions'>,
  ): Pick<PageInput, 'extensions' | 'lineAttributes'> {
    const { lineAttributes = false } = this.#deps;
    return { extensions: extensionsOf(site), lineAttributes };
  }
}

import { joinUri } from '../../../base';
import { readWithin } from '../../../platform/core/files';
import { type FileSystem, WorkerFailure, type WorkerPool } from '../../../platform/core/ports';
import { extensionsOf } from './markdown/config';
import type { MarkdownPage, ReplaceTarget } from './markdown/types';
import {
  type PageInput,
  type PageOutput,
  PageRenderer,
  PageTooLong,
  withIncludes,
} from './pageRenderer';
import { renderPageJob } from './renderPageJob';
import type { SiteOfPage } from './sites/siteOfPage';

/** Larger files are not included in pages, in bytes. */
const MAX_INCLUDE = 1024 * 1024;

/**
 * Longer pages, with what they include, are rendered by a worker, where there is one. It has to be started for
 * that, so that people see shorter ones sooner without.
 */
const MAX_AT_HAND = 8000;

/** Who writes pauses; a worker that knows the site renders the next state of a page several times faster. */
const KEEP_WORKER = 120_000;

export interface RenderedPage extends MarkdownPage {
  /** URIs of the files that it includes, or would. */
  readonly included: readonly string[];
}

export interface DocsRendererDeps {
  readonly fileSystem: FileSystem;
  /** Without them, long pages hold the thread while they are rendered. */
  readonly workers?: WorkerPool | undefined;
  /** Gives blocks an attribute `data-line` with the line, from 0, that they begin at. */
  readonly lineAttributes?: boolean;
}

/** Renders the pages of sites, each as the config of its site says. */
export class DocsRenderer {
  #deps: DocsRendererDeps;
  #renderer = new PageRenderer();

  constructor(deps: DocsRendererDeps) {
    this.#deps = deps;
  }

  /**
   * What pages include is read from the folder of the site, and from nowhere else.
   *
   * @param options.replaceTarget - says where links lead in the HTML; no other thread can be told, so that this one does
   *   the work
   * @throws AbortError when the signal is aborted
   */
  async render(
    text: string,
    site: SiteOfPage,
    signal?: AbortSignal,
    { replaceTarget }: { readonly replaceTarget?: ReplaceTarget } = {},
  ): Promise<RenderedPage> {
    const how = this.#howOf(site);
    const { folder } = site.site;
    const { output, includes } = await withIncludes(
      known => {
        const input = { text, ...how, includes: known };
        return replaceTarget
          ? this.#renderer.render(input, { replaceTarget })
          : this.#attempt(input, signal);
      },
      path => {
        signal?.throwIfAborted();
        return this.#readInclude(path, folder);
      },
    );
    const included = [...includes.keys()].map(path => joinUri(folder, path));
    return { ...output.page, included };
  }

  /** Extensions that a site asks for, and that are not known: its pages look as without them. */
  unknownExtensions(site: Pick<SiteOfPage, 'markdownExtensions'>): readonly string[] {
    return this.#renderer.engineOf(this.#howOf(site)).unknownExtensions;
  }

  async #attempt(input: PageInput, signal: AbortSignal | undefined): Promise<PageOutput> {
    const { workers } = this.#deps;
    if (!workers) return this.#renderer.render(input);
    try {
      return await this.#renderer.render(input, { maxLength: MAX_AT_HAND });
    } catch (error) {
      if (!(error instanceof PageTooLong)) throw error;
    }
    try {
      return await workers.run(renderPageJob, input, {
        signal,
        isUrgent: true,
        keepWorker: KEEP_WORKER,
      });
    } catch (error) {
      if (!(error instanceof WorkerFailure && error.reason === 'unavailable')) throw error;
      return this.#renderer.render(input);
    }
  }

  async #readInclude(path: string, boundary: string): Promise<string | undefined> {
    const { fileSystem } = this.#deps;
    const uri = joinUri(boundary, path);
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

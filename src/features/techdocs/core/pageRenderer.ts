import type { ExtensionConfig } from './markdown/config';
import { MarkdownEngine, type PreparedPage } from './markdown/markdownEngine';
import type { HighlightCode } from './markdown/render/codeBlock';
import { loadHighlighter } from './markdown/render/highlighter';
import type { MarkdownPage, PageIndex, PlacedSection, ReplaceTarget } from './markdown/types';

/** Each state of a config being edited needs one. */
const MAX_ENGINES = 16;

/** Input for rendering a page, as plain data. */
export interface PageInput {
  readonly text: string;
  readonly extensions: ExtensionConfig;
  readonly lineAttributes: boolean;
  /** Texts of included files, by path; undefined for missing files. */
  readonly includes: ReadonlyMap<string, string | undefined>;
}

/** Results of page tasks. */
export interface PageResults {
  readonly page: MarkdownPage;
  /** Positions of headings, links, and other elements. */
  readonly index: PageIndex;
  /** Text below each heading. */
  readonly sections: readonly PlacedSection[];
  /** Only finds the files that the page includes. */
  readonly includes: undefined;
}

export type PageTask = keyof PageResults;

/** A result, or the files to load first, as paths from the folder of mkdocs.yml. */
export type PageOutput<K extends PageTask> =
  | { readonly type: 'done'; readonly result: PageResults[K] }
  | { readonly type: 'wants'; readonly paths: readonly string[] };

/** Thrown for a page that, with its includes, is longer than `maxLength`. */
export class PageTooLongError extends Error {
  override readonly name = 'PageTooLongError';
}

/** Runs tasks on pages synchronously. Caches engines and languages. */
export class PageRenderer {
  #engines = new Map<string, MarkdownEngine>();
  #languages = new Set<string>();
  #highlight: HighlightCode | undefined;
  /** The page rendered last, which is usually checked next. */
  #rendered: { readonly key: string; readonly index: () => PageIndex } | undefined;
  readonly #tasks: {
    readonly [K in PageTask]: (
      engine: MarkdownEngine,
      page: PreparedPage,
      how: { readonly key: string; readonly replaceTarget: ReplaceTarget | undefined },
    ) => PageResults[K] | Promise<PageResults[K]>;
  } = {
    page: (engine, page, how) => this.#finish(engine, page, how),
    index: (engine, page, { key }) =>
      this.#rendered?.key === key ? this.#rendered.index() : engine.index(page),
    sections: (engine, page) => engine.sections(page),
    includes: () => undefined,
  };

  /**
   * @param options.maxLength - of the page with its includes
   * @param options.replaceTarget - maps link targets in the HTML; by default they stay as written
   * @throws PageTooLongError early
   */
  async run<K extends PageTask>(
    task: K,
    input: PageInput,
    {
      maxLength = Number.POSITIVE_INFINITY,
      replaceTarget,
    }: { readonly maxLength?: number; readonly replaceTarget?: ReplaceTarget | undefined } = {},
  ): Promise<PageOutput<K>> {
    const { text, includes } = input;
    let length = 0;
    const count = (part: string): void => {
      length += part.length;
      if (length > maxLength) throw new PageTooLongError();
    };
    count(text);
    const engine = this.engineOf(input);
    const wanted = new Set<string>();
    const page = await engine.prepare(text, path => {
      if (!includes.has(path)) wanted.add(path);
      const included = includes.get(path);
      if (included !== undefined) count(included);
      return Promise.resolve(included);
    });
    if (wanted.size) return { type: 'wants', paths: [...wanted] };
    const { extensions } = input;
    const key = JSON.stringify([text, extensions, [...includes]]);
    return { type: 'done', result: await this.#tasks[task](engine, page, { key, replaceTarget }) };
  }

  engineOf({
    extensions,
    lineAttributes,
  }: Pick<PageInput, 'extensions' | 'lineAttributes'>): MarkdownEngine {
    const key = JSON.stringify([extensions, lineAttributes]);
    const known = this.#engines.get(key);
    if (known) return known;
    const engine = new MarkdownEngine({
      extensions,
      highlight: (code, language) => this.#highlight?.(code, language),
      lineAttributes,
    });
    if (this.#engines.size >= MAX_ENGINES) this.#engines.clear();
    this.#engines.set(key, engine);
    return engine;
  }

  /** Renders a page again once its languages are loaded. */
  async #finish(
    engine: MarkdownEngine,
    prepared: PreparedPage,
    {
      key,
      replaceTarget,
    }: { readonly key: string; readonly replaceTarget?: ReplaceTarget | undefined },
  ): Promise<MarkdownPage> {
    const { page, index } = engine.finishAndIndex(prepared, replaceTarget);
    if (!replaceTarget) this.#rendered = { key, index };
    if (page.languages.every(language => this.#languages.has(language))) return page;
    for (const language of page.languages) this.#languages.add(language);
    this.#highlight = await loadHighlighter(this.#languages);
    return engine.finish(prepared, replaceTarget);
  }
}

import type { ExtensionConfig } from './markdown/config';
import { MarkdownEngine, type PreparedPage } from './markdown/markdownEngine';
import type { HighlightCode } from './markdown/render/codeBlock';
import { loadHighlighter } from './markdown/render/highlighter';
import type { MarkdownPage, PageIndex, PlacedSection, ReplaceTarget } from './markdown/types';

/** While a config is written, each state of it has one. */
const MAX_ENGINES = 16;

/** A page with all that it needs, as plain data. */
export interface PageInput {
  readonly text: string;
  readonly extensions: ExtensionConfig;
  readonly lineAttributes: boolean;
  /** By path, of the files that the page was found to include; undefined for one that is not there. */
  readonly includes: ReadonlyMap<string, string | undefined>;
}

/** Results by the task that makes them of a page. */
export interface PageResults {
  readonly page: MarkdownPage;
  /** What stands where. */
  readonly index: PageIndex;
  /** What the page says below each heading. */
  readonly sections: readonly PlacedSection[];
  /** Nothing but the files that the page includes. */
  readonly includes: undefined;
}

export type PageTask = keyof PageResults;

/** A result, or the files that must be known first, from the folder of mkdocs.yml. */
export type PageOutput<K extends PageTask> =
  | { readonly type: 'done'; readonly result: PageResults[K] }
  | { readonly type: 'wants'; readonly paths: readonly string[] };

/** A page is longer, with what it includes, than it may be here. */
export class PageTooLong extends Error {
  override readonly name = 'PageTooLong';
}

/** Does tasks with pages in one go each; what is made for one is of use for the next. */
export class PageRenderer {
  #engines = new Map<string, MarkdownEngine>();
  #languages = new Set<string>();
  #highlight: HighlightCode | undefined;
  readonly #tasks: {
    readonly [K in PageTask]: (
      engine: MarkdownEngine,
      page: PreparedPage,
      replaceTarget: ReplaceTarget | undefined,
    ) => PageResults[K] | Promise<PageResults[K]>;
  } = {
    page: (engine, page, replaceTarget) => this.#finish(engine, page, replaceTarget),
    index: (engine, page) => engine.index(page),
    sections: (engine, page) => engine.sections(page),
    includes: () => undefined,
  };

  /**
   * @param options.maxLength - of the page with what it includes
   * @param options.replaceTarget - says where links lead in the HTML; without it, to what is written
   * @throws PageTooLong, before much was done
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
      if (length > maxLength) throw new PageTooLong();
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
    return { type: 'done', result: await this.#tasks[task](engine, page, replaceTarget) };
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
    replaceTarget: ReplaceTarget | undefined,
  ): Promise<MarkdownPage> {
    const page = engine.finish(prepared, replaceTarget);
    if (page.languages.every(language => this.#languages.has(language))) return page;
    for (const language of page.languages) this.#languages.add(language);
    this.#highlight = await loadHighlighter(this.#languages);
    return engine.finish(prepared, replaceTarget);
  }
}

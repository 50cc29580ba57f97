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

/** The page, or the files that must be known first. */
export type PageOutput = { readonly type: 'page'; readonly page: MarkdownPage } | WantsIncludes;

/** What stands where in a page, or the files that must be known first. */
export type IndexOutput = { readonly type: 'index'; readonly index: PageIndex } | WantsIncludes;

/** What a page says, or the files that must be known first. */
export type SectionsOutput =
  { readonly type: 'sections'; readonly sections: readonly PlacedSection[] } | WantsIncludes;

/** A page is longer, with what it includes, than it may be here. */
export class PageTooLong extends Error {
  override readonly name = 'PageTooLong';
}

/** Renders pages in one go each; what is made for one is of use for the next. */
export class PageRenderer {
  #engines = new Map<string, MarkdownEngine>();
  #languages = new Set<string>();
  #highlight: HighlightCode | undefined;

  /**
   * @param options.maxLength - of the page with what it includes
   * @param options.replaceTarget - says where links lead in the HTML; without it, to what is written
   * @throws PageTooLong, before much was done
   */
  async render(
    input: PageInput,
    {
      maxLength = Number.POSITIVE_INFINITY,
      replaceTarget,
    }: { readonly maxLength?: number; readonly replaceTarget?: ReplaceTarget | undefined } = {},
  ): Promise<PageOutput> {
    const prepared = await this.#prepare(input, maxLength);
    if (prepared.type === 'wants') return prepared;
    const page = prepared.engine.finish(prepared.page, replaceTarget);
    if (page.languages.every(language => this.#languages.has(language))) {
      return { type: 'page', page };
    }
    for (const language of page.languages) this.#languages.add(language);
    this.#highlight = await loadHighlighter(this.#languages);
    return { type: 'page', page: prepared.engine.finish(prepared.page, replaceTarget) };
  }

  /**
   * @param maxLength - of the page with what it includes
   * @throws PageTooLong, before much was done
   */
  async index(input: PageInput, maxLength = Number.POSITIVE_INFINITY): Promise<IndexOutput> {
    const prepared = await this.#prepare(input, maxLength);
    if (prepared.type === 'wants') return prepared;
    return { type: 'index', index: prepared.engine.index(prepared.page) };
  }

  /**
   * @param maxLength - of the page with what it includes
   * @throws PageTooLong, before much was done
   */
  async sections(input: PageInput, maxLength = Number.POSITIVE_INFINITY): Promise<SectionsOutput> {
    const prepared = await this.#prepare(input, maxLength);
    if (prepared.type === 'wants') return prepared;
    return { type: 'sections', sections: prepared.engine.sections(prepared.page) };
  }

  /** Whether all is known that a page includes. */
  async lookForIncludes(input: PageInput): Promise<{ readonly type: 'known' } | WantsIncludes> {
    const prepared = await this.#prepare(input, Number.POSITIVE_INFINITY);
    return prepared.type === 'wants' ? prepared : { type: 'known' };
  }

  async #prepare(
    input: PageInput,
    maxLength: number,
  ): Promise<
    | { readonly type: 'prepared'; readonly engine: MarkdownEngine; readonly page: PreparedPage }
    | WantsIncludes
  > {
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
    return { type: 'prepared', engine, page };
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
}

/** What cannot be done before these files are known. */
interface WantsIncludes {
  readonly type: 'wants';
  /** From the folder of mkdocs.yml. */
  readonly paths: readonly string[];
}

/**
 * Does something with a page, as often as it takes until all files are known that the page includes, and those that
 * these do.
 *
 * @param attempt - is given what is known so far; undefined for files that are not there
 * @returns what came of it, with the files
 */
export async function withIncludes<T extends { readonly type: string }>(
  attempt: (includes: ReadonlyMap<string, string | undefined>) => Promise<T | WantsIncludes>,
  read: (path: string) => Promise<string | undefined>,
): Promise<{
  readonly output: Exclude<T, WantsIncludes>;
  readonly includes: ReadonlyMap<string, string | undefined>;
}> {
  const includes = new Map<string, string | undefined>();
  for (;;) {
    const output = await attempt(includes);
    if (!isWanting(output)) return { output: output as Exclude<T, WantsIncludes>, includes };
    for (const path of output.paths) includes.set(path, await read(path));
  }
}

function isWanting(output: { readonly type: string }): output is WantsIncludes {
  return output.type === 'wants';
}

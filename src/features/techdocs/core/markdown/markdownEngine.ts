import MarkdownIt, { type MarkdownIt as MarkdownItInstance, type StateCore } from 'markdown-it';
import { pageSections } from '../sections/pageSections';
import { metaTitle, readFrontMatter } from '../sites/pages/frontMatter';
import type { BlockRule } from './blocks/blockParser';
import { blockRules } from './blocks/blockRules';
import { finishCode } from './blocks/paragraphs';
import { type ExtensionConfig, Extensions, techdocsCoreExtensions } from './config';
import { InlineParser } from './inline/inlineParser';
import type { InlineRule } from './inline/inlineRule';
import { escapableCharacters, inlineRules } from './inline/inlineRules';
import { symbolRules } from './inline/symbols';
import { PageState } from './pageState';
import { convertAlerts } from './preprocess/alerts';
import { markCritics } from './preprocess/critic';
import { extractFences } from './preprocess/fences';
import { extractHtml } from './preprocess/htmlBlocks';
import { adoptPlaceholders, normalizeWhitespace } from './preprocess/normalize';
import {
  expandSnippets,
  type Include,
  type IncludeProblem,
  type ReadInclude,
} from './preprocess/snippets';
import type { HighlightCode } from './render/codeBlock';
import { contentTokensOf, HtmlWriter, useHtmlOutput } from './render/htmlWriter';
import { SourceText } from './text/sourceText';
import { markAbbreviations } from './tree/abbreviations';
import { applyAttributeLists } from './tree/attributeLists';
import { addFootnotes, addFurtherBacklinks } from './tree/footnotes';
import { shortenRepositoryLinks } from './tree/repositoryLinks';
import { addTabIds } from './tree/tabIds';
import { addTableOfContents, titleOf } from './tree/tableOfContents';
import { highlightCodeBlocks, markTaskLists, prettify, restoreEscapes } from './tree/treeSteps';
import type { MarkdownPage, PageIndex, PlacedSection, ReplaceTarget } from './types';

export interface MarkdownOptions {
  /** Extensions from mkdocs.yml; defaults to those of techdocs-core. */
  readonly extensions?: ExtensionConfig;
  /** Highlights code; by default, code is plain. */
  readonly highlight?: HighlightCode;
  /** Adds an attribute `data-line` with the first line, from 0, to blocks. */
  readonly lineAttributes?: boolean;
}

/**
 * Renders pages like Python-Markdown with techdocs-core's configuration.
 *
 * markdown-it runs the steps (core rules), carries the result (tokens with the lines of the page),
 * and writes it (its renderer, whose rules can be replaced). Block and inline rules are
 * Python-Markdown's: see ADR 0022.
 *
 * HTML isn't sanitized: callers must sanitize it before they show it.
 */
export class MarkdownEngine {
  readonly #extensions: Extensions;
  readonly #options: MarkdownOptions;
  readonly #blockRules: readonly BlockRule[];
  readonly #inlineRules: readonly InlineRule[];
  readonly #symbolRules: readonly InlineRule[];
  readonly #escapable: ReadonlySet<string>;
  readonly #md: MarkdownItInstance;

  constructor(options: MarkdownOptions = {}) {
    this.#options = options;
    this.#extensions = new Extensions(options.extensions ?? techdocsCoreExtensions);
    this.#blockRules = blockRules(this.#extensions);
    this.#inlineRules = inlineRules(this.#extensions);
    this.#symbolRules = this.#extensions.has('pymdownx.smartsymbols')
      ? symbolRules(this.#extensions)
      : [];
    this.#escapable = escapableCharacters(this.#extensions);
    this.#md = this.#createMarkdownIt();
  }

  /** Configured extensions that Callboard doesn't support. */
  get unknownExtensions(): readonly string[] {
    return this.#extensions.unknown;
  }

  /** Renders a page without its includes. */
  render(text: string): MarkdownPage {
    return this.finish({ written: text, ...this.#open(text), includes: [], problems: [] });
  }

  /** Renders a page with its includes (`--8<-- "file"`), read by `read`. */
  async renderWithIncludes(text: string, read: ReadInclude): Promise<MarkdownPage> {
    return this.finish(await this.prepare(text, read));
  }

  /** Loads the includes of a page, without parsing it. */
  async prepare(text: string, read: ReadInclude): Promise<PreparedPage> {
    const { source, title } = this.#open(text);
    const expanded = await expandSnippets(source, this.#extensions, read);
    return {
      written: text,
      source: expanded.text,
      title,
      includes: expanded.includes,
      problems: expanded.problems,
    };
  }

  /** Indexes a page with its includes. */
  async indexWithIncludes(text: string, read: ReadInclude): Promise<PageIndex> {
    return this.index(await this.prepare(text, read));
  }

  /** Indexes a prepared page. */
  index({ written, source, title, includes }: PreparedPage): PageIndex {
    const page = this.#stateOf(written, source);
    if (source.text.trim() !== '') this.#md.parse('', { page });
    return page.index(title, includes);
  }

  /**
   * Renders a page that was prepared by an engine with the same extensions. Can be repeated.
   *
   * @param replaceTarget - maps link targets in the HTML; by default they stay as written
   */
  finish(prepared: PreparedPage, replaceTarget?: ReplaceTarget): MarkdownPage {
    return this.finishAndIndex(prepared, replaceTarget).page;
  }

  /** Renders a page as `finish` does, and indexes it on demand, without parsing it again. */
  finishAndIndex(
    { written, source, title, includes, problems }: PreparedPage,
    replaceTarget?: ReplaceTarget,
  ): { readonly page: MarkdownPage; readonly index: () => PageIndex } {
    const page = this.#stateOf(written, source, { replaceTarget });
    const isEmpty = source.text.trim() === '';
    const tokens = isEmpty ? [] : this.#md.parse('', { page });
    return {
      page: {
        html: new HtmlWriter(this.#md, page).tokens(tokens).trim(),
        title: title ?? page.title,
        ...page.result(),
        problems: problems.map(problem => page.problem(problem)),
      },
      index: () => page.index(title, includes),
    };
  }

  /** Returns the sections of a prepared page, without highlighting code. */
  sections({ written, source }: PreparedPage): readonly PlacedSection[] {
    if (source.text.trim() === '') return [];
    const page = this.#stateOf(written, source, { highlight: () => undefined });
    const tokens = this.#md.parse('', { page });
    return page.placed(pageSections(new HtmlWriter(this.#md, page).tokens(tokens)));
  }

  /** Applies the steps of MkDocs and its plugins before Markdown. */
  #open(text: string): Pick<PreparedPage, 'source' | 'title'> {
    const page = readFrontMatter(text, '');
    const body = SourceText.at(text, 0).slice(startOfLine(text, page.offset));
    return {
      source: this.#extensions.has('gh_admonitions') ? convertAlerts(body) : body,
      title: metaTitle(page),
    };
  }

  #stateOf(
    written: string,
    source: SourceText,
    options: {
      readonly replaceTarget?: ReplaceTarget | undefined;
      readonly highlight?: HighlightCode | undefined;
    } = {},
  ): PageState {
    return new PageState(written, source, {
      replaceTarget: undefined,
      extensions: this.#extensions,
      escapable: this.#escapable,
      highlight: this.#options.highlight,
      blockRules: this.#blockRules,
      ...options,
    });
  }

  #createMarkdownIt(): MarkdownItInstance {
    const md = new MarkdownIt();
    useHtmlOutput(md);
    const { ruler } = md.core;
    ruler.enableOnly([]);
    for (const [name, step] of this.#steps(md)) {
      ruler.push(name, state => {
        const { page } = state.env;
        if (page instanceof PageState) step(page, state);
      });
    }
    return md;
  }

  /** Steps in Python-Markdown's order. */
  #steps(md: MarkdownItInstance): [name: string, step: Step][] {
    return [
      ['critic', page => (page.source = markCritics(page.source, page))],
      ['whitespace', page => (page.source = normalizeWhitespace(page.source))],
      ['placeholders', page => (page.source = adoptPlaceholders(page.source))],
      ['fences', page => (page.source = extractFences(page.source, page))],
      ['html', page => (page.source = extractHtml(page.source, page))],
      ['blocks', page => page.parser.parseChunk(page.root, page.source)],
      ['footnotes', page => addFootnotes(page.root, page, page.parser)],
      ['code-texts', page => finishCode(page.codeTexts)],
      ['code', page => highlightCodeBlocks(page.root, page)],
      ['task-lists', page => markTaskLists(page.root, page)],
      ['inlines', page => this.#parseInline(this.#inlineRules, page, md)],
      ['footnote-backlinks', page => addFurtherBacklinks(page.root, page)],
      ['newlines', page => prettify(page.root)],
      ['repository-links', page => shortenRepositoryLinks(page.root, this.#extensions)],
      ['attributes', page => this.#extensions.has('attr_list') && applyAttributeLists(page.root)],
      ['abbreviations', page => markAbbreviations(page.root, page.abbreviations)],
      ['symbols', page => this.#parseInline(this.#symbolRules, page, md)],
      ['toc', page => this.#addToc(page, md)],
      ['tab-ids', page => addTabIds(page.root, page, new HtmlWriter(md, page))],
      ['escapes', page => restoreEscapes(page.root)],
      ['targets', page => page.replaceTargets()],
      ['tokens', (page, state) => this.#writeTokens(page, state)],
    ];
  }

  #parseInline(rules: readonly InlineRule[], page: PageState, md: MarkdownItInstance): void {
    if (rules.length === 0) return;
    const writer = new HtmlWriter(md, page);
    new InlineParser(rules, page, element => writer.element(element)).run(page.root);
  }

  #addToc(page: PageState, md: MarkdownItInstance): void {
    const writer = new HtmlWriter(md, page);
    // Before links are added to it.
    page.title = titleOf(page.root, writer);
    const { toc, headings } = addTableOfContents(page.root, page, writer);
    page.toc = toc;
    page.headings = headings;
  }

  #writeTokens(page: PageState, state: StateCore): void {
    const tokens = contentTokensOf(page.root, offset => page.lineAt(offset));
    if (this.#options.lineAttributes === true) {
      for (const { attrs, map, nesting } of tokens) {
        if (map && nesting >= 0) attrs?.push(['data-line', String(map[0])]);
      }
    }
    state.tokens = tokens;
  }
}

type Step = (page: PageState, state: StateCore) => unknown;

/** A page with its includes, before parsing. */
export interface PreparedPage {
  readonly written: string;
  readonly source: SourceText;
  readonly title: string | undefined;
  readonly includes: readonly Include[];
  readonly problems: readonly IncludeProblem[];
}

/** Returns the offset of a line, from 0, after a byte order mark. */
function startOfLine(text: string, line: number): number {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const ends = /\r\n?|\n/g;
  for (let passed = 0; passed < line && ends.exec(text); passed++) at = ends.lastIndex;
  return at;
}

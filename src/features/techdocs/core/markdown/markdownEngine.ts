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
import { addTableOfContents, titleOf } from './tree/tableOfContents';
import { highlightCodeBlocks, markTaskLists, prettify, restoreEscapes } from './tree/treeSteps';
import type { MarkdownPage, PageIndex, PlacedSection, ReplaceTarget } from './types';

export interface MarkdownOptions {
  /** What mkdocs.yml sets: techdocs-core's own where nothing is given. */
  readonly extensions?: ExtensionConfig;
  /** Makes HTML of code; without it code is plain. */
  readonly highlight?: HighlightCode;
  /** Gives blocks an attribute `data-line` with the line, from 0, that they begin at. */
  readonly lineAttributes?: boolean;
}

/**
 * Renders pages as Python-Markdown does when techdocs-core configures it.
 *
 * markdown-it runs the steps (its core rules), carries the result (its tokens, with the lines of the
 * page) and writes it (its renderer, whose rules can be replaced). The rules of blocks and texts are
 * Python-Markdown's: see ADR 0022.
 *
 * HTML is not sanitised: what a page says in HTML comes out as it is. Who shows it must do that.
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

  /** Names of extensions that are configured and not known here: pages look as without them. */
  get unknownExtensions(): readonly string[] {
    return this.#extensions.unknown;
  }

  /** A page without what it includes from other files: lines that ask for that stay. */
  render(text: string): MarkdownPage {
    return this.finish({ written: text, ...this.#open(text), includes: [], problems: [] });
  }

  /** A page with what it includes (`--8<-- "file"`), through `read`. */
  async renderWithIncludes(text: string, read: ReadInclude): Promise<MarkdownPage> {
    return this.finish(await this.prepare(text, read));
  }

  /** Puts in what a page includes, through `read`; nothing else of it is read yet. */
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

  /** What stands where in a page, what it includes counted. */
  async indexWithIncludes(text: string, read: ReadInclude): Promise<PageIndex> {
    return this.index(await this.prepare(text, read));
  }

  /** The same of a page that was prepared. */
  index({ written, source, title, includes }: PreparedPage): PageIndex {
    const page = this.#stateOf(written, source);
    if (source.text.trim() !== '') this.#md.parse('', { page });
    return page.index(title, includes);
  }

  /**
   * A page that was prepared by an engine of the same extensions; it can be finished again.
   *
   * @param replaceTarget - says where links lead in the HTML; without it, to what is written
   */
  finish(
    { written, source, title, problems }: PreparedPage,
    replaceTarget?: ReplaceTarget,
  ): MarkdownPage {
    const page = this.#stateOf(written, source, { replaceTarget });
    const isEmpty = source.text.trim() === '';
    const tokens = isEmpty ? [] : this.#md.parse('', { page });
    return {
      html: new HtmlWriter(this.#md, page).tokens(tokens).trim(),
      title: title ?? page.title,
      ...page.result(),
      problems: problems.map(problem => page.problem(problem)),
    };
  }

  /** What a page that was prepared says, by its headings; its code is not highlighted for that. */
  sections({ written, source }: PreparedPage): readonly PlacedSection[] {
    if (source.text.trim() === '') return [];
    const page = this.#stateOf(written, source, { highlight: () => undefined });
    const tokens = this.#md.parse('', { page });
    return page.placed(pageSections(new HtmlWriter(this.#md, page).tokens(tokens)));
  }

  /** What MkDocs and its plugins do before a page is read as Markdown. */
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

  /** All that is done to a page, in Python-Markdown's order. */
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
      ['attributes', page => this.#extensions.has('attr_list') && applyAttributeLists(page.root)],
      ['abbreviations', page => markAbbreviations(page.root, page.abbreviations)],
      ['symbols', page => this.#parseInline(this.#symbolRules, page, md)],
      ['toc', page => this.#addToc(page, md)],
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

/** A page with what it includes, before it is read as Markdown. */
export interface PreparedPage {
  readonly written: string;
  readonly source: SourceText;
  readonly title: string | undefined;
  readonly includes: readonly Include[];
  readonly problems: readonly IncludeProblem[];
}

/** Where a line, from 0, begins; a byte order mark is no part of the first. */
function startOfLine(text: string, line: number): number {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const ends = /\r\n?|\n/g;
  for (let passed = 0; passed < line && ends.exec(text); passed++) at = ends.lastIndex;
  return at;
}

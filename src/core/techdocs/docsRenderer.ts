import { joinUri } from '../../base';
import { readWithin } from '../files';
import type { FileSystem } from '../ports';
import { type ExtensionConfig, isOptions, techdocsExtensions } from './markdown/config';
import { MarkdownEngine } from './markdown/markdownEngine';
import type { HighlightCode } from './markdown/render/codeBlock';
import { loadHighlighter } from './markdown/render/highlighter';
import type { MarkdownPage } from './markdown/types';
import type { SiteOfPage } from './sites/siteOfPage';

/** Larger files are not included in pages, in bytes. */
const MAX_INCLUDE = 1024 * 1024;

export interface RenderedPage extends MarkdownPage {
  /** URIs of the files that it includes, or would. */
  readonly included: readonly string[];
}

export interface DocsRendererDeps {
  readonly fileSystem: FileSystem;
  /** Gives blocks an attribute `data-line` with the line, from 0, that they begin at. */
  readonly lineAttributes?: boolean;
}

/** Renders the pages of sites, each as the config of its site says. */
export class DocsRenderer {
  #deps: DocsRendererDeps;
  #engines = new Map<string, MarkdownEngine>();
  #languages = new Set<string>();
  #highlight: HighlightCode | undefined;

  constructor(deps: DocsRendererDeps) {
    this.#deps = deps;
  }

  /** What pages include is read from the folder of the site, and from nowhere else. */
  async render(text: string, { site, markdownExtensions }: SiteOfPage): Promise<RenderedPage> {
    const { fileSystem } = this.#deps;
    const boundary = site.folder;
    const engine = this.#engineOf(markdownExtensions);
    const included = new Set<string>();
    const readInclude = async (path: string): Promise<string | undefined> => {
      const uri = joinUri(boundary, path);
      included.add(uri);
      const read = await readWithin(fileSystem, { uri, boundary, maxSize: MAX_INCLUDE });
      return read.type === 'text' ? read.text : undefined;
    };
    const page = await engine.renderWithIncludes(text, readInclude);
    const areKnown = page.languages.every(language => this.#languages.has(language));
    if (areKnown) return { ...page, included: [...included] };
    for (const language of page.languages) this.#languages.add(language);
    this.#highlight = await loadHighlighter(this.#languages);
    const coloured = await engine.renderWithIncludes(text, readInclude);
    return { ...coloured, included: [...included] };
  }

  /** Extensions that a site asks for, and that are not known: its pages look as without them. */
  unknownExtensions({
    markdownExtensions,
  }: Pick<SiteOfPage, 'markdownExtensions'>): readonly string[] {
    return this.#engineOf(markdownExtensions).unknownExtensions;
  }

  #engineOf(own: SiteOfPage['markdownExtensions']): MarkdownEngine {
    const extensions = techdocsExtensions(configOf(own));
    const key = JSON.stringify(extensions);
    const known = this.#engines.get(key);
    if (known) return known;
    const engine = new MarkdownEngine({
      extensions,
      highlight: (code, language) => this.#highlight?.(code, language),
      lineAttributes: this.#deps.lineAttributes ?? false,
    });
    this.#engines.set(key, engine);
    return engine;
  }
}

function configOf(own: SiteOfPage['markdownExtensions']): ExtensionConfig {
  return Object.fromEntries(
    Array.from(own, ([name, options]) => [name, isOptions(options) ? options : {}]),
  );
}

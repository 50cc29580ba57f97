import type { TechDocsPage } from '../../../../api';
import { EMPTY_RANGE, joinUri, type Range } from '../../../../base';
import type { Severity } from '../../../../model';
import { TimeSlicer } from '../../../../platform/core';
import { decodeText, fileReason } from '../../../../platform/core/files';
import type { Clock, FileSystem } from '../../../../platform/core/ports';
import { checkLink, type LinkCheck } from '../check/checkLink';
import { DocsRenderer } from '../docsRenderer';
import { escapeHtml } from '../markdown/render/codeBlock';
import type { MarkdownPage, PageLink } from '../markdown/types';
import type { BuiltSite } from '../sites/buildSite';
import { isIncluded, type SiteFile } from '../sites/files/siteFile';
import { relativePath } from '../sites/python/texts';
import { splitUrl, unsplitUrl } from '../sites/python/urls';
import { gzipped, redirectPages, sitemap } from './otherFiles';
import { searchEntries, type SearchEntry, searchIndexText } from './searchIndex';
import { type RenderedPage, SitePages, type ThemePaths } from './sitePages';
import { foldersOf } from './sitePaths';

/** Folder of scripts in the site. */
const SCRIPTS = 'assets/javascripts';

/** Files of the theme, by their path in the site. */
interface SiteTheme extends ThemePaths {
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads the theme from its build folder: the style sheet, the script, and the chunks that it loads.
 * Lazily loaded chunks are included only if the site has diagrams.
 *
 * The style sheet is named like Material's, because Backstage's reader removes all others
 * (`removeUnsafeLinks`).
 *
 *
 * @param folder - URI
 * @throws as `readFile` does, where the folder lacks something
 */
async function readTheme(
  folder: string,
  { fileSystem, hasDiagrams }: { fileSystem: FileSystem; hasDiagrams: boolean },
): Promise<SiteTheme> {
  const styles = await fileSystem.readFile(joinUri(folder, 'site.css'));
  const files = new Map<string, Uint8Array>();
  const cssPath = `assets/stylesheets/main.${await shortHash(styles)}.min.css`;
  files.set(cssPath, styles);
  const pending = ['site.js'];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const path = `${SCRIPTS}/${name}`;
    if (files.has(path)) continue;
    const content = await fileSystem.readFile(joinUri(folder, name));
    files.set(path, content);
    pending.push(...importsOf(new TextDecoder().decode(content), name, hasDiagrams));
  }
  return { styles: cssPath, script: `${SCRIPTS}/site.js`, files };
}

/** Returns the chunks that a script imports, in the bundler's output format. */
function importsOf(script: string, name: string, withLater: boolean): readonly string[] {
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  const form = withLater
    ? /(?:\bfrom|\bimport)\s*\(?\s*["'](\.\/[\w./-]+\.js)["']/g
    : /(?:\bfrom|\bimport)\s*["'](\.\/[\w./-]+\.js)["']/g;
  return [...script.matchAll(form)].map(([, path = '']) => `${folder}${path.slice(2)}`);
}

async function shortHash(content: Uint8Array<ArrayBufferLike>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(content));
  return Array.from(new Uint8Array(digest, 0, 4), byte => byte.toString(16).padStart(2, '0')).join(
    '',
  );
}

/** The only diagram language that built sites render. */
const SUPPORTED_DIAGRAM = 'mermaid';

/** Display names that differ from the attribute's value. */
const names: ReadonlyMap<string, string> = new Map([
  ['bpmn', 'BPMN'],
  ['blockdiag', 'BlockDiag'],
  ['bytefield', 'Bytefield'],
  ['d2', 'D2'],
  ['dbml', 'DBML'],
  ['excalidraw', 'Excalidraw'],
  ['graphviz', 'Graphviz'],
  ['pikchr', 'Pikchr'],
  ['plantuml', 'PlantUML'],
  ['structurizr', 'Structurizr'],
  ['svgbob', 'Svgbob'],
  ['tikz', 'TikZ'],
  ['vega', 'Vega'],
  ['vegalite', 'Vega-Lite'],
  ['wavedrom', 'WaveDrom'],
  ['wireviz', 'WireViz'],
]);

const ATTRIBUTE = ' data-diagram="';

/** Returns the note for a diagram that isn't rendered, or undefined if built sites render it. */
function diagramNote(program: string): string | undefined {
  if (program === SUPPORTED_DIAGRAM) return undefined;
  const name = names.get(program) ?? program;
  return `This ${name} diagram isn't drawn. To show it, write it in Mermaid, add it as an image, or build the docs with MkDocs.`;
}

/** Adds a note above each diagram that isn't rendered. */
export function addDiagramNotes(html: string): string {
  const [first = '', ...others] = html.split(ATTRIBUTE);
  const parts = [first];
  for (const other of others) {
    const before = parts.pop() ?? '';
    const start = before.lastIndexOf('<');
    const isBlock = start !== -1 && /^<(?:pre|div)\b[^>]*$/.test(before.slice(start));
    const message = isBlock ? diagramNote(other.slice(0, other.indexOf('"'))) : undefined;
    if (message === undefined) parts.push(before);
    else {
      const note = `<p class="md-diagram-note" role="note">${escapeHtml(message)}</p>\n`;
      parts.push(before.slice(0, start), note, before.slice(start));
    }
    parts.push(ATTRIBUTE, other);
  }
  return parts.join('');
}

export const METADATA = 'techdocs_metadata.json';

/** In bytes. MkDocs has no limit. */
const MAX_PAGE = 5 * 1024 * 1024;
/** Pages read at a time. */
const OPEN_FILES = 16;

export interface DocsBuildDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  /** URI of the folder with the theme: `site.css`, `site.js`, and its chunks. */
  readonly theme: string;
}

export interface DocsBuildOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  /** Build time, in milliseconds since the epoch. */
  readonly time: number;
  /** ETag of the sources. */
  readonly etag?: string;
}

/** A message from the build. */
export interface BuildMessage {
  readonly severity: Severity;
  readonly message: string;
  /** URI. */
  readonly file: string | undefined;
  readonly range: Range;
}

/** Contents of a site before it is written. */
export interface BuiltDocs {
  /** Files by path below the site's folder. Each is read or generated on demand. */
  readonly files: ReadonlyMap<string, () => Promise<Uint8Array>>;
  readonly messages: readonly BuildMessage[];
  /** Warnings about diagrams that MkDocs would render. They don't fail strict builds. */
  readonly diagramWarnings: readonly BuildMessage[];
  /** Number of pages. */
  readonly pages: number;
}

/**
 * Builds a static site like `mkdocs build` with techdocs-core: pages, assets, search index, and
 * TechDocs metadata. HTML isn't sanitized, as in MkDocs.
 *
 *
 * @throws Error where a page cannot be read, or the theme is not there; AbortError when the signal is aborted
 */
export async function buildDocs(
  site: BuiltSite,
  deps: DocsBuildDeps,
  options: DocsBuildOptions,
): Promise<BuiltDocs> {
  const build = new DocsBuild(site, deps, options);
  await build.render();
  return build.result();
}

class DocsBuild {
  #site: BuiltSite;
  #deps: DocsBuildDeps;
  #options: DocsBuildOptions;
  #renderer: DocsRenderer;
  #pages: RenderedPage[] = [];
  #entries: SearchEntry[] = [];
  #messages: BuildMessage[] = [];
  #diagramWarnings: BuildMessage[] = [];
  #hasDiagrams = false;

  constructor(site: BuiltSite, deps: DocsBuildDeps, options: DocsBuildOptions) {
    this.#site = site;
    this.#deps = deps;
    this.#options = options;
    this.#renderer = new DocsRenderer({ fileSystem: deps.fileSystem });
  }

  async render(): Promise<void> {
    const { signal, onProgress } = this.#options;
    const { pages } = this.#site.content;
    const slices = new TimeSlicer(this.#deps.clock);
    for (let at = 0; at < pages.length; at += OPEN_FILES) {
      const some = pages.slice(at, at + OPEN_FILES);
      const texts = await Promise.all(some.map(page => this.#read(page)));
      for (const [index, page] of some.entries()) {
        signal?.throwIfAborted();
        await this.#renderPage(page, texts[index] ?? '');
        onProgress?.({ done: at + index + 1, total: pages.length });
        await slices.pause();
      }
    }
  }

  async result(): Promise<BuiltDocs> {
    const { content, config, files: sources } = this.#site;
    const { fileSystem, theme: folder } = this.#deps;
    const theme = await readTheme(folder, { fileSystem, hasDiagrams: this.#hasDiagrams });
    const pages = new SitePages(content, config, theme);
    const files = new Map<string, () => Promise<Uint8Array>>();
    const add = (path: string, make: () => string): void => {
      files.set(path, () => Promise.resolve(encoded(make())));
    };
    // Later files replace earlier ones, as in MkDocs.
    for (const [path, bytes] of theme.files) files.set(path, () => Promise.resolve(bytes));
    for (const file of sources.values()) {
      if (file.isPage || !isIncluded(file)) continue;
      files.set(file.target, () => fileSystem.readFile(file.uri));
    }
    add('404.html', () => pages.notFound());
    this.#addSitemap(files);
    for (const rendered of this.#pages) {
      const target = sources.get(rendered.page.path)?.target;
      if (target !== undefined) add(target, () => pages.page(rendered));
    }
    add('search/search_index.json', () => searchIndexText(this.#entries));
    files.set(METADATA, () => Promise.resolve(encoded(this.#metadata([...files.keys()]))));
    this.#addRedirects(files, add);
    return {
      files,
      messages: this.#messages,
      diagramWarnings: this.#diagramWarnings,
      pages: this.#pages.length,
    };
  }

  #addSitemap(files: Map<string, () => Promise<Uint8Array>>): void {
    const { content, config } = this.#site;
    const { siteUrl } = config;
    if (!siteUrl) return;
    const day = new Date(this.#options.time).toISOString().slice(0, 10);
    const bytes = encoded(sitemap(content, siteUrl, day));
    files.set('sitemap.xml', () => Promise.resolve(bytes));
    files.set('sitemap.xml.gz', () => gzipped(bytes));
  }

  /** Never replaces other files of the site or writes outside it, whatever the config says. */
  #addRedirects(
    files: ReadonlyMap<string, unknown>,
    add: (path: string, make: () => string) => void,
  ): void {
    const folders = new Set([...files.keys()].flatMap(foldersOf));
    for (const { target, from, html, ...redirect } of redirectPages(this.#site.content)) {
      const inside = foldersOf(target);
      const obstacle = folders.has(target) ? target : inside.find(path => files.has(path));
      const fault = redirect.fault ?? (obstacle && `is in the way of "${obstacle}"`);
      if (fault) this.#report(`The redirect from "${from}" ${fault} and is skipped`, 'warning');
      else {
        inside.forEach(folder => folders.add(folder));
        add(target, () => html);
      }
    }
  }

  /**
   * Source: `createOrUpdateMetadata` and `storeEtagMetadata` of techdocs-node, on the output of the
   * techdocs-core plugin.
   */
  #metadata(files: readonly string[]): string {
    const { content, config } = this.#site;
    const { time, etag } = this.#options;
    const metadata = {
      // Python's text for a missing value.
      site_description: config.siteDescription ?? 'None',
      site_name: content.site.name,
      build_timestamp: time,
      engine: 'mkdocs',
      files: files.toSorted(),
      ...(etag !== undefined && { etag }),
    };
    return `${JSON.stringify(metadata)}\n`;
  }

  async #read({ path, file }: TechDocsPage): Promise<string> {
    const { fileSystem } = this.#deps;
    try {
      const stat = await fileSystem.stat(file);
      if (stat && stat.size > MAX_PAGE) throw new Error(`it is larger than ${MAX_PAGE} bytes`);
      return decodeText(await fileSystem.readFile(file));
    } catch (error) {
      throw new Error(`Can't read the page ${path}: ${fileReason(error)}`, { cause: error });
    }
  }

  async #renderPage(page: TechDocsPage, text: string): Promise<void> {
    const file = this.#site.files.get(page.path);
    const checks = new Map<string, LinkCheck>();
    const replaceTarget = (target: string): string => {
      if (!file) return target;
      const check = checkLink(target, file, this.#site);
      checks.set(target, check);
      return builtUrl(target, check, file);
    };
    const { signal } = this.#options;
    const { content } = this.#site;
    const rendered = await this.#renderer.render(text, content, signal, { replaceTarget });
    const { html, toc } = rendered;
    this.#pages.push({ page, html: addDiagramNotes(html), toc });
    this.#hasDiagrams ||= /\bdata-diagram="mermaid"|class="[^"]*\bmermaid\b/.test(html);
    const title = isOfHeading(page, rendered) ? escapeHtml(page.title) : page.title;
    this.#entries.push(...searchEntries({ url: page.url, title, html, toc }));
    for (const { message, range } of rendered.problems) {
      this.#messages.push({ severity: 'warning', message, file: page.file, range });
    }
    for (const { program, range } of rendered.diagrams) {
      const message = diagramNote(program);
      if (message === undefined) continue;
      this.#diagramWarnings.push({ severity: 'warning', message, file: page.file, range });
    }
    this.#reportLinks(page, [...rendered.links, ...rendered.images], checks);
  }

  #reportLinks(
    { path, file }: TechDocsPage,
    links: readonly PageLink[],
    checks: ReadonlyMap<string, LinkCheck>,
  ): void {
    for (const { target, form, range } of links) {
      const check = form === 'html' ? undefined : checks.get(target);
      if (!check?.fault || !check.severity) continue;
      const { severity } = check;
      this.#messages.push({ severity, message: linkMessage(path, target, check), file, range });
    }
  }

  #report(message: string, severity: Severity): void {
    const { file } = this.#site.config;
    this.#messages.push({ severity, message, file, range: EMPTY_RANGE });
  }
}

/**
 * Whether the title comes from a heading. MkDocs writes those as HTML, and others as plain text.
 */
function isOfHeading({ title, meta }: TechDocsPage, rendered: MarkdownPage): boolean {
  return meta['title'] === undefined && title === rendered.title;
}

function encoded(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/**
 * Rewrites a link to a file as the file's address in the site.
 *
 * Source: `_RelativePathTreeprocessor.path_to_url` of `mkdocs.structure.pages`.
 */
function builtUrl(written: string, { target }: LinkCheck, page: SiteFile): string {
  const { path, query, fragment } = splitUrl(written);
  if (!target || path === '') return written;
  const to = relativePath(target.file.url, page.url);
  return unsplitUrl({ path: to, query, fragment });
}

/** Returns MkDocs' message about a link. */
function linkMessage(page: string, target: string, { fault, path }: LinkCheck): string {
  const at = `Doc file '${page}' contains`;
  switch (fault) {
    case 'absolute':
      return `${at} an absolute link '${target}', it was left as is.`;
    case 'unrecognized':
      return `${at} an unrecognized relative link '${target}', it was left as is.`;
    case 'excluded':
      return `${at} a link to '${path}' which is excluded from the built site.`;
    default:
      return `${at} a link '${target}', but the target${path === target ? '' : ` '${path}'`} is not found among documentation files.`;
  }
}

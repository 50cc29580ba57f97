import type { TechDocsSite } from '../../../../api';
import { hashText, isAbort, isWithin, joinUri } from '../../../../base';
import { TimeSlicer } from '../../../../platform/core';
import {
  decodeText,
  fileReason,
  isMissing,
  type LocalRead,
  readStamped,
  readWithin,
} from '../../../../platform/core/files';
import type { Clock, Environment, FileChange, FileSystem } from '../../../../platform/core/ports';
import { type Repository, webAddresses } from '../../../catalog/core/shared';
import type { TechDocsCoreVersion } from '../markdown/config';
import { mayInclude } from '../markdown/preprocess/snippets';
import type { PageText } from '../sections/siteSections';
import { buildSite, type BuiltSite, editUrlOf, includedEditUrl } from './buildSite';
import { childOf, type ConfigMap } from './config/configNode';
import { pluginOf } from './config/loadables';
import { emptyConfig, fileStart, loadConfig, MAX_CONFIG, README_NAMES } from './config/loadConfig';
import { readYaml } from './config/readYaml';
import { readSiteConfig, type SiteConfig } from './config/siteConfig';
import { type FolderListing, type FoundFile, listDocsFolder } from './files/docsFolder';
import { selectSiteFiles } from './files/selectSiteFiles';
import { isPagePath, type SiteFile } from './files/siteFile';
import { readNavEntries } from './navigation/navTree';
import { type PageHead, readPageHead } from './pages/frontMatter';
import type { ReadHeading } from './pages/headingText';
import { type IncludedSite, type Monorepo, resolveIncludes } from './plugins/monorepo';
import { type PagesFile, readPagesFile } from './plugins/pagesFiles';
import type { GeneratorOptions, ReadGeneratorOptions } from './production/allowLists';
import { SiteProblems } from './siteProblems';

export interface SiteReaderDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly environment: Environment;
  readonly readHeading: ReadHeading;
  /** URI of the outermost folder to read from: the repository, or the workspace folder. */
  readonly boundary: string;
  readonly repository: Repository | undefined;
  /**
   * Returns the options of TechDocs' generator, which removes parts of configs; undefined: configs
   * apply as in MkDocs.
   */
  readonly generator?: ReadGeneratorOptions | undefined;
  /** Returns the release of techdocs-core that pages follow; the latest by default. */
  readonly techDocsCore?: (() => TechDocsCoreVersion | undefined) | undefined;
}

/** In bytes. */
const MAX_PAGE = 5 * 1024 * 1024;
/** Pages read at a time. */
const OPEN_FILES = 16;

/** Parts of a site that don't depend on the contents of pages. */
interface Structure {
  readonly config: SiteConfig;
  readonly docsFolder: string;
  readonly monorepo: Monorepo | undefined;
  readonly found: readonly FoundFile[];
  readonly files: ReadonlyMap<string, SiteFile>;
  readonly pagesFiles: ReadonlyMap<string, PagesFile>;
  readonly problems: SiteProblems;
  /** Origins of included pages, by path. */
  readonly origins: ReadonlyMap<string, { readonly site: IncludedSite; readonly path: string }>;
}

interface ReadPage {
  readonly head: PageHead;
  readonly text: PageText;
}

/** Reads a site incrementally. */
export class SiteReader {
  #deps: SiteReaderDeps;
  #site: TechDocsSite;
  #structure: Promise<Structure> | undefined;
  #built: Promise<BuiltSite> | undefined;
  #pages = new Map<string, ReadPage>();
  /** Messages of pages that couldn't be read, by URI. */
  #unread = new Map<string, string>();
  /** URIs of files that the structure depends on, including missing ones. */
  #dependencies = new Set<string>();
  #folders = new Set<string>();
  #hasPatterns = false;

  constructor(site: TechDocsSite, deps: SiteReaderDeps) {
    this.#site = site;
    this.#deps = deps;
  }

  /** Updates the entry of the site list. */
  setSite(site: TechDocsSite): void {
    if (JSON.stringify(site) === JSON.stringify(this.#site)) return;
    const isMoved = site.origin !== this.#site.origin || site.config !== this.#site.config;
    this.#site = site;
    this.#built = undefined;
    if (isMoved) this.#structure = undefined;
  }

  /** @throws AbortError if the signal is aborted */
  async read(signal?: AbortSignal): Promise<BuiltSite> {
    for (;;) {
      const built = (this.#built ??= this.#build(signal));
      try {
        const result = await built;
        signal?.throwIfAborted();
        if (this.#built === built) return result;
      } catch (error) {
        // A later call tries again. Callers that waited for an aborted read retry now.
        if (this.#built === built) this.#built = this.#structure = undefined;
        if (signal?.aborted || !isAbort(error)) throw error;
      }
    }
  }

  /** Returns the text of a page (URI) from the last read; undefined if it couldn't be read. */
  textOf(uri: string): PageText | undefined {
    return this.#pages.get(uri)?.text;
  }

  /** Whether the content may have changed. */
  async applyChanges(changes: readonly FileChange[]): Promise<boolean> {
    let isChanged = false;
    for (const change of changes) {
      if (this.#changesStructure(change)) {
        this.#structure = undefined;
        isChanged = true;
      }
      if (await this.#changesPage(change)) isChanged = true;
    }
    if (isChanged) this.#built = undefined;
    return isChanged;
  }

  #changesStructure({ type, uri }: FileChange): boolean {
    if (this.#dependencies.has(uri)) return true;
    if (type === 'changed') return false;
    const folders = [...this.#folders];
    // Creating or deleting a folder is reported with all its files.
    if (folders.some(folder => isWithin(folder, uri) || isWithin(uri, folder))) return true;
    if ([...this.#dependencies].some(file => isWithin(uri, file))) return true;
    return this.#hasPatterns && isWithin(this.#site.folder, uri);
  }

  async #changesPage({ type, uri }: FileChange): Promise<boolean> {
    const before = this.#pages.get(uri);
    // An unread page is read again with the site.
    if (!before) return this.#unread.delete(uri);
    this.#pages.delete(uri);
    if (type !== 'changed') return true;
    const after = await this.#readPage(uri);
    if (after) this.#pages.set(uri, after);
    return JSON.stringify(before.head) !== JSON.stringify(after?.head);
  }

  async #build(signal: AbortSignal | undefined): Promise<BuiltSite> {
    const structure = await (this.#structure ??= this.#readStructure(signal));
    await this.#readPages(structure.found, signal);
    const { config, monorepo, docsFolder, origins } = structure;
    const problems = structure.problems.copy();
    for (const { path, uri } of structure.found) {
      const message = this.#unread.get(uri);
      if (message === undefined) continue;
      reportDocsFolder(unreadMessage(path, message), config, problems);
    }
    return buildSite({
      ...structure,
      site: this.#site,
      problems,
      techDocsCore: this.#deps.techDocsCore?.(),
      nav: monorepo?.entries,
      headOf: uri => this.#pages.get(uri)?.head,
      editUrlOf: ({ path, uri }) => {
        const origin = origins.get(path);
        if (origin) return includedEditUrl(origin.path, origin.site, { config, docsFolder });
        const { repository } = this.#deps;
        const own = config.isEditUriOpen && !config.editUriTemplate && repository;
        return (own && webAddresses(own, uri)?.editUrl) || editUrlOf(path, config);
      },
    });
  }

  async #readStructure(signal: AbortSignal | undefined): Promise<Structure> {
    this.#dependencies.clear();
    this.#folders.clear();
    const problems = new SiteProblems();
    const config = readSiteConfig(await this.#configMap(problems), problems);
    const docsFolder = joinUri(this.#site.folder, config.docsDir);
    const monorepo = await this.#monorepo(config, problems, signal);
    const own = await this.#ownFiles(config, { docsFolder, problems, signal });
    const layers = new Map(own.map(file => [file.path, file]));
    const origins = new Map<string, { site: IncludedSite; path: string }>();
    for (const site of monorepo?.included ?? []) {
      for (const { path, uri } of site.files) {
        const whole = `${site.alias}/${path}`.replace(/\/{2,}/g, '/').replace(/^\//, '');
        layers.set(whole, { path: whole, uri });
        origins.set(whole, { site, path });
      }
    }
    const found = [...layers.values()];
    const pagesFiles = await this.#pagesFiles(config, found);
    const files = selectSiteFiles(found, { config, problems });
    return { config, docsFolder, monorepo, found, files, pagesFiles, problems, origins };
  }

  async #configMap(problems: SiteProblems): Promise<ConfigMap> {
    const { config: file, folder, name } = this.#site;
    if (file !== undefined) {
      const generator = await this.#deps.generator?.();
      return (await this.#loadConfig(file, problems, generator)) ?? emptyConfig(file);
    }
    // Config that TechDocs generates.
    const made = joinUri(folder, 'mkdocs.yml');
    this.#dependencies.add(made);
    const place = fileStart(made);
    const text = { type: 'scalar', place, value: name, text: name } as const;
    return { type: 'map', place, entries: new Map([['site_name', { key: place, value: text }]]) };
  }

  /** @param generator - only for the site's own config: included ones aren't sanitized */
  #loadConfig(
    uri: string,
    problems: SiteProblems,
    generator?: GeneratorOptions,
  ): Promise<ConfigMap | undefined> {
    const { environment, boundary } = this.#deps;
    const read = (file: string): Promise<LocalRead> => this.#read(file);
    return loadConfig(uri, { read, environment, boundary, problems, generator });
  }

  async #monorepo(
    config: SiteConfig,
    problems: SiteProblems,
    signal: AbortSignal | undefined,
  ): Promise<Monorepo | undefined> {
    const { fileSystem, boundary } = this.#deps;
    const entries = config.nav && readNavEntries(config.nav);
    if (!entries) return undefined;
    this.#hasPatterns = JSON.stringify(entries).includes('*include ');
    return resolveIncludes(entries, {
      config: config.file,
      boundary,
      fileSystem,
      signal,
      problems,
      loadConfig: uri => this.#loadConfig(uri, problems),
      listDocs: folder => this.#list(folder, signal),
    });
  }

  async #ownFiles(
    config: SiteConfig,
    {
      docsFolder,
      problems,
      signal,
    }: { docsFolder: string; problems: SiteProblems; signal: AbortSignal | undefined },
  ): Promise<readonly FoundFile[]> {
    const { origin, folder } = this.#site;
    const readme = origin === 'mkdocs' ? undefined : await this.#readme(folder);
    if (origin === 'readme')
      return readme === undefined ? [] : [{ path: 'README.md', uri: readme }];
    const { docsDir, docsDirPlace: place } = config;
    const report = (message: string): void => reportDocsFolder(message, config, problems);
    if (docsDir.startsWith('/') || !isWithin(this.#deps.boundary, docsFolder)) {
      const message = `"${docsDir}" is outside the repository and isn't read`;
      problems.add('docs-outside-repository', message, { place });
      return [];
    }
    if (!isWithin(folder, docsFolder)) {
      report(`"${docsDir}" is outside the site's folder, which TechDocs doesn't read`);
    } else if (docsFolder === folder) {
      report("The 'docs_dir' should not be the parent directory of the config file.");
    }
    const { files, outside, failures, isCut } = await this.#list(docsFolder, signal);
    for (const path of outside) {
      const link = path === '' ? docsDir : `${docsDir}/${path}`;
      const message = `The symbolic link "${link}" leads out of the repository and isn't followed`;
      problems.add('docs-outside-repository', message, { place });
    }
    for (const [path, message] of failures) report(unreadMessage(path, message));
    if (isCut) report('The folder has too many files. Some are ignored');
    if (!files && origin === 'mkdocs') report(`The path '${docsDir}' isn't an existing directory.`);
    const found = files ?? [];
    const hasIndex = found.some(({ path }) => /^(?:index|README)\.md$/.test(path));
    return hasIndex || readme === undefined ? found : [...found, { path: 'index.md', uri: readme }];
  }

  async #readme(folder: string): Promise<string | undefined> {
    for (const name of README_NAMES) {
      const uri = joinUri(folder, name);
      this.#dependencies.add(uri);
      if ((await this.#read(uri)).type === 'text') return uri;
    }
    return undefined;
  }

  #list(folder: string, signal: AbortSignal | undefined): Promise<FolderListing> {
    const { fileSystem, boundary } = this.#deps;
    this.#folders.add(folder);
    return listDocsFolder(folder, { fileSystem, boundary, signal });
  }

  async #pagesFiles(
    config: SiteConfig,
    files: readonly FoundFile[],
  ): Promise<ReadonlyMap<string, PagesFile>> {
    const plugin = pluginOf(config, 'awesome-pages');
    const found = new Map<string, PagesFile>();
    if (!plugin) return found;
    const written = childOf(plugin.options, 'filename');
    const name = written?.type === 'scalar' ? written.text : '.pages';
    for (const { path, uri } of files) {
      if (path !== name && !path.endsWith(`/${name}`)) continue;
      const read = await this.#read(uri);
      const { node } = readYaml(read.type === 'text' ? read.text : '', uri, new Map());
      found.set(path.slice(0, -name.length - 1), readPagesFile(node));
    }
    return found;
  }

  async #readPages(files: readonly FoundFile[], signal: AbortSignal | undefined): Promise<void> {
    const slices = new TimeSlicer(this.#deps.clock);
    const missing = files.filter(({ path, uri }) => isPagePath(path) && !this.#pages.has(uri));
    for (let at = 0; at < missing.length; at += OPEN_FILES) {
      signal?.throwIfAborted();
      await Promise.all(
        missing.slice(at, at + OPEN_FILES).map(async ({ uri }) => {
          const page = await this.#readPage(uri);
          if (page) this.#pages.set(uri, page);
        }),
      );
      await slices.pause();
    }
  }

  async #readPage(uri: string): Promise<ReadPage | undefined> {
    const { fileSystem, readHeading } = this.#deps;
    this.#unread.delete(uri);
    try {
      const content = (await readStamped(fileSystem, uri, MAX_PAGE))?.content;
      if (!content) return undefined;
      const text = decodeText(content);
      return {
        head: readPageHead(text, uri, readHeading),
        text: { digest: hashText(text), mayInclude: mayInclude(text) },
      };
    } catch (error) {
      // Not a problem if it was deleted since the folder was listed.
      if (!isMissing(error)) this.#unread.set(uri, fileReason(error));
      return undefined;
    }
  }

  async #read(uri: string): Promise<LocalRead> {
    this.#dependencies.add(uri);
    const { fileSystem, boundary } = this.#deps;
    try {
      return await readWithin(fileSystem, { uri, boundary, maxSize: MAX_CONFIG });
    } catch (error) {
      return { type: 'failed', message: fileReason(error) };
    }
  }
}

function reportDocsFolder(
  message: string,
  { docsDirPlace: place }: SiteConfig,
  problems: SiteProblems,
): void {
  problems.add('docs-dir-invalid', `Config value 'docs_dir': ${message}`, { place });
}

function unreadMessage(path: string, message: string): string {
  return `Can't read "${path}": ${message}`;
}

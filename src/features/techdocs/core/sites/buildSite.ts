import type { TechDocsContent, TechDocsNavItem, TechDocsPage, TechDocsSite } from '../../../../api';
import { dirnameUri, EMPTY_RANGE, ownValue, relativePath } from '../../../../base';
import { StepMeter } from '../../../../platform/core/globs';
import { extensionsForRelease, type TechDocsCoreVersion } from '../markdown/config';
import { childOf, stringOf } from './config/configNode';
import { pluginOf } from './config/loadables';
import type { SiteConfig } from './config/siteConfig';
import { isIncluded, type SiteFile } from './files/siteFile';
import {
  derivedNavigation,
  type NavEntry,
  type NavNode,
  type NavTree,
  nodesOf,
  type PageNode,
  pagesInOrder,
  readRedirects,
  writtenNavigation,
} from './navigation/navTree';
import type { PageHead } from './pages/frontMatter';
import { arrangeNavigation } from './plugins/awesomePages';
import type { IncludedSite } from './plugins/monorepo';
import { type PagesFile, readRest } from './plugins/pagesFiles';
import { splitExtension, titleOfName } from './python/texts';
import { isAbsoluteUrl, joinUrl, quote } from './python/urls';
import type { SiteProblems } from './siteProblems';

/** Inputs of a site. */
export interface SiteSources {
  readonly site: TechDocsSite;
  readonly config: SiteConfig;
  /** Undefined if the navigation is derived from the files. */
  readonly nav: readonly NavEntry[] | undefined;
  /** Files by path, without those excluded by plugins. */
  readonly files: ReadonlyMap<string, SiteFile>;
  /** Files of the awesome-pages plugin, by folder. */
  readonly pagesFiles: ReadonlyMap<string, PagesFile>;
  readonly headOf: (uri: string) => PageHead | undefined;
  readonly editUrlOf: (file: SiteFile) => string | undefined;
  readonly techDocsCore?: TechDocsCoreVersion | undefined;
  readonly problems: SiteProblems;
}

export interface BuiltSite {
  readonly content: TechDocsContent;
  /** Files of the site by path. Pages link to them. */
  readonly files: ReadonlyMap<string, SiteFile>;
  readonly config: SiteConfig;
}

/** Builds a site from its inputs, without I/O. */
export function buildSite(sources: SiteSources): BuiltSite {
  const { config, files, problems, site } = sources;
  const navigation = new SiteNavigation(sources);
  const items = navigation.items();
  navigation.reportProblems(items);
  const pages = navigation.pages(items);
  const isHome = ({ url }: TechDocsPage): boolean => url === '' || url === 'index.html';
  const content: TechDocsContent = {
    site: { ...site, name: config.siteName ?? site.name },
    nav: items.map(item => navigation.present(item)),
    pages,
    home: (pages.find(isHome) ?? pages.find(({ isInNav }) => isInNav) ?? pages[0])?.path,
    redirects: readRedirects(config, { files, problems }),
    markdownExtensions: extensionsForRelease(config.extensions, sources.techDocsCore),
    extra: config.extra,
    problems: problems.list,
  };
  return { content, files, config };
}

class SiteNavigation {
  #sources: SiteSources;
  #files: ReadonlyMap<string, SiteFile>;
  #written: NavTree | undefined;
  #topLevel = new Set<string>();

  constructor(sources: SiteSources) {
    this.#sources = sources;
    this.#files = sources.files;
  }

  items(): readonly NavNode[] {
    const { config, nav, problems } = this.#sources;
    const { absoluteIsDocs } = config;
    const files = this.#files;
    const written = nav && writtenNavigation(nav, { files, absoluteIsDocs });
    this.#written = written;
    const plugin = pluginOf(config, 'awesome-pages');
    const items = plugin
      ? arrangeNavigation(written, {
          options: plugin.options,
          pagesFiles: this.#sources.pagesFiles,
          titleOf: page => this.#titleOf(page.file, page.title),
          derived: () => derivedNavigation(files),
          meter: new StepMeter(text => {
            const message = `The pattern "${text}" of awesome-pages takes too long to match and is ignored`;
            problems.add('unknown-docs-plugin', message, { place: plugin.place });
          }),
        })
      : (written ?? derivedNavigation(files)).items;
    for (const item of items) if (item.type === 'page') this.#topLevel.add(item.file.path);
    return items;
  }

  /** Returns all pages of the site with their neighbors in the navigation. */
  pages(items: readonly NavNode[]): readonly TechDocsPage[] {
    const inNav = pagesInOrder(items).filter(({ file }) => isShownPage(file));
    const neighbours = new Map<string, { previous?: string; next?: string; node: PageNode }>();
    for (const [index, node] of inNav.entries()) {
      const previous = inNav[index - 1]?.file.path;
      const next = inNav[index + 1]?.file.path;
      // The last occurrence of a page counts.
      neighbours.set(node.file.path, {
        node,
        ...(previous !== undefined && { previous }),
        ...(next !== undefined && { next }),
      });
    }
    const { editUrlOf, headOf } = this.#sources;
    return [...this.#files.values()].filter(isShownPage).map(file => {
      const own = neighbours.get(file.path);
      const editUrl = editUrlOf(file);
      return {
        path: file.path,
        url: file.url === './' ? '' : file.url,
        title: this.#titleOf(file, own?.node.title, own === undefined),
        file: file.uri,
        ...(editUrl !== undefined && { editUrl }),
        ...(own?.previous !== undefined && { previous: own.previous }),
        ...(own?.next !== undefined && { next: own.next }),
        isInNav: own !== undefined,
        meta: headOf(file.uri)?.meta ?? {},
      };
    });
  }

  present(item: NavNode): TechDocsNavItem {
    if (item.type === 'section') {
      const children = item.children.map(child => this.present(child));
      return { type: 'section', title: item.title ?? '', children };
    }
    if (item.type === 'link') return { type: 'link', title: item.title ?? item.url, url: item.url };
    const { file } = item;
    const title = this.#titleOf(file, item.title);
    return isShownPage(file)
      ? { type: 'page', title, path: file.path }
      : { type: 'link', title, url: file.url, file: file.uri };
  }

  reportProblems(items: readonly NavNode[]): void {
    const { config, problems, headOf } = this.#sources;
    const { navLevels, absoluteIsDocs } = config;
    const arranges = pluginOf(config, 'awesome-pages') !== undefined;
    for (const node of nodesOf(items)) {
      if (node.type !== 'link' || !node.entry) continue;
      const { url, entry } = node;
      if (isAbsoluteUrl(url) || (arranges && readRest(url))) continue;
      const isOutside = url.startsWith('/') && !absoluteIsDocs;
      const severity = isOutside ? navLevels.absoluteLinks : navLevels.notFound;
      if (severity === undefined) continue;
      const [what, why] = isOutside
        ? ['An absolute path', 'presumably points to an external resource']
        : ['A reference', 'is not found in the documentation files'];
      const message = `${what} to '${url}' is included in the 'nav' configuration, which ${why}.`;
      const code = isOutside ? 'nav-path-absolute' : 'nav-page-missing';
      problems.add(code, message, { place: entry.place, severity });
    }
    for (const { entry, file } of this.#written?.leftOut ?? []) {
      const message = `A reference to '${file.path}' is included in the 'nav' configuration, but this file is excluded from the built site.`;
      problems.add('nav-page-missing', message, { place: entry.place, severity: 'info' });
    }
    if (!this.#written || navLevels.omittedFiles === undefined) return;
    const shown = new Set(pagesInOrder(items).map(({ file }) => file.path));
    for (const file of this.#files.values()) {
      if (!file.isPage || file.inclusion !== 'included' || shown.has(file.path)) continue;
      const message = `The page is not included in the "nav" configuration of ${config.file.slice(config.file.lastIndexOf('/') + 1)}.`;
      const range = headOf(file.uri)?.titleRange ?? EMPTY_RANGE;
      problems.add('page-not-in-nav', message, {
        place: { file: file.uri, range },
        severity: navLevels.omittedFiles,
      });
    }
  }

  /** Source: `Page.title` of `mkdocs.structure.pages`. */
  #titleOf(file: SiteFile, given: string | undefined, isAlone = false): string {
    if (given !== undefined) return given;
    const head = this.#sources.headOf(file.uri);
    const own = head?.metaTitle ?? head?.heading;
    if (own !== undefined && isShownPage(file)) return own;
    const isTop = isAlone || this.#topLevel.has(file.path);
    const isHome = isTop && ['./', 'index.html'].includes(file.url) && file.name === 'index';
    return isHome ? 'Home' : titleOfName(file.name);
  }
}

function isShownPage(file: SiteFile): boolean {
  return file.isPage && isIncluded(file);
}

/** Source: `Page._set_edit_url` of `mkdocs.structure.pages`. */
export function editUrlOf(
  path: string,
  { editUri, editUriTemplate, repoUrl }: SiteConfig,
): string | undefined {
  if (!editUriTemplate && !editUri) return undefined;
  const uri = editUriTemplate ? filled(editUriTemplate, path) : `${editUri ?? ''}${path}`;
  if (!repoUrl) return uri;
  const isAppended = /^[?#]/.test(uri) || repoUrl.endsWith('/');
  return joinUrl(isAppended ? repoUrl : `${repoUrl}/`, uri);
}

/** Fills in `{path}` and `{path_noext}`; `!q` quotes the value. */
function filled(template: string, path: string): string {
  const values: Readonly<Record<string, string>> = {
    path,
    path_noext: splitExtension(path)[0],
  };
  return template.replace(
    /\{\{|\}\}|\{(path|path_noext)(!q)?(?::[^{}]*)?\}/g,
    (written, name?: string, quoted?: string) => {
      if (name === undefined) return written.slice(1);
      const value = ownValue(values, name) ?? '';
      return quoted ? quote(value, '') : value;
    },
  );
}

/**
 * Returns the edit URL of a page that a monorepo includes.
 *
 * Source: `edit_uri.py` of mkdocs-monorepo-plugin.
 *
 * @param path - in the included site
 */
export function includedEditUrl(
  path: string,
  { config: own, docsFolder }: IncludedSite,
  { config, docsFolder: rootDocs }: { config: SiteConfig; docsFolder: string },
): string | undefined {
  const folder = dirnameUri(config.file);
  const rootPath = relativePath(folder, rootDocs) ?? '';
  const ownPath = relativePath(folder, docsFolder) ?? '';
  const inherited = rootPath
    ? (config.editUri ?? '').replaceAll(rootPath, ownPath)
    : (config.editUri ?? '');
  let repoUrl = own.entries.has('repo_url') ? stringOf(childOf(own, 'repo_url')) : config.repoUrl;
  let editUri = own.entries.has('edit_uri') ? stringOf(childOf(own, 'edit_uri')) : inherited;
  if (!repoUrl) return undefined;
  if (editUri) {
    if (!/^[?#]/.test(editUri) && !repoUrl.endsWith('/')) repoUrl += '/';
    if (!editUri.endsWith('/')) editUri += '/';
  }
  return `${repoUrl}${editUri ?? ''}${path}`;
}

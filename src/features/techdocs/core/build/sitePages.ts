import type { TechDocsContent, TechDocsNavItem, TechDocsPage } from '../../../../api';
import { escapeHtml } from '../markdown/render/codeBlock';
import type { TocEntry } from '../markdown/tree/tableOfContents';
import type { SiteConfig } from '../sites/config/siteConfig';
import { isAbsoluteUrl, joinUrl, splitUrl } from '../sites/python/urls';
import { escapeAttribute, relativeUrl, rootFrom } from './sitePaths';

interface NavPlace {
  /** Path of the open page, or undefined if it isn't one of the site's. */
  readonly page: string | undefined;
  /** Prefix of addresses of the site. */
  readonly root: string;
  /** Table of contents of the page. Narrow windows show it in the navigation. */
  readonly toc: string;
  /** Position of an item: `1_2` for the second item of the first section. */
  readonly position: string;
}

/**
 * Navigation in the elements and classes of Material for MkDocs, which Backstage's reader and its
 * addons look for.
 *
 * Pages of a folder differ only in the path to the open page, so only that part is rendered again:
 * a site of a thousand pages has a million entries.
 */
class SiteNav {
  #items: readonly TechDocsNavItem[];
  #urls: ReadonlyMap<string, string>;
  /** Closed items, by root prefix and position. */
  #closed = new Map<string, string>();
  /** Pages below each item. */
  #pages = new Map<TechDocsNavItem, ReadonlySet<string>>();

  constructor(items: readonly TechDocsNavItem[], pages: readonly TechDocsPage[]) {
    this.#items = items;
    this.#urls = new Map(pages.map(({ path, url }) => [path, url]));
    for (const item of items) this.#addPages(item);
  }

  html(place: Omit<NavPlace, 'position'>): string {
    return this.#list(this.#items, { ...place, position: '' });
  }

  #list(items: readonly TechDocsNavItem[], { position, ...rest }: NavPlace): string {
    return items
      .map((item, index) => {
        const own = position === '' ? String(index + 1) : `${position}_${index + 1}`;
        const isOpen = rest.page !== undefined && this.#pages.get(item)?.has(rest.page);
        return isOpen
          ? this.#item(item, { ...rest, position: own })
          : this.#closedItem(item, rest.root, own);
      })
      .join('');
  }

  #closedItem(item: TechDocsNavItem, root: string, position: string): string {
    const key = `${root} ${position}`;
    const known = this.#closed.get(key);
    if (known !== undefined) return known;
    const html = this.#item(item, { page: undefined, root, toc: '', position });
    this.#closed.set(key, html);
    return html;
  }

  #item(item: TechDocsNavItem, rest: NavPlace): string {
    const title = `<span class="md-ellipsis">${escapeHtml(item.title)}</span>`;
    const isOpen = rest.page !== undefined;
    const active = isOpen ? ' md-nav__item--active' : '';
    if (item.type !== 'section') {
      const url = this.#urlOf(item, rest.root);
      const link = isOpen ? ' md-nav__link--active" aria-current="page' : '';
      return `<li class="md-nav__item${active}"><a href="${escapeAttribute(url)}" class="md-nav__link${link}">${title}</a>${isOpen ? rest.toc : ''}</li>\n`;
    }
    const { position } = rest;
    const id = `__nav_${position}`;
    const level = position.split('_').length;
    return (
      `<li class="md-nav__item${active} md-nav__item--nested">` +
      `<input class="md-nav__toggle md-toggle" type="checkbox" id="${id}"${isOpen ? ' checked' : ''}>` +
      `<label class="md-nav__link" for="${id}" id="${id}_label">${title}<span class="md-nav__icon md-icon"></span></label>` +
      `<div class="md-nav" data-md-level="${level}" role="group" aria-labelledby="${id}_label">` +
      `<ul class="md-nav__list">\n${this.#list(item.children, rest)}</ul></div></li>\n`
    );
  }

  #urlOf(item: Exclude<TechDocsNavItem, { type: 'section' }>, root: string): string {
    if (item.type === 'page') return `${root}${this.#urls.get(item.path) ?? ''}` || './';
    const { url, file } = item;
    const isExternal = file === undefined && (isAbsoluteUrl(url) || /^[/#]/.test(url));
    return isExternal ? url : `${root}${url}`;
  }

  #addPages(item: TechDocsNavItem): ReadonlySet<string> {
    const paths = new Set<string>();
    if (item.type === 'page') paths.add(item.path);
    else if (item.type === 'section') {
      for (const child of item.children) for (const path of this.#addPages(child)) paths.add(path);
    }
    this.#pages.set(item, paths);
    return paths;
  }
}

const icon = (path: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${path}" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** Inline icons: built sites load nothing from other hosts. */
const icons = {
  menu: icon('M4 6h16M4 12h16M4 18h16'),
  edit: icon('M4 20h4L19 9l-4-4L4 16zM13 7l4 4'),
  prev: icon('M20 12H5m6-6-6 6 6 6'),
  next: icon('M4 12h15m-6-6 6 6-6 6'),
  repository: icon(
    'M6 3v12m0 0a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM18 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zm0 0a9 9 0 0 1-9 9',
  ),
} as const;

/** Open book, in the colors of the header. */
const SITE_ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="4" fill="#22395b"/><path d="M12 7C10 5.500 7 5.500 5 6.500V17c2-1 5-1 7 .500 2-1.500 5-1.500 7-.500V6.500C17 5.500 14 5.500 12 7zm0 0v10.500" fill="none" stroke="#fff" stroke-width="1.500" stroke-linejoin="round"/></svg>',
)}`;

/** A page of the site with its Markdown rendered. */
export interface RenderedPage {
  readonly page: TechDocsPage;
  /** HTML of the Markdown, with links rewritten to addresses of the site. */
  readonly html: string;
  readonly toc: readonly TocEntry[];
}

/** Paths of the theme in the site. */
export interface ThemePaths {
  readonly styles: string;
  readonly script: string;
}

interface Frame {
  /** Prefix of addresses of the site. */
  readonly root: string;
  readonly page: TechDocsPage | undefined;
  readonly title: string;
  readonly content: string;
  readonly toc: readonly TocEntry[];
}

/**
 * Renders whole pages. Elements, classes, and `data-md-component` match Material for MkDocs as far
 * as Backstage's reader and its addons need: they take pages apart and insert content next to these
 * elements.
 */
export class SitePages {
  #content: TechDocsContent;
  #config: SiteConfig;
  #theme: ThemePaths;
  #nav: SiteNav;
  #byPath: ReadonlyMap<string, TechDocsPage>;

  constructor(content: TechDocsContent, config: SiteConfig, theme: ThemePaths) {
    this.#content = content;
    this.#config = config;
    this.#theme = theme;
    this.#nav = new SiteNav(content.nav, content.pages);
    this.#byPath = new Map(content.pages.map(page => [page.path, page]));
  }

  page({ page, html, toc }: RenderedPage): string {
    const edit =
      page.editUrl === undefined
        ? ''
        : `<a href="${escapeAttribute(page.editUrl)}" title="Edit this page" class="md-content__button md-icon">${icons.edit}</a>\n`;
    const heading = html.includes('<h1') ? '' : `<h1>${escapeHtml(page.title)}</h1>\n`;
    return this.#frame({
      root: rootFrom(page.url),
      page,
      toc,
      title: textOf(page.meta['title']) ?? page.title,
      content: `${edit}${heading}${html}`,
    });
  }

  /**
   * Renders the page for unknown addresses. Its links start at the host, since servers show it at
   * any depth.
   */
  notFound(): string {
    const { path } = splitUrl(this.#config.siteUrl ?? '/');
    return this.#frame({
      root: path || '/',
      page: undefined,
      title: 'Not found',
      toc: [],
      content: '<h1>404 - Not found</h1>',
    });
  }

  #frame(frame: Frame): string {
    const { root, page, content } = frame;
    const { language } = this.#config;
    const hidden = new Set(textsOf(page?.meta['hide']));
    const toc = tocList(frame.toc);
    return `<!doctype html>
<html lang="${escapeAttribute(language)}">
<head>
${this.#head(frame)}</head>
<body>
<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">
<label class="md-overlay" for="__drawer"></label>
<a href="#__content" class="md-skip">Skip to content</a>
${this.#header(root)}<div class="md-container" data-md-component="container">
<main class="md-main" data-md-component="main">
<div class="md-main__inner md-grid">
<div class="md-sidebar md-sidebar--primary" data-md-component="sidebar" data-md-type="navigation"${hidden.has('navigation') ? ' hidden' : ''}>
<div class="md-sidebar__scrollwrap"><div class="md-sidebar__inner">
<nav class="md-nav md-nav--primary" aria-label="Navigation" data-md-level="0">
<label class="md-nav__title" for="__drawer">${escapeHtml(this.#siteName)}</label>
<ul class="md-nav__list">
${this.#nav.html({ page: page?.path, root, toc: tocNav(toc, 'Sections of this page') })}</ul>
</nav>
</div></div>
</div>
<div class="md-sidebar md-sidebar--secondary" data-md-component="sidebar" data-md-type="toc"${hidden.has('toc') ? ' hidden' : ''}>
<div class="md-sidebar__scrollwrap"><div class="md-sidebar__inner">
${tocNav(toc, 'Table of contents')}</div></div>
</div>
<div class="md-content" data-md-component="content" id="__content" tabindex="-1">
<article class="md-content__inner md-typeset">
${content}
</article>
</div>
</div>
</main>
${this.#footer(frame, hidden.has('footer'))}</div>
${this.#scripts(root)}</body>
</html>
`;
  }

  get #siteName(): string {
    return this.#content.site.name;
  }

  #head({ root, page, title }: Frame): string {
    const { siteDescription, siteAuthor, siteUrl, extraCss } = this.#config;
    const description = textOf(page?.meta['description']) ?? siteDescription;
    const author = textOf(page?.meta['author']) ?? siteAuthor;
    const isHome = page !== undefined && this.#isHome(page);
    const whole = isHome && page.meta['title'] === undefined ? '' : `${title} - `;
    const link = (rel: string, url: string): string =>
      `<link rel="${rel}" href="${escapeAttribute(url)}">\n`;
    const meta = (name: string, value: string | undefined): string =>
      value === undefined ? '' : `<meta name="${name}" content="${escapeAttribute(value)}">\n`;
    const neighbour = (rel: string, path: string | undefined): string => {
      const other = path === undefined ? undefined : this.#byPath.get(path);
      return other && page ? link(rel, relativeUrl(other.url, page.url)) : '';
    };
    return [
      '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width,initial-scale=1">\n',
      '<meta name="color-scheme" content="light dark">\n',
      meta('description', description),
      meta('author', author),
      siteUrl && page ? link('canonical', joinUrl(siteUrl, page.url)) : '',
      neighbour('prev', page?.previous),
      neighbour('next', page?.next),
      '<meta name="generator" content="callboard">\n',
      `<title>${escapeHtml(`${whole}${this.#siteName}`)}</title>\n`,
      link('icon', SITE_ICON),
      link('stylesheet', `${root}${this.#theme.styles}`),
      ...extraCss.map(path => link('stylesheet', addressOf(path, root))),
    ].join('');
  }

  /** Source: `Page.is_homepage` of `mkdocs.structure.pages`. */
  #isHome({ path, url }: TechDocsPage): boolean {
    const isWithin = (items: readonly TechDocsNavItem[]): boolean =>
      items.some(item =>
        item.type === 'section'
          ? isWithin(item.children)
          : item.type === 'page' && item.path === path,
      );
    const sections = this.#content.nav.filter(({ type }) => type === 'section');
    return ['', 'index.html'].includes(url) && !isWithin(sections);
  }

  #header(root: string): string {
    const { repoUrl, repoName } = this.#config;
    const source =
      repoUrl === undefined || repoUrl === ''
        ? ''
        : `<div class="md-header__source"><a href="${escapeAttribute(repoUrl)}" class="md-source" data-md-component="source">${icons.repository}<span class="md-source__repository">${escapeHtml(repoName ?? repoUrl)}</span></a></div>\n`;
    return `<header class="md-header" data-md-component="header">
<div class="md-header__inner md-grid">
<label class="md-header__button md-icon" for="__drawer" title="Navigation">${icons.menu}</label>
<a href="${escapeAttribute(root || './')}" class="md-header__title" data-md-component="logo">${escapeHtml(this.#siteName)}</a>
<div class="md-search" data-md-component="search" hidden></div>
${source}</div>
</header>
`;
  }

  #footer({ page }: Frame, isHidden: boolean): string {
    const { copyright } = this.#config;
    const link = (path: string | undefined, kind: 'prev' | 'next'): string => {
      const other = path === undefined ? undefined : this.#byPath.get(path);
      if (!page || !other) return '';
      const direction = kind === 'prev' ? 'Previous' : 'Next';
      const title = `<span class="md-footer__title"><span class="md-footer__direction">${direction}</span><span class="md-ellipsis">${escapeHtml(other.title)}</span></span>`;
      const button = `<span class="md-footer__button md-icon">${icons[kind]}</span>`;
      const url = escapeAttribute(relativeUrl(other.url, page.url));
      const inner = kind === 'prev' ? `${button}${title}` : `${title}${button}`;
      return `<a href="${url}" class="md-footer__link md-footer__link--${kind}" rel="${kind}">${inner}</a>\n`;
    };
    const links = `${link(page?.previous, 'prev')}${link(page?.next, 'next')}`;
    const nav =
      links === ''
        ? ''
        : `<nav class="md-footer__inner md-grid" aria-label="Footer"${isHidden ? ' hidden' : ''}>\n${links}</nav>\n`;
    const meta =
      copyright === undefined
        ? ''
        : `<div class="md-footer-meta md-typeset"><div class="md-footer-meta__inner md-grid"><div class="md-copyright">${copyright}</div></div></div>\n`;
    return `<footer class="md-footer">\n${nav}${meta}</footer>\n`;
  }

  #scripts(root: string): string {
    const own = this.#config.extraScripts.map(({ path, type, isAsync, isDeferred }) => {
      const kind = type === '' ? '' : ` type="${escapeAttribute(type)}"`;
      const when = `${isAsync ? ' async' : ''}${isDeferred ? ' defer' : ''}`;
      return `<script src="${escapeAttribute(addressOf(path, root))}"${kind}${when}></script>\n`;
    });
    return `<script type="module" src="${escapeAttribute(`${root}${this.#theme.script}`)}"></script>\n${own.join('')}`;
  }
}

/** Resolves a path or address from the config. Source: `normalize_url` of `mkdocs.utils`. */
function addressOf(path: string, root: string): string {
  return isAbsoluteUrl(path) || /^[/#]/.test(path) ? path : `${root}${path}`;
}

/** Renders the table of contents without the heading that is the page's title. */
function tocList(toc: readonly TocEntry[]): string {
  const [first] = toc;
  const entries = first?.level === 1 ? first.children : toc;
  return entries.length ? listOf(entries) : '';
}

function listOf(entries: readonly TocEntry[]): string {
  const items = entries.map(({ id, title, children }) => {
    const inner = children.length ? `<div class="md-nav">${listOf(children)}</div>` : '';
    return `<li class="md-nav__item"><a href="#${escapeAttribute(id)}" class="md-nav__link"><span class="md-ellipsis">${escapeHtml(title)}</span></a>${inner}</li>\n`;
  });
  return `<ul class="md-nav__list">\n${items.join('')}</ul>`;
}

function tocNav(list: string, label: string): string {
  if (list === '') return '';
  const own = list.replace(
    '<ul class="md-nav__list">',
    '<ul class="md-nav__list" data-md-component="toc">',
  );
  return `<nav class="md-nav md-nav--secondary" aria-label="${label}"><span class="md-nav__title">${label}</span>\n${own}</nav>\n`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function textsOf(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter(item => typeof item === 'string');
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * @typedef {object} DescribedPage
 * @property {string} title of the window
 * @property {string | undefined} description
 * @property {string | undefined} canonical
 * @property {string | undefined} edit
 * @property {string | undefined} previous
 * @property {string | undefined} next
 * @property {readonly string[]} nav where the navigation leads to, from the root of the site
 * @property {readonly string[]} toc
 * @property {readonly string[]} content where links and images of the text lead to, as they are written
 *
 * @typedef {object} DescribedBuild
 * @property {readonly string[]} files without those of the theme
 * @property {Readonly<Record<string, unknown>> | undefined} metadata without time and files
 * @property {unknown} searchConfig
 * @property {readonly Readonly<{ location: string, title: string, text: string }>[]} search white space left out of the texts
 * @property {Readonly<Record<string, DescribedPage>>} pages by file
 */

/**
 * Describes the folder of a built site, whether MkDocs with Material or Callboard built it.
 *
 * @param {string} folder
 * @returns {DescribedBuild}
 */
export function describeBuild(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
    .filter(path => !isOfTheme(path) && !isEmptySitemap(folder, path))
    .sort();
  const search = readJson(join(folder, 'search/search_index.json'));
  /** @type {{ location: string, title: string, text: string }[]} */
  const docs = search?.docs ?? [];
  const {
    build_timestamp: _time,
    files: _files,
    ...metadata
  } = readJson(join(folder, 'techdocs_metadata.json')) ?? {};
  return {
    files,
    metadata,
    searchConfig: search?.config,
    search: docs
      .map(({ location, title, text }) => ({ location, title, text: text.replace(/\s+/g, '') }))
      .sort((a, b) => (a.location < b.location ? -1 : 1)),
    pages: Object.fromEntries(files.flatMap(path => pageOf(folder, path))),
  };
}

/**
 * @param {string} folder
 * @param {string} path
 * @returns {[string, DescribedPage][]} nothing for what is no page of docs
 */
function pageOf(folder, path) {
  if (!path.endsWith('.html') || path === '404.html') return [];
  const html = readFileSync(join(folder, path), 'utf8');
  return html.includes('data-md-component="content"') ? [[path, describePage(path, html)]] : [];
}

/** @param {string} path */
function isOfTheme(path) {
  return /^(?:assets\/(?:stylesheets|javascripts|images\/favicon)|search\/\w+\.js$)/.test(path);
}

/**
 * MkDocs writes one without pages if the site has no address.
 *
 * @param {string} folder
 * @param {string} path
 */
function isEmptySitemap(folder, path) {
  if (!path.startsWith('sitemap.xml')) return false;
  return !readFileSync(join(folder, 'sitemap.xml'), 'utf8').includes('<loc>');
}

/**
 * @param {string} path
 * @returns {any}
 */
function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/**
 * @param {string} path of the page
 * @param {string} html
 * @returns {DescribedPage}
 */
function describePage(path, html) {
  const base = new URL(path, 'http://site/');
  /** @param {string} href */
  const resolved = href =>
    new URL(decoded(href), base).href.replace('http://site/', '/').replace(/index\.html$/, '');
  const toc = html.indexOf('data-md-type="toc"');
  const content = html.indexOf('data-md-component="content"');
  const nav = html.slice(html.indexOf('data-md-type="navigation"'), toc);
  const article = html.slice(
    html.indexOf('>', html.indexOf('<article', content)),
    html.indexOf('</article>', content),
  );
  const edit = /<a href="([^"]*)" title="Edit this page"/.exec(article)?.[1];
  /** @param {string} rel */
  const neighbour = rel => {
    const href = new RegExp(
      `<a href="([^"]*)" class="md-footer__link md-footer__link--${rel}"`,
    ).exec(html)?.[1];
    return href === undefined ? undefined : resolved(href);
  };
  return {
    title: decoded(/<title>([\s\S]*?)<\/title>/.exec(html)?.[1] ?? ''),
    description: value(/<meta name="description" content="([^"]*)"/.exec(html)?.[1]),
    canonical: value(/<link rel="canonical" href="([^"]*)"/.exec(html)?.[1]),
    edit: value(edit),
    previous: neighbour('prev'),
    next: neighbour('next'),
    nav: [...nav.matchAll(/<a href="([^"#]*)" class="md-nav__link/g)].map(([, href = '']) =>
      resolved(href),
    ),
    toc: [...html.slice(toc, content).matchAll(/<a href="(#[^"]*)" class="md-nav__link/g)].map(
      ([, href = '']) => decoded(href),
    ),
    content: [
      ...article
        .replace(/<a href="[^"]*" title="(?:Edit|View)[^>]*>/g, '')
        .matchAll(/<(?:a|img)\b[^>]*?\s(?:href|src)="([^"]*)"/g),
    ].map(([, href = '']) => decoded(href)),
  };
}

/** @param {string | undefined} text */
function value(text) {
  return text === undefined ? undefined : decoded(text);
}

/** @param {string} text */
function decoded(text) {
  return text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&para;', '¶')
    .replaceAll('&copy;', '©')
    .replaceAll('&amp;', '&');
}

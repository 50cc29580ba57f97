import type { TechDocsContent } from '../../../../api';
import { isGitPath } from '../../../../base';
import { escapeHtml } from '../markdown/render/codeBlock';
import { normalRelative } from '../sites/python/texts';
import { isAbsoluteUrl, joinUrl } from '../sites/python/urls';
import { escapeAttribute, isInside, relativeUrl } from './sitePaths';

/** A page that redirects to another page. */
export interface RedirectPage {
  /** Path in the site. */
  readonly target: string;
  /** Why the page can't be written, as the end of a sentence. */
  readonly fault: string | undefined;
  /** Old address, as written in the config. */
  readonly from: string;
  readonly html: string;
}

/** Source: mkdocs-redirects. Backstage's reader follows the `refresh` of its pages. */
export function redirectPages({ redirects, pages }: TechDocsContent): readonly RedirectPage[] {
  const urls = new Map(pages.map(({ path, url }) => [path, url]));
  return [...redirects].map(([from, to]) => {
    const url = to.replace(/#.*$/s, '');
    const known = isAbsoluteUrl(to) ? undefined : urls.get(url);
    const address = known === undefined ? to : `${relativeUrl(known, from)}${to.slice(url.length)}`;
    const plain = decodeURIComponent(from);
    const file = plain === '' || plain.endsWith('/') ? `${plain}index.html` : plain;
    const target = normalRelative(file) ?? '';
    const why = isGitPath(target) ? 'into what git keeps' : 'out of the site';
    const fault = isInside(target) ? undefined : `leads ${why}`;
    return { target, fault, from: plain, html: redirectHtml(address) };
  });
}

function redirectHtml(url: string): string {
  const attribute = escapeAttribute(url);
  // Escaped, so that the address can't close the script element.
  const text = JSON.stringify(url).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Redirecting…</title>
<link rel="canonical" href="${attribute}">
<script>location.replace(${text} + (${text}.includes("#") ? "" : location.hash))</script>
<meta http-equiv="refresh" content="0; url=${attribute}">
</head>
<body>
<p>This page is now at <a href="${attribute}">${escapeHtml(url)}</a>.</p>
</body>
</html>
`;
}

/** @param day - build date, such as `2026-01-31` */
export function sitemap({ pages }: TechDocsContent, siteUrl: string, day: string): string {
  const urls = pages.map(
    ({ url }) =>
      `<url>\n<loc>${escapeHtml(joinUrl(siteUrl, url))}</loc>\n<lastmod>${day}</lastmod>\n</url>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('')}</urlset>\n`;
}

export async function gzipped(content: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([content]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

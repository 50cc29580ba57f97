import { html, nothing, type TemplateResult } from 'lit';
import type { DocsNavItem, DocsPageView } from '../../../src/features/portal/protocol';
import { link, type LinkContext } from '../../shared/links';
import { icon } from '../../shared/parts';
import { translate } from '../../shared/translate';

/** A site's pages in their sections; those around the page that is shown are open. */
export function docsNav(
  { site, nav }: DocsPageView,
  { page, context }: { readonly page: string | undefined; readonly context: LinkContext },
): TemplateResult {
  const items = (entries: readonly DocsNavItem[]): TemplateResult =>
    html`<ul>
      ${entries.map(entry => html`<li>${item(entry)}</li>`)}
    </ul>`;
  const item = (entry: DocsNavItem): TemplateResult => {
    const { title, path, target, children } = entry;
    if (children) {
      return html`<details ?open=${holds(entry, page)}>
        <summary>${icon('chevron-right')}${title}</summary>
        ${items(children)}
      </details>`;
    }
    if (target) return link(html`${title} ${icon('link-external')}`, target, context);
    if (path === undefined) return html`<span class="nothing">${title}</span>`;
    const isCurrent = path === page;
    return html`<span aria-current=${isCurrent ? 'page' : nothing}
      >${link(title, { type: 'page', page: { page: 'docs', site: site.id, path } }, context)}</span
    >`;
  };
  return html`<nav aria-label=${translate('Pages of {0}', site.title)}>${items(nav)}</nav>`;
}

function holds({ path, children }: DocsNavItem, page: string | undefined): boolean {
  return path === undefined ? (children ?? []).some(child => holds(child, page)) : path === page;
}

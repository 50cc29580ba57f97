import { html, nothing, type TemplateResult } from 'lit';
import type {
  DocsNavItem,
  DocsPageContent,
  DocsPageView,
} from '../../../src/features/portal/protocol';
import {
  emptyState,
  failedState,
  icon,
  lifecycleBadge,
  usesSingleKeys,
} from '../../shared/controls';
import { entityLink, link, type LinkContext } from '../../shared/links';
import { translate } from '../../shared/translate';
import { serverLink, notBuiltState } from './servedDocs';
import { itself, keyedList } from '../../shared/keyedList';

function missingPage({ site }: DocsPageView, context: LinkContext): TemplateResult {
  return emptyState({
    icon: 'question',
    text: translate("This page doesn't exist."),
    detail: translate('It was moved, deleted, or removed from its site.'),
    actions: link(
      translate('Go to First Page'),
      { type: 'page', page: { page: 'docs', site: site.id } },
      context,
      { className: 'button is-secondary' },
    ),
  });
}

/** Renders the state of a view without a page. */
export function emptyPageState(
  view: DocsPageView,
  {
    context,
    isFirst,
    reload,
    build,
  }: {
    readonly context: LinkContext;
    /** Whether the request had no path. */
    readonly isFirst: boolean;
    readonly reload: () => void;
    /** Requests a build from Backstage. */
    readonly build: () => void;
  },
): TemplateResult {
  if (view.failure !== undefined) return failedState(view.failure, reload);
  if (view.server?.isUnbuilt) return notBuiltState(view.server, { context, build });
  if (!isFirst) return missingPage(view, context);
  return emptyState({
    icon: 'book',
    text: translate('This site has no pages yet.'),
    detail: translate('Pages are Markdown files in its docs folder.'),
  });
}

/** Whether a view shows a page with a file that can be edited. */
export function isEditable(
  view: DocsPageView | undefined,
): view is DocsPageView & { readonly page: DocsPageContent } {
  return view?.server === undefined && view?.page?.file !== undefined;
}

/** Renders the link to the Markdown, or to the page in Backstage. */
export function sourceLink(
  { server }: DocsPageView,
  { file }: DocsPageContent,
  { context, edit }: { readonly context: LinkContext; readonly edit: () => void },
): TemplateResult | typeof nothing {
  if (server) return serverLink(server, context);
  if (file === undefined) return nothing;
  return link(
    html`${icon('edit')}${translate('Edit')}`,
    { type: 'source', file },
    { follow: edit },
    {
      className: 'text-button',
      ...(usesSingleKeys() && { title: translate('{0} ({1})', translate('Edit'), 'E') }),
    },
  );
}

export function lastChangeLine(
  change: { readonly author: string; readonly time: number } | undefined,
): TemplateResult | typeof nothing {
  if (!change) return nothing;
  const date = new Date(change.time).toLocaleDateString(document.documentElement.lang, {
    dateStyle: 'long',
  });
  return html`<p class="docs-last-change">
    ${translate('Last changed on {0} by {1}', date, change.author)}
  </p>`;
}

/** Renders the link from an embedded page to the full reader. */
export function openInReaderLink(
  { site }: DocsPageView,
  { path }: DocsPageContent,
  context: Pick<LinkContext, 'follow'>,
): TemplateResult {
  return link(
    html`${icon('screen-full')}${translate('Open in Reader')}`,
    { type: 'page', page: { page: 'docs', site: site.id, path } },
    context,
    { className: 'text-button' },
  );
}

export function turn(
  { site }: DocsPageView,
  page: DocsPageContent['previous'],
  label: string,
  iconName: string,
  context: LinkContext,
): TemplateResult | typeof nothing {
  if (!page) return html`<span></span>`;
  return link(
    html`${icon(iconName)}<span class="docs-turn-text"><small>${label}</small>${page.title}</span>`,
    { type: 'page', page: { page: 'docs', site: site.id, path: page.path } },
    context,
    { className: 'docs-turn-link' },
  );
}

/** Renders a site's navigation. Sections around the current page are open. */
export function docsNav(
  { site, nav }: DocsPageView,
  { page, context }: { readonly page: string | undefined; readonly context: LinkContext },
): TemplateResult {
  const items = (entries: readonly DocsNavItem[]): TemplateResult =>
    html`<ul>
      ${keyedList(
        entries,
        ({ path, title }) => path ?? title,
        entry => html`<li>${item(entry)}</li>`,
      )}
    </ul>`;
  const item = (entry: DocsNavItem): TemplateResult => {
    const { title, path, target, children } = entry;
    if (children) {
      return html`<details ?open=${containsPage(entry, page)}>
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

function containsPage({ path, children }: DocsNavItem, page: string | undefined): boolean {
  return path === undefined
    ? (children ?? []).some(child => containsPage(child, page))
    : path === page;
}

/** Others are collapsed. */
const MAX_SHOWN = 2;

/** Renders the entities of the docs with their owner and lifecycle, like TechDocs. */
export function docsEntities(
  refs: readonly string[],
  context: LinkContext,
): TemplateResult | typeof nothing {
  if (!refs.length) return nothing;
  const others = refs.slice(MAX_SHOWN);
  return html`<div
    class="docs-entities"
    role="group"
    aria-label=${translate('Entities with these docs')}
  >
    ${keyedList(refs.slice(0, MAX_SHOWN), itself, ref => entity(ref, context))}
    ${
      others.length
        ? html`<details>
            <summary>${translate('{0} more', others.length)}</summary>
            ${keyedList(others, itself, ref => entity(ref, context))}
          </details>`
        : nothing
    }
  </div>`;
}

function entity(ref: string, context: LinkContext): TemplateResult {
  const { lifecycle, owners = [] } = context.glances[ref] ?? {};
  return html`<p class="docs-entity">
    ${entityLink(ref, context, { showsKind: true })}
    ${
      owners.length
        ? html`<span class="docs-entity-fact"
            >${translate('Owner')} ${owners.map(owner => entityLink(owner, context))}</span
          >`
        : nothing
    }
    ${
      lifecycle === undefined
        ? nothing
        : html`<span class="docs-entity-fact"
            >${translate('Lifecycle')} ${lifecycleBadge(lifecycle)}</span
          >`
    }
  </p>`;
}

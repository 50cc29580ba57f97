import { html, nothing, type TemplateResult } from 'lit';
import type { DocsServerView } from '../../../src/features/portal/protocol';
import { dateOf, emptyState, icon, secondaryButton } from '../../shared/controls';
import { link, type LinkContext } from '../../shared/links';
import { translate } from '../../shared/translate';

/** Renders the link to the page in Backstage. */
export function serverLink({ name, url }: DocsServerView, context: LinkContext): TemplateResult {
  const text = html`${icon('server')}${name}`;
  if (url === undefined) return html`<span class="docs-server">${text}</span>`;
  return link(text, { type: 'url', url }, context, {
    className: 'text-button',
    title: translate('Open in browser: {0}', url),
  });
}

/** Renders the notice that a page is a cached copy. */
export function cachedCopyNotice(
  { fetchedAt, reason }: NonNullable<DocsServerView['kept']>,
  name: string,
): TemplateResult {
  return html`<p class="docs-kept" role="status">
    ${icon('warning')}
    <span>
      ${translate('Cached copy from {0}, fetched on {1}.', name, dateOf(fetchedAt, 'short'))}
      ${reason}
    </span>
  </p>`;
}

export function builtLine(server: DocsServerView | undefined): TemplateResult | typeof nothing {
  if (server?.builtAt === undefined) return nothing;
  return html`<p class="docs-last-change">${translate('Built on {0}', dateOf(server.builtAt))}</p>`;
}

/** Renders the empty state of docs that Backstage hasn't built. */
export function notBuiltState(
  { name, url }: DocsServerView,
  { context, build }: { readonly context: LinkContext; readonly build: () => void },
): TemplateResult {
  return emptyState({
    icon: 'book',
    text: translate("{0} hasn't built these docs yet.", name),
    detail: translate(
      'Backstage builds docs when they are first opened, unless they are built elsewhere.',
    ),
    actions: html`${secondaryButton(translate('Build on the Server'), build)}
    ${
      url === undefined
        ? nothing
        : link(translate('Open in Browser'), { type: 'url', url }, context, {
            className: 'button is-secondary',
          })
    }`,
  });
}

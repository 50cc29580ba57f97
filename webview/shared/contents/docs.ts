import { html, type TemplateResult } from 'lit';
import type { CardContent } from '../../../src/api';
import { link, type LinkContext } from '../links';
import { icon } from '../parts';
import { translate } from '../translate';

/** A page of docs, where it can be gone from to others; the reader is loaded with the first one. */
export function docsContent(
  content: Extract<CardContent, { type: 'docs' }>,
  context: LinkContext,
): TemplateResult {
  const { site, path, anchor } = content;
  const page = { page: 'docs', site, path, anchor } as const;
  if (!context.docs) {
    const text = html`${icon('book')}${translate('Open Docs')}`;
    return html`<p>${link(text, { type: 'page', page }, context)}</p>`;
  }
  void import('../../features/techdocs/DocsCard');
  return html`<callboard-docs-card .docs=${page} .context=${context}></callboard-docs-card>`;
}

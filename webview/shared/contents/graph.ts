import { html, type TemplateResult } from 'lit';
import type { CardContent } from '../../../src/api';
import type { LinkContext } from '../links';

/** A small graph; what draws it is loaded with the first one. */
export function graphContent(
  { query }: Extract<CardContent, { type: 'graph' }>,
  context: LinkContext,
): TemplateResult {
  void import('../graph/GraphCard');
  return html`<callboard-graph-card .query=${query} .context=${context}></callboard-graph-card>`;
}

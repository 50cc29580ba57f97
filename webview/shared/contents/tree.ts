import { html, type TemplateResult } from 'lit';
import type { CardContent } from '../../../src/api';
import './CardTree';
import type { DrawContent } from './CardTree';
import { emptyState } from '../controls';
import type { LinkContext } from '../links';
import { translate } from '../translate';

export function treeContent(
  content: Extract<CardContent, { type: 'tree' }>,
  context: LinkContext,
  draw: DrawContent,
  selected?: string,
): TemplateResult {
  if (!content.items.length)
    return emptyState({ text: content.empty ?? translate('There are none.') });
  return html`<callboard-tree
    .content=${content}
    .context=${context}
    .draw=${draw}
    .selected=${selected}
  ></callboard-tree>`;
}

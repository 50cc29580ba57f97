import { html, nothing, type TemplateResult } from 'lit';
import type { CardContent } from '../../../src/api';
import { emptyState, icon } from '../controls';
import { link, type LinkContext } from '../links';
import { translate } from '../translate';

/** Numbers beside each other, as long as they are large. */
export function barsContent(
  { bars, empty }: Extract<CardContent, { type: 'bars' }>,
  context: LinkContext,
): TemplateResult {
  if (!bars.length) return emptyState({ text: empty ?? translate('There is nothing to count.') });
  const largest = Math.max(...bars.map(({ value }) => value), 1);
  return html`<ul class="bars">
    ${bars.map(({ label, value, total = largest, text = `${value}`, tone = 'info', ...bar }) => {
      const content = html`${icon(bar.icon)}${label}`;
      return html`<li class="bar">
        <span class="bar-label">${bar.target ? link(content, bar.target, context) : content}</span>
        <svg
          class="bar-track tone-${tone}"
          viewBox="0 0 100 1"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <rect class="bar-all" width="100" height="1"></rect>
          <rect class="bar-value" width=${total > 0 ? (100 * value) / total : 0} height="1"></rect>
        </svg>
        <span class="bar-text" title=${bar.details ?? nothing}
          >${text}${
            bar.details === undefined
              ? nothing
              : html`<span class="visually-hidden"> (${bar.details})</span>`
          }</span
        >
      </li>`;
    })}
  </ul>`;
}

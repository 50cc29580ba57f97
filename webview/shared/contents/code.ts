import { html, nothing, type TemplateResult } from 'lit';
import type { CardContent } from '../../../src/api';
import { link, type LinkContext } from '../links';
import { icon } from '../parts';
import { translate } from '../translate';

/** Text as it is written, which can be copied. */
export function codeContent(
  { text, source }: Extract<CardContent, { type: 'code' }>,
  context: LinkContext,
): TemplateResult {
  return html`<div class="code">
    ${
      source
        ? html`<div class="code-bar">
            ${link(html`${icon('go-to-file')}${translate('Open in the Editor')}`, source, context)}
          </div>`
        : nothing
    }
    <pre tabindex="0" aria-label=${translate('Text')}><code>${text}</code></pre>
  </div>`;
}

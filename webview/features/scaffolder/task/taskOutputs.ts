import { html, nothing, type TemplateResult } from 'lit';
import type { TaskView } from '../../../../src/features/portal/protocol';
import { icon } from '../../../shared/controls';
import { link, type LinkContext } from '../../../shared/links';
import { translate } from '../../../shared/translate';
import { sanitizeDocs } from '../../techdocs/content/sanitizeDocs';

/** Links and texts that a template outputs. */
export function taskOutputs(
  { links, texts }: TaskView,
  context: Pick<LinkContext, 'follow'>,
): TemplateResult | typeof nothing {
  if (links.length === 0 && texts.length === 0) return nothing;
  return html`<section class="task-outputs" aria-label=${translate('Result')}>
    ${
      links.length > 0
        ? html`<ul class="task-links">
            ${links.map(({ title, target }) => {
              const name = target.type === 'entity' ? 'symbol-class' : 'link-external';
              return html`<li>${link(html`${icon(name)}${title}`, target, context)}</li>`;
            })}
          </ul>`
        : nothing
    }
    ${texts.map(
      ({ title, html: text }) =>
        html`<div class="task-text">
          ${title === undefined ? nothing : html`<h2>${title}</h2>`}
          <div class="docs-article" @click=${following(context)} @auxclick=${following(context)}>
            ${sanitizeDocs(text)}
          </div>
        </div>`,
    )}
  </section>`;
}

/** Opens links through the host; VS Code would open any target. */
function following({ follow }: Pick<LinkContext, 'follow'>) {
  return (event: MouseEvent): void => {
    const { target } = event;
    const anchor = target instanceof Element ? target.closest('a') : undefined;
    if (!anchor || event.button > 1) return;
    event.preventDefault();
    event.stopPropagation();
    const url = anchor.getAttribute('href') ?? '';
    follow({ type: 'url', url }, { toSide: false });
  };
}

import { html, nothing, type TemplateResult } from 'lit';
import type { LinkTarget } from '../../../../src/api';
import type { TaskView } from '../../../../src/features/portal/protocol';
import { kindIcon } from '../../../../src/model/presentation';
import { button, icon } from '../../../shared/controls';
import { link, type LinkContext } from '../../../shared/links';
import { translate } from '../../../shared/translate';
import { sanitizeDocs } from '../../techdocs/content/sanitizeDocs';

/** The folder, links and texts of a run. @param openFolder - undefined if no files were written */
export function taskOutputs(
  { links, texts }: TaskView,
  {
    openFolder,
    ...context
  }: Pick<LinkContext, 'follow'> & { readonly openFolder: (() => void) | undefined },
): TemplateResult | typeof nothing {
  if (links.length === 0 && texts.length === 0 && !openFolder) return nothing;
  return html`<section class="task-outputs" aria-label=${translate('Result')}>
    <div class="task-result">
      ${openFolder ? button(translate('Open Folder'), openFolder, { icon: 'folder-opened' }) : nothing}
      ${
        links.length > 0
          ? html`<ul class="task-links">
              ${links.map(
                ({ title, target }) =>
                  html`<li>
                    ${link(html`${icon(iconOf(target))}${title}`, target, context, {
                      className: 'button is-secondary',
                    })}
                  </li>`,
              )}
            </ul>`
          : nothing
      }
    </div>
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

function iconOf(target: LinkTarget): string {
  if (target.type !== 'entity') return 'link-external';
  return kindIcon(target.entityRef.slice(0, target.entityRef.indexOf(':')));
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

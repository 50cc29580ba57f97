import { html, nothing, type TemplateResult } from 'lit';
import { entityLink, type LinkContext } from '../../shared/links';
import { badge } from '../../shared/parts';
import { translate } from '../../shared/translate';

/** More of them are behind a click. */
const MAX_SHOWN = 2;

/** Whose docs these are, as TechDocs says above them: with who owns it and how far it is. */
export function docsEntities(
  refs: readonly string[],
  context: LinkContext,
): TemplateResult | typeof nothing {
  if (!refs.length) return nothing;
  const others = refs.slice(MAX_SHOWN);
  return html`<div
    class="docs-entities"
    role="group"
    aria-label=${translate('Whose docs these are')}
  >
    ${refs.slice(0, MAX_SHOWN).map(ref => entity(ref, context))}
    ${
      others.length
        ? html`<details>
            <summary>${translate('{0} more', others.length)}</summary>
            ${others.map(ref => entity(ref, context))}
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
        : html`<span class="docs-entity-fact">${translate('Lifecycle')} ${badge(lifecycle)}</span>`
    }
  </p>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import type { GraphView } from '../../../../src/features/portal/protocol';
import { nodeRelations } from './graphDetails';
import { icon, secondaryButton } from '../../../shared/controls';
import { captionOf } from '../../../shared/graph/drawing/sceneMaker';
import { entityLink, type LinkContext } from '../../../shared/links';
import { translate } from '../../../shared/translate';

/** Rows at a time. */
export const LIST_STEP = 200;

/** The graph as a table: its nodes, and what each is related to. */
export function graphList(
  view: GraphView,
  context: LinkContext,
  { shown, showMore }: { readonly shown: number; readonly showMore: () => void },
): TemplateResult {
  return html`<div
    class="table-scroll graph-list"
    tabindex="0"
    role="region"
    aria-label=${translate('Nodes and relations')}
  >
    <table class="entities">
      <thead>
        <tr>
          <th scope="col">${translate('Name')}</th>
          <th scope="col">${translate('Kind')}</th>
          <th scope="col">${translate('Owner')}</th>
          <th scope="col">${translate('Relations')}</th>
        </tr>
      </thead>
      <tbody>
        ${view.nodes.slice(0, shown).map(
          node =>
            html`<tr>
              <th scope="row">
                ${node.members ? html`${icon(node.icon)}${node.title}` : entityLink(node.ref, context)}
              </th>
              <td>${captionOf(node)}</td>
              <td>${node.owners.map(owner => entityLink(owner, context))}</td>
              <td>${nodeRelations(view, node.ref, context)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${shown < view.nodes.length ? secondaryButton(translate('Show More'), showMore) : nothing}
  </div>`;
}

import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { GraphQuery } from '../../../src/api';
import { portalRequests } from '../../../src/features/portal/protocol';
import { emptyState, failedState, icon, loadingState } from '../controls';
import { LightElement } from '../elements/LightElement';
import './GraphCanvas';
import type { GraphNodeEvent } from './GraphCanvas';
import { Resource } from '../host/Resource';
import { appAround } from '../host/appRequest';
import { link, type LinkContext } from '../links';
import { translate } from '../translate';

/** A small graph in a card. */
@customElement('callboard-graph-card')
export class GraphCard extends LightElement {
  @property({ attribute: false }) accessor query: GraphQuery = {};
  @property({ attribute: false }) accessor context!: LinkContext;
  @state() accessor #selected: string | undefined;

  #view = new Resource(this, signal => {
    return appAround(this)(portalRequests.getGraph, { query: this.query }, signal);
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('query')) return;
    const before = changed.get('query');
    const isOther = JSON.stringify(before?.rootRefs) !== JSON.stringify(this.query.rootRefs);
    void (isOther ? this.#view.reset() : this.#view.reload());
  }

  protected override render(): TemplateResult {
    const { state: view } = this.#view;
    if (view.status === 'loading') return loadingState();
    if (view.status === 'failed') {
      return failedState(view.message, () => void this.#view.reload());
    }
    if (view.value.nodes.length <= 1) {
      return emptyState({ text: translate('No relations.') });
    }
    return html`<div class="graph-card">
      <callboard-graph-canvas
        .view=${view.value}
        .selected=${this.#selected}
        .isEmbedded=${true}
        @graph-node=${this.#nodeUsed}
      ></callboard-graph-canvas>
      <p class="graph-card-bar">
        ${link(
          html`${icon('type-hierarchy')}${translate('Open Graph')}`,
          { type: 'page', page: { page: 'graph', query: this.query } },
          this.context,
        )}
      </p>
    </div>`;
  }

  #nodeUsed = ({ action, ref, toSide }: GraphNodeEvent): void => {
    if (action === 'select') this.#selected = ref;
    else if (ref !== undefined) this.context.follow({ type: 'entity', entityRef: ref }, { toSide });
  };
}

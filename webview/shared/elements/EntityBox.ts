import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type EntityGlance, portalRequests } from '../../../src/features/portal/protocol';
import { icon } from '../controls';
import { appAround } from '../host/appRequest';
import { translate } from '../translate';
import { type ChoosingKeys, Combobox, type Found, titledOption } from './Combobox';

/** Maximum number of matches. */
const LIMIT = 20;

/** Fired when an entity is selected. */
export class EntityChosenEvent extends Event {
  constructor(
    readonly ref: string,
    readonly toSide: boolean,
  ) {
    super('entity-chosen');
  }
}

/** Search box for entities. */
@customElement('callboard-entity-box')
export class EntityBox extends Combobox<EntityGlance> {
  @property({ attribute: false }) accessor label = '';
  /** Placeholder; default: the label. */
  @property({ attribute: false }) accessor placeholder: string | undefined;

  /** Searches again after the catalog changed. */
  refresh(): void {
    const text = this.input?.value.trim();
    if (!this.answer || !text) return;
    const chosen = this.active?.ref;
    void this.find(text, ({ items }) => items.findIndex(({ ref }) => ref === chosen));
  }

  protected override render(): TemplateResult {
    return this.box({
      label: this.label,
      placeholder: this.placeholder ?? this.label,
      before: icon('search'),
      empty: translate('No matching entities'),
    });
  }

  protected override async ask(text: string, signal: AbortSignal): Promise<Found<EntityGlance>> {
    const request = { text, limit: LIMIT };
    return { items: await appAround(this)(portalRequests.search, request, signal) };
  }

  protected override option(glance: EntityGlance): TemplateResult {
    const { ref, title, kind, icon: name, description } = glance;
    const detail = html`<span class="entity-kind">${kind}</span> ${description}`;
    return titledOption(html`<span title=${ref}>${title}</span>`, detail, name);
  }

  protected override choose({ ref }: EntityGlance, { ctrlKey, metaKey }: ChoosingKeys): void {
    if (this.input) this.input.value = '';
    this.close();
    this.dispatchEvent(new EntityChosenEvent(ref, ctrlKey || metaKey));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-entity-box': EntityBox;
  }
}

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { portalRequests } from '../../../src/features/portal/protocol';
import { textButton } from '../controls';
import { appAround } from '../host/appRequest';
import { Resource } from '../host/Resource';
import type { LinkContext } from '../links';
import { formatNumber, translate } from '../translate';
import { LightElement } from './LightElement';

/** Number of entities to add at a time. */
const STEP = 100;

/** Expandable list of entities. The host sends the first ones with the list; others are requested on demand. */
@customElement('callboard-long-list')
export class LongList extends LightElement {
  @property({ attribute: false }) accessor refs: readonly string[] = [];
  @property({ attribute: false }) accessor context!: LinkContext;
  /** Renders entities as table rows or list items. */
  @property({ attribute: false }) accessor draw!: (
    refs: readonly string[],
    context: LinkContext,
  ) => TemplateResult;
  /** Number of entities to show in addition to the first ones. */
  @state() accessor #extraCount = 0;

  /** Index of the row to focus once it is rendered, because the pressed button may be gone. */
  #focusAt: number | undefined;
  #extra = new Resource(this, signal => {
    const first = this.#sentCount();
    const entityRefs = this.refs.slice(first, first + this.#extraCount);
    return appAround(this)(portalRequests.getGlances, { entityRefs }, signal);
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('refs') && this.#extraCount > 0) void this.#extra.reload();
  }

  protected override updated(): void {
    const index = this.#focusAt;
    if (index === undefined || this.#extra.state.status === 'loading') return;
    const row = this.querySelectorAll('tbody tr, li').item(index);
    if (!row) return;
    this.#focusAt = undefined;
    row.querySelector('a')?.focus();
  }

  protected override render(): TemplateResult {
    const { refs, context, draw } = this;
    const sent = this.#sentCount();
    const late = this.#extra.value ?? {};
    const glances = { ...late, ...context.glances };
    const shown = sent + refs.slice(sent, sent + this.#extraCount).filter(ref => late[ref]).length;
    return html`${draw(refs.slice(0, shown), { ...context, glances })}${this.#more(shown)}`;
  }

  #more(shown: number): TemplateResult | typeof nothing {
    const left = this.refs.length - shown;
    if (left <= 0) return nothing;
    const { state: late } = this.#extra;
    const isBusy =
      this.#extraCount > 0 &&
      (late.status === 'loading' || (late.status === 'ready' && late.isStale));
    const more = (text: string, count: number): TemplateResult =>
      textButton(text, () => !isBusy && this.#show(shown, count), { isDisabled: isBusy });
    return html`<p class="entities-more" aria-busy=${isBusy ? 'true' : 'false'}>
      ${more(translate('Show {0} More', Math.min(STEP, left)), STEP)}
      ${left > STEP ? more(translate('Show All ({0})', formatNumber(this.refs.length)), left) : nothing}
      ${late.status === 'failed' ? html`<span role="alert">${late.message}</span>` : nothing}
    </p>`;
  }

  #show(shown: number, count: number): void {
    this.#extraCount = shown - this.#sentCount() + count;
    this.#focusAt = shown;
    void this.#extra.reload();
  }

  /** Number of entities that the host sent with the list. */
  #sentCount(): number {
    const first = this.refs.findIndex(ref => !this.context.glances[ref]);
    return first < 0 ? this.refs.length : first;
  }
}

import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type EntityGlance, portalRequests } from '../../../src/features/portal/protocol';
import { appAround } from '../host/appRequest';
import { icon } from '../parts';
import { translate } from '../translate';
import { LightElement } from './LightElement';
import { type ChoosingKeys, Typeahead } from './Typeahead';

/** As many as fit below a box. */
const LIMIT = 20;

/** An entity was chosen. */
export class EntityChosenEvent extends Event {
  constructor(
    readonly ref: string,
    readonly toSide: boolean,
  ) {
    super('entity-chosen');
  }
}

let boxes = 0;

/**
 * A box that finds entities as one types: a combobox with a list, as the ARIA authoring practices describe it.
 */
@customElement('callboard-entity-box')
export class EntityBox extends LightElement {
  @property({ attribute: false }) accessor label = '';
  /** What stands in it while it is empty; the label if not given. */
  @property({ attribute: false }) accessor placeholder: string | undefined;

  #id = `entity-box-${boxes++}`;
  #found = new Typeahead<readonly EntityGlance[]>(this, {
    ask: (text, signal) => appAround(this)(portalRequests.search, { text, limit: LIMIT }, signal),
    count: found => found.length,
    choose: (found, index, keys) => this.#choose(found[index], keys),
  });

  /** Looks again for what is typed: the catalog is another, or has just been read. */
  refresh(): void {
    const text = this.querySelector('input')?.value.trim();
    const { answer, active } = this.#found;
    if (!answer || !text) return;
    const chosen = answer[active]?.ref;
    void this.#found.find(text, found => found.findIndex(({ ref }) => ref === chosen));
  }

  protected override render(): TemplateResult {
    const found = this.#found.answer ?? [];
    const isOpen = this.#found.answer !== undefined;
    return html`<div class="search-box">
      ${icon('search')}
      <input
        class="text-box"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        placeholder=${this.placeholder ?? this.label}
        aria-label=${this.label}
        aria-autocomplete="list"
        aria-expanded=${isOpen ? 'true' : 'false'}
        aria-controls=${this.#id}
        aria-activedescendant=${found.length ? `${this.#id}-${this.#found.active}` : nothing}
        @input=${this.#typed}
        @keydown=${this.#keyPressed}
        @blur=${() => this.#found.close()}
      />
      <ul
        id=${this.#id}
        class="search-box-panel entity-box-list"
        role="listbox"
        aria-label=${this.label}
        ?hidden=${!isOpen}
      >
        ${found.map((glance, index) => this.#option(glance, index))}
        ${
          isOpen && !found.length
            ? html`<li class="entity-box-none" role="option" aria-selected="false">
                ${translate('No entity matches')}
              </li>`
            : nothing
        }
      </ul>
    </div>`;
  }

  #option(glance: EntityGlance, index: number): TemplateResult {
    const { ref, title, kind, icon: name, description = '' } = glance;
    return html`<li
      id="${this.#id}-${index}"
      role="option"
      aria-selected=${index === this.#found.active ? 'true' : 'false'}
      title=${ref}
      @pointerdown=${(event: PointerEvent) => {
        // The box keeps the focus: without it, it would close before anything was chosen.
        event.preventDefault();
        this.#choose(glance, event);
      }}
    >
      ${icon(name)}<span class="entity-box-title">${title}</span
      ><span class="entity-kind">${kind}</span
      ><span class="entity-box-description">${description}</span>
    </li>`;
  }

  #typed = (event: Event): void => {
    const text = (event.target as HTMLInputElement).value.trim();
    if (text) void this.#found.find(text);
    else this.#found.close();
  };

  #keyPressed = (event: KeyboardEvent): void => {
    // Keys choose among what an input method offers.
    if (!event.isComposing && this.#found.take(event)) event.preventDefault();
  };

  #choose(glance: EntityGlance | undefined, { ctrlKey, metaKey }: ChoosingKeys): void {
    if (!glance) return;
    const input = this.querySelector('input');
    if (input) input.value = '';
    this.#found.close();
    this.dispatchEvent(new EntityChosenEvent(glance.ref, ctrlKey || metaKey));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-entity-box': EntityBox;
  }
}

import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type EntityGlance, portalRequests } from '../../../../src/protocol/portal';
import { appAround } from '../../../shared/appRequest';
import { LightElement } from '../../../shared/LightElement';
import { icon } from '../../../shared/parts';

/** As many as fit below a box. */
const LIMIT = 20;

/** An entity was chosen. */
export class EntityChosenEvent extends Event {
  constructor(readonly ref: string) {
    super('entity-chosen');
  }
}

let boxes = 0;

/** A box to type a name into, with the entities that may be meant below. */
@customElement('callboard-entity-box')
export class EntityBox extends LightElement {
  @property({ attribute: false }) accessor label = '';
  @state() accessor #found: readonly EntityGlance[] = [];
  @state() accessor #active = 0;

  #id = `entity-box-${boxes++}`;
  #asking: AbortController | undefined;

  protected override render(): TemplateResult {
    const isOpen = this.#found.length > 0;
    return html`<div class="entity-box">
      <input
        class="text-box"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        placeholder=${this.label}
        aria-label=${this.label}
        aria-autocomplete="list"
        aria-expanded=${isOpen ? 'true' : 'false'}
        aria-controls=${this.#id}
        aria-activedescendant=${isOpen ? `${this.#id}-${this.#active}` : nothing}
        @input=${this.#typed}
        @keydown=${this.#keyPressed}
        @blur=${() => this.#close()}
      />
      <ul
        id=${this.#id}
        class="entity-box-list"
        role="listbox"
        aria-label=${this.label}
        ?hidden=${!isOpen}
      >
        ${this.#found.map(
          ({ ref, title, kind, icon: name }, index) =>
            html`<li
              id="${this.#id}-${index}"
              role="option"
              aria-selected=${index === this.#active ? 'true' : 'false'}
              title=${ref}
              @pointerdown=${(event: Event) => this.#pressed(event, ref)}
            >
              ${icon(name)}<span class="entity-title">${title}</span
              ><span class="entity-kind">${kind}</span>
            </li>`,
        )}
      </ul>
    </div>`;
  }

  #typed = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    this.#asking?.abort();
    if (value.trim()) void this.#find(value);
    else this.#close();
  };

  async #find(text: string): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const found = await appAround(this)(
        portalRequests.search,
        { text, limit: LIMIT },
        asking.signal,
      );
      if (asking !== this.#asking) return;
      this.#found = found;
      this.#active = 0;
    } catch {
      // Another letter was typed, or there is nothing to offer.
      if (asking === this.#asking) this.#close();
    }
  }

  #keyPressed = (event: KeyboardEvent): void => {
    const count = this.#found.length;
    if (!count) return;
    if (event.key === 'ArrowDown') this.#active = (this.#active + 1) % count;
    else if (event.key === 'ArrowUp') this.#active = (this.#active + count - 1) % count;
    else if (event.key === 'Escape') this.#close();
    else if (event.key === 'Enter') this.#choose(this.#found[this.#active]?.ref);
    else return;
    event.preventDefault();
  };

  #pressed(event: Event, ref: string): void {
    event.preventDefault();
    this.#choose(ref);
  }

  #choose(ref: string | undefined): void {
    if (ref === undefined) return;
    const input = this.querySelector('input');
    if (input) input.value = '';
    this.#close();
    this.dispatchEvent(new EntityChosenEvent(ref));
  }

  #close(): void {
    this.#asking = undefined;
    this.#found = [];
  }
}

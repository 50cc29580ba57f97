import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type EntityGlance, portalRequests } from '../../src/protocol/portal';
import { appAround } from './appRequest';
import { LightElement } from './LightElement';
import { icon } from './parts';
import { translate } from './translate';

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
  /** Undefined while there is nothing to find, or nothing has been found out yet. */
  @state() accessor #found: readonly EntityGlance[] | undefined;
  @state() accessor #active = 0;

  #id = `entity-box-${boxes++}`;
  #asking: AbortController | undefined;

  /** Looks again for what is typed: the catalog is another, or has just been read. */
  refresh(): void {
    const text = this.querySelector('input')?.value.trim();
    if (this.#found && text) void this.#find(text, this.#found[this.#active]?.ref);
  }

  protected override render(): TemplateResult {
    const found = this.#found ?? [];
    const isOpen = this.#found !== undefined;
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
        aria-activedescendant=${found.length ? `${this.#id}-${this.#active}` : nothing}
        @input=${this.#typed}
        @keydown=${this.#keyPressed}
        @blur=${() => this.#close()}
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

  #option(
    { ref, title, kind, icon: name, description = '' }: EntityGlance,
    index: number,
  ): TemplateResult {
    return html`<li
      id="${this.#id}-${index}"
      role="option"
      aria-selected=${index === this.#active ? 'true' : 'false'}
      title=${ref}
      @pointerdown=${(event: PointerEvent) => {
        // The box keeps the focus: without it, it would close before anything was chosen.
        event.preventDefault();
        this.#choose(ref, event);
      }}
    >
      ${icon(name)}<span class="entity-box-title">${title}</span
      ><span class="entity-kind">${kind}</span
      ><span class="entity-box-description">${description}</span>
    </li>`;
  }

  #typed = (event: Event): void => {
    const text = (event.target as HTMLInputElement).value.trim();
    if (text) void this.#find(text);
    else this.#close();
  };

  /** @param chosen - what stays the one that Enter takes, if it is found again */
  async #find(text: string, chosen?: string): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const params = { text, limit: LIMIT };
      const found = await appAround(this)(portalRequests.search, params, asking.signal);
      if (asking !== this.#asking) return;
      this.#found = found;
      this.#active = Math.max(
        found.findIndex(({ ref }) => ref === chosen),
        0,
      );
    } catch {
      // Another letter was typed, or there is nothing to offer.
      if (asking === this.#asking) this.#close();
    }
  }

  #keyPressed = (event: KeyboardEvent): void => {
    // Keys choose among what an input method offers.
    if (event.isComposing) return;
    const count = this.#found?.length ?? 0;
    if (event.key === 'Escape' && this.#found) this.#close();
    else if (!count) return;
    else if (event.key === 'ArrowDown') this.#active = (this.#active + 1) % count;
    else if (event.key === 'ArrowUp') this.#active = (this.#active + count - 1) % count;
    else if (event.key === 'Enter') this.#choose(this.#found?.[this.#active]?.ref, event);
    else return;
    event.preventDefault();
  };

  #choose(
    ref: string | undefined,
    { ctrlKey, metaKey }: Pick<MouseEvent, 'ctrlKey' | 'metaKey'>,
  ): void {
    if (ref === undefined) return;
    const input = this.querySelector('input');
    if (input) input.value = '';
    this.#close();
    this.dispatchEvent(new EntityChosenEvent(ref, ctrlKey || metaKey));
  }

  #close(): void {
    this.#asking?.abort();
    this.#asking = undefined;
    this.#found = undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-entity-box': EntityBox;
  }
}

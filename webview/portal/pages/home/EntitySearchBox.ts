import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type EntityGlance, portalRequests } from '../../../../src/protocol/portal';
import { LightElement } from '../../../shared/LightElement';
import { icon } from '../../../shared/parts';
import { translate } from '../../../shared/translate';
import type { PortalContext } from '../../portalContext';

const LIMIT = 12;

/**
 * A box that finds entities as one types: a combobox with a list, as the ARIA authoring practices describe it.
 */
@customElement('callboard-entity-search')
export class EntitySearchBox extends LightElement {
  @property({ attribute: false }) accessor portal!: PortalContext;
  @state() accessor #found: readonly EntityGlance[] = [];
  @state() accessor #isOpen = false;
  @state() accessor #active = 0;
  #text = '';
  #searching: AbortController | undefined;

  protected override render(): TemplateResult {
    const active = this.#found[this.#active];
    return html`<div class="search" role="search">
      ${icon('search')}
      <input
        class="text-box"
        type="text"
        role="combobox"
        aria-label=${translate('Find an entity')}
        aria-expanded=${this.#isOpen ? 'true' : 'false'}
        aria-controls="search-results"
        aria-autocomplete="list"
        aria-activedescendant=${this.#isOpen && active ? `search-${this.#active}` : nothing}
        placeholder=${translate('Find an entity by name, title, owner or tag')}
        autocomplete="off"
        spellcheck="false"
        @input=${this.#typed}
        @keydown=${this.#keyPressed}
        @focus=${() => (this.#isOpen = this.#text !== '')}
        @blur=${() => (this.#isOpen = false)}
      />
      <ul
        id="search-results"
        class="search-results"
        role="listbox"
        aria-label=${translate('Entities')}
        ?hidden=${!this.#isOpen}
      >
        ${this.#found.map((glance, index) => this.#option(glance, index))}
        ${
          this.#isOpen && !this.#found.length
            ? html`<li class="search-none" role="option" aria-selected="false">
                ${translate('No entity matches')}
              </li>`
            : nothing
        }
      </ul>
    </div>`;
  }

  #option(glance: EntityGlance, index: number): TemplateResult {
    const { title, kind, icon: name, description } = glance;
    return html`<li
      id="search-${index}"
      class="search-result"
      role="option"
      aria-selected=${index === this.#active ? 'true' : 'false'}
      @mousedown=${(event: MouseEvent) => {
        // The box keeps the focus until the page is left.
        event.preventDefault();
        this.#open(glance, event.ctrlKey || event.metaKey);
      }}
    >
      ${icon(name)}<span class="search-title">${title}</span>
      <span class="entity-kind">${kind}</span>
      <span class="search-description">${description ?? ''}</span>
    </li>`;
  }

  #typed = (event: Event): void => {
    this.#text = (event.target as HTMLInputElement).value.trim();
    this.#isOpen = this.#text !== '';
    void this.#search();
  };

  async #search(): Promise<void> {
    this.#searching?.abort();
    const { signal } = (this.#searching = new AbortController());
    try {
      const params = { text: this.#text, limit: LIMIT };
      const found = await this.portal.request(portalRequests.search, params, signal);
      if (signal.aborted) return;
      this.#found = found;
      this.#active = 0;
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #keyPressed = (event: KeyboardEvent): void => {
    const last = this.#found.length - 1;
    const glance = this.#found[this.#active];
    switch (event.key) {
      case 'ArrowDown':
        this.#active = this.#active >= last ? 0 : this.#active + 1;
        break;
      case 'ArrowUp':
        this.#active = this.#active <= 0 ? Math.max(last, 0) : this.#active - 1;
        break;
      case 'Enter':
        if (glance && this.#isOpen) this.#open(glance, event.ctrlKey || event.metaKey);
        break;
      case 'Escape':
        this.#isOpen = false;
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  #open({ ref }: EntityGlance, toSide: boolean): void {
    this.#isOpen = false;
    this.portal.follow({ type: 'entity', entityRef: ref }, { toSide });
  }
}

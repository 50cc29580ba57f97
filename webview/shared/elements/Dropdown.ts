import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { badge, icon } from '../controls';
import { LightElement } from './LightElement';

let last = 0;

/** A button with a popup below it. */
@customElement('callboard-dropdown')
export class Dropdown extends LightElement {
  @property() accessor label = '';
  /** Name of a codicon. */
  @property() accessor icon: string | undefined;
  /** Number of selected entries. */
  @property({ attribute: false }) accessor count = 0;
  /** Renders the popup. `close` closes it. */
  @property({ attribute: false }) accessor content: ((close: () => void) => unknown) | undefined;
  @state() accessor #isOpen = false;

  #id = `dropdown-${++last}`;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#keyPressed);
    this.addEventListener('focusout', this.#focusLeft);
    document.addEventListener('pointerdown', this.#pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#keyPressed);
    this.removeEventListener('focusout', this.#focusLeft);
    document.removeEventListener('pointerdown', this.#pressed);
  }

  /** Aligns the popup to the right edge of the button, unless it would leave the page. */
  protected override updated(): void {
    const panel = this.querySelector<HTMLElement>('.dropdown-panel');
    const { right } = this.getBoundingClientRect();
    panel?.classList.toggle('is-at-start', right < panel.offsetWidth);
  }

  protected override render(): TemplateResult {
    return html`<button
        class="dropdown-button"
        title=${this.label}
        aria-expanded=${this.#isOpen ? 'true' : 'false'}
        aria-controls=${this.#isOpen ? this.#id : nothing}
        @click=${() => (this.#isOpen = !this.#isOpen)}
      >
        ${icon(this.icon)}<span>${this.label}</span>${
          this.count > 0 ? badge(`${this.count}`) : nothing
        }${icon('chevron-down')}
      </button>
      ${
        this.#isOpen
          ? html`<div
              class="panel dropdown-panel"
              id=${this.#id}
              role="group"
              aria-label=${this.label}
            >
              ${this.content?.(() => this.#close())}
            </div>`
          : nothing
      }`;
  }

  #close(): void {
    this.#isOpen = false;
    this.querySelector<HTMLElement>('.dropdown-button')?.focus();
  }

  #keyPressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#isOpen) return;
    event.stopPropagation();
    this.#close();
  };

  /** The popup stays open if the focused element was removed. */
  #focusLeft = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && !this.contains(relatedTarget)) this.#isOpen = false;
  };

  #pressed = ({ target }: PointerEvent): void => {
    if (target instanceof Node && !this.contains(target)) this.#isOpen = false;
  };
}

import { html, noChange, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../controls';
import { LightElement } from './LightElement';

/** Modifier keys of a selection. Ctrl or Cmd opens to the side. */
export type ChoosingKeys = Pick<MouseEvent, 'ctrlKey' | 'metaKey'>;

export interface Found<Item> {
  readonly items: readonly Item[];
}

export interface BoxOptions {
  readonly label: string;
  readonly className?: string;
  readonly placeholder?: string;
  readonly title?: string;
  /** Accessible name of the list; default: the field's. */
  readonly listLabel?: string;
  /** Message for an empty list. */
  readonly empty?: string | undefined;
  /** Status line above the list. */
  readonly status?: string | undefined;
  /** Whether the list is in the top layer, because its container would clip it. */
  readonly isFloating?: boolean;
  /** Whether the list is open during a request. */
  readonly showsProgress?: boolean;
  /** Content before and after the text field. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** Text of the field; default: the typed text. */
  readonly value?: string;
  readonly id?: string;
  readonly isLabelled?: boolean;
  readonly maxLength?: number;
  readonly keys?: string;
  readonly about?: string | undefined;
  readonly isRequired?: boolean;
  readonly isInvalid?: boolean;
  readonly isReadonly?: boolean;
}

/** Attributes of a form field for its text field. */
export type FieldProps = Pick<
  BoxOptions,
  'id' | 'label' | 'placeholder' | 'about' | 'isRequired' | 'isInvalid' | 'isReadonly'
>;

let boxes = 0;

/**
 * Text field with a list of matches: a combobox per the ARIA authoring practices. Answers are asynchronous: Enter
 * selects a match of the current text and waits for it if the list is for an earlier text. An item selected with the
 * arrow keys is taken at once.
 */
export abstract class Combobox<
  Item,
  Answer extends Found<Item> = Found<Item>,
> extends LightElement {
  #list = `combobox-${++boxes}`;
  #asking: AbortController | undefined;
  #text: string | undefined;
  #answer: Answer | undefined;
  #active = 0;
  #entered: ChoosingKeys | undefined;

  protected abstract ask(text: string, signal: AbortSignal): Promise<Answer>;
  protected abstract choose(item: Item, keys: ChoosingKeys): void;
  /** The content of an item's row. */
  protected abstract option(item: Item): unknown;

  protected typed(text: string): void {
    if (text.trim()) void this.find(text.trim());
    else this.close();
  }

  protected keyPressed(event: KeyboardEvent): void {
    if (this.take(event)) event.preventDefault();
  }

  protected focused(): void {}

  protected pressed(): void {}

  protected left(): void {
    this.close();
  }

  /** Called when Enter is pressed and there turns out to be no match. */
  protected chooseNothing(): void {}

  protected get input(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  /** Undefined without a request or an answer. */
  protected get answer(): Answer | undefined {
    return this.#answer;
  }

  /** Item that Enter selects. */
  protected get active(): Item | undefined {
    return this.#answer?.items[this.#active];
  }

  protected get isAsking(): boolean {
    return this.#asking !== undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
  }

  protected override updated(): void {
    const panel = this.querySelector<HTMLElement>('.panel[popover]');
    if (panel?.isConnected && this.input) {
      const { left, bottom } = this.input.getBoundingClientRect();
      panel.style.inset = `${bottom + 2}px auto auto ${left}px`;
      panel.togglePopover(!panel.hidden);
    }
    this.querySelector('[role=option][aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  protected box(options: BoxOptions): TemplateResult {
    const { items = [] } = this.#answer ?? {};
    const isWaiting = this.isAsking && options.showsProgress === true;
    const saysNothingFound = options.empty !== undefined || options.status !== undefined;
    const isOpen =
      items.length > 0 || isWaiting || (this.#answer !== undefined && saysNothingFound);
    return html`<div class="combobox ${options.className ?? ''}">
      ${options.before}
      <input
        class="text-box"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        id=${options.id ?? nothing}
        maxlength=${options.maxLength ?? nothing}
        placeholder=${options.placeholder ?? options.label}
        title=${options.title ?? nothing}
        aria-label=${options.isLabelled ? nothing : options.label}
        aria-keyshortcuts=${options.keys ?? nothing}
        aria-autocomplete="list"
        aria-expanded=${isOpen ? 'true' : 'false'}
        aria-controls=${this.#list}
        aria-activedescendant=${items.length > 0 ? `${this.#list}-${this.#active}` : nothing}
        aria-required=${options.isRequired ? 'true' : nothing}
        aria-invalid=${options.isInvalid ? 'true' : nothing}
        aria-describedby=${options.about ?? nothing}
        ?readonly=${options.isReadonly ?? false}
        .value=${options.value === undefined ? noChange : live(options.value)}
        @input=${(event: Event) => this.typed((event.target as HTMLInputElement).value)}
        @focus=${() => this.focused()}
        @click=${() => this.pressed()}
        @keydown=${(event: KeyboardEvent) => {
          // Keys belong to the input method during composition.
          if (!event.isComposing) this.keyPressed(event);
        }}
        @blur=${() => this.left()}
      />
      ${options.after}
      <div
        class="panel"
        popover=${options.isFloating ? 'manual' : nothing}
        ?hidden=${!isOpen}
        @mousedown=${keepFocus}
      >
        ${
          options.status === undefined
            ? nothing
            : html`<p class="combobox-note" role="status">${isOpen ? options.status : nothing}</p>`
        }
        <ul id=${this.#list} role="listbox" aria-label=${options.listLabel ?? options.label}>
          ${items.map(
            (item, index) =>
              html`<li
                id="${this.#list}-${index}"
                role="option"
                aria-selected=${index === this.#active ? 'true' : 'false'}
                @click=${(event: MouseEvent) => this.choose(item, event)}
              >
                ${this.option(item)}
              </li>`,
          )}
          ${
            isOpen && items.length === 0 && options.empty !== undefined
              ? html`<li class="combobox-note" role="option" aria-selected="false">
                  ${options.empty}
                </li>`
              : nothing
          }
        </ul>
      </div>
    </div>`;
  }

  /** @param indexOf - index of the item that Enter selects; default: the first */
  protected async find(text: string, indexOf: (answer: Answer) => number = () => 0): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    if (text !== this.#text) this.#entered = undefined;
    this.#text = text;
    this.requestUpdate();
    try {
      const answer = await this.ask(text, asking.signal);
      if (asking !== this.#asking) return;
      this.#asking = undefined;
      this.#answer = answer;
      this.#active = Math.max(indexOf(answer), 0);
      this.requestUpdate();
      const entered = this.#entered;
      if (entered && this.active !== undefined) this.choose(this.active, entered);
      else if (entered) this.chooseNothing();
    } catch {
      // The text changed, or there are no matches.
      if (asking === this.#asking) this.close();
    }
  }

  /** @returns whether the list handled the key */
  protected take({ key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key'> & ChoosingKeys): boolean {
    if (key === 'Escape' && (this.#answer !== undefined || this.isAsking)) this.close();
    else if (key === 'Enter' && this.isAsking) this.#entered = { ctrlKey, metaKey };
    else if (this.active === undefined) return false;
    else if (key === 'ArrowDown') this.#goTo(this.#active + 1);
    else if (key === 'ArrowUp') this.#goTo(this.#active - 1);
    else if (key === 'Enter') this.choose(this.active, { ctrlKey, metaKey });
    else return false;
    return true;
  }

  protected close(): void {
    this.#asking?.abort();
    this.#asking = undefined;
    this.#entered = undefined;
    this.#answer = undefined;
    this.requestUpdate();
  }

  /** Selects an item and ignores pending answers, which would replace it. */
  #goTo(index: number): void {
    this.#asking?.abort();
    this.#asking = undefined;
    const count = this.#answer?.items.length ?? 0;
    this.#active = (index + count) % count;
    this.requestUpdate();
  }
}

/** Keeps the focus in the field, because the list closes on blur. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

/** A row with a title and details. */
export function titledOption(title: unknown, detail: unknown, name?: string): TemplateResult {
  return html`${icon(name)}<span class="option-title">${title}</span
    ><span class="option-detail">${detail}</span>`;
}

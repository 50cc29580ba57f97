import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Tone } from '../../src/api';
import type { MatchedPart } from '../../src/features/portal/protocol';
import { formatNumber, translate } from './translate';

/**
 * Controls of the webviews. Buttons are the library's. Others are native with the editor's look (`controls.css`),
 * because the library's lose native behavior; see docs/adr/0021-portal-in-lit.md.
 */

interface ButtonOptions {
  /** Name of a codicon. */
  readonly icon?: string;
  readonly isSecondary?: boolean;
  readonly isSubmit?: boolean;
  readonly isDisabled?: boolean;
}

/** A button with text. A submit button of a form needs no handler. */
export function button(
  text: string,
  run: (() => void) | undefined,
  { icon: name, isSecondary = false, isSubmit = false, isDisabled = false }: ButtonOptions = {},
): TemplateResult {
  return html`<vscode-button
    type=${isSubmit ? 'submit' : 'button'}
    ?secondary=${isSecondary}
    aria-disabled=${isDisabled ? 'true' : nothing}
    @keydown=${keepPosition}
    @click=${run}
    >${icon(name, 'content-before')}${text}</vscode-button
  >`;
}

export function secondaryButton(text: string, run: () => void, name?: string): TemplateResult {
  return button(text, run, { isSecondary: true, ...(name !== undefined && { icon: name }) });
}

/** Keeps the space bar from scrolling the page, which the library's button doesn't prevent. */
function keepPosition(event: KeyboardEvent): void {
  if (event.key === ' ') event.preventDefault();
}

let hasSingleKeys = true;

export function setSingleKeys(areOn: boolean): void {
  hasSingleKeys = areOn;
}

/** Whether keys without modifiers are shortcuts of the whole page; see WCAG 2.1.4. */
export function usesSingleKeys(): boolean {
  return hasSingleKeys;
}

/** Submits the form of a text field on Enter, because the library's button isn't a native submit button. */
export function submitOnEnter(event: KeyboardEvent): void {
  const { target } = event;
  if (event.key !== 'Enter' || event.isComposing || event.defaultPrevented) return;
  if (!(target instanceof HTMLInputElement) || !target.form) return;
  event.preventDefault();
  target.form.requestSubmit();
}

/** A button that looks like a link. */
export function textButton(
  text: string,
  run: () => unknown,
  options: {
    readonly icon?: string;
    readonly label?: string;
    readonly isDisabled?: boolean;
  } = {},
): TemplateResult {
  return html`<button
    type="button"
    class="text-button"
    aria-label=${options.label ?? nothing}
    aria-disabled=${options.isDisabled ? 'true' : nothing}
    @click=${run}
  >
    ${icon(options.icon)}${text}
  </button>`;
}

/** Toggles between more and fewer items. @param key - keeps the focus when rendered again */
export function moreButton(
  text: string,
  run: () => void,
  { isOpen, key }: { readonly isOpen: boolean; readonly key: string },
): TemplateResult {
  return html`<button
    type="button"
    class="text-button"
    data-key=${key}
    aria-expanded=${isOpen ? 'true' : 'false'}
    @click=${run}
  >
    ${text}
  </button>`;
}

/** Shows the filters on a narrow page. */
export function filtersButton(isOpen: boolean, toggle: () => void): TemplateResult {
  return html`<button
    type="button"
    class="dropdown-button filters-button"
    aria-expanded=${isOpen ? 'true' : 'false'}
    @click=${toggle}
  >
    ${icon('filter')}<span>${translate('Filters')}</span>
  </button>`;
}

interface IconButtonOptions {
  readonly isPressed?: boolean | undefined;
  readonly isDisabled?: boolean;
  /** Accessible name; default: the title. */
  readonly label?: string;
  /** Keyboard shortcut. */
  readonly keys?: string;
  readonly className?: string;
}

/** A button of a toolbar. @param name - of a codicon */
export function iconButton(
  name: string,
  title: string,
  run: (event: MouseEvent) => void,
  { isPressed, isDisabled = false, label = title, keys, className = '' }: IconButtonOptions = {},
): TemplateResult {
  return html`<button
    type="button"
    class="icon-button ${className}"
    title=${keys === undefined ? title : translate('{0} ({1})', title, keys)}
    aria-label=${label}
    aria-keyshortcuts=${keys ?? nothing}
    aria-pressed=${isPressed === undefined ? nothing : isPressed ? 'true' : 'false'}
    ?disabled=${isDisabled}
    @click=${run}
  >
    ${icon(name)}
  </button>`;
}

export function starButton(title: string, isStarred: boolean, run: () => void): TemplateResult {
  return iconButton(isStarred ? 'star-full' : 'star-empty', title, run, { isPressed: isStarred });
}

/** An entry of a menu or a list. */
export function menuItem(
  content: unknown,
  run: () => void,
  { title, isCurrent }: { readonly title?: string; readonly isCurrent?: boolean } = {},
): TemplateResult {
  return html`<button
    type="button"
    class="menu-item"
    title=${title ?? nothing}
    aria-current=${isCurrent ? 'true' : nothing}
    @click=${run}
  >
    ${content}
  </button>`;
}

export interface CheckboxOptions {
  readonly label: unknown;
  readonly isChecked: boolean;
  readonly change: (isChecked: boolean) => void;
  readonly count?: number;
  readonly title?: string | undefined;
  /** Keeps the focus when rendered again. */
  readonly key?: string;
  readonly id?: string;
  /** The group of a radio button. */
  readonly name?: string;
  readonly isDisabled?: boolean;
  /** Other attributes, as a directive. */
  readonly attributes?: unknown;
}

/** A checkbox row with label and count, or a radio button if it has a group. */
export function checkbox(options: CheckboxOptions): TemplateResult {
  return html`<label class="check" title=${options.title ?? nothing}>
    <input
      type=${options.name === undefined ? 'checkbox' : 'radio'}
      id=${options.id ?? nothing}
      name=${options.name ?? nothing}
      data-key=${options.key ?? nothing}
      ?disabled=${options.isDisabled ?? false}
      ${options.attributes}
      .checked=${options.isChecked}
      @change=${({ target }: Event) => options.change((target as HTMLInputElement).checked)}
    />
    <span class="check-label">${options.label}</span>
    ${
      options.count === undefined
        ? nothing
        : html`<span class="check-count">${formatNumber(options.count)}</span>`
    }
  </label>`;
}

/** A text field that filters a list while typing. */
export function filterBox(options: {
  readonly label: string;
  readonly value: string;
  readonly typed: (text: string) => void;
  readonly placeholder?: string;
  readonly key?: string;
  readonly className?: string;
  /** Reason why the text is invalid. */
  readonly error?: string | undefined;
}): TemplateResult {
  return html`<input
    class="text-box ${options.className ?? ''}"
    type="search"
    data-key=${options.key ?? nothing}
    placeholder=${options.placeholder ?? options.label}
    aria-label=${options.label}
    aria-invalid=${options.error === undefined ? nothing : 'true'}
    title=${options.error ?? nothing}
    .value=${options.value}
    @input=${(event: Event) => options.typed(inputOf(event))}
  />`;
}

interface SelectOptions {
  readonly rows: readonly {
    readonly value: string | number;
    readonly label: string;
    readonly isDisabled?: boolean;
  }[];
  readonly value: string | number;
  readonly choose: (value: string) => void;
  readonly id?: string;
  /** Accessible name and tooltip, if there is no visible label. */
  readonly label?: string;
  readonly isDisabled?: boolean;
  /** Other attributes, as a directive. */
  readonly attributes?: unknown;
  readonly left?: () => void;
}

export function select(options: SelectOptions): TemplateResult {
  return html`<select
    class="text-box"
    id=${options.id ?? nothing}
    title=${options.label ?? nothing}
    aria-label=${options.label ?? nothing}
    ?disabled=${options.isDisabled ?? false}
    ${options.attributes}
    @change=${(event: Event) => options.choose(inputOf(event))}
    @blur=${options.left}
  >
    ${options.rows.map(
      ({ value, label, isDisabled = false }) =>
        html`<option
          value=${value}
          ?disabled=${isDisabled}
          .selected=${value === options.value}
          .text=${label}
        ></option>`,
    )}
  </select>`;
}

/** Value of an input or select. */
export function inputOf({ target }: Event): string {
  return (target as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement).value;
}

/** A codicon. Names come from plugins, so only valid names are used. */
export function icon(name: string | undefined, slot?: string): TemplateResult | typeof nothing {
  if (name === undefined || !/^[a-z0-9-]+$/.test(name)) return nothing;
  return html`<span
    class="codicon codicon-${name}"
    slot=${slot ?? nothing}
    aria-hidden="true"
  ></span>`;
}

export function badge(text: string, tone: Tone = 'none'): TemplateResult {
  return html`<span class="badge tone-${tone}">${text}</span>`;
}

const lifecycleTones: ReadonlyMap<string, Tone> = new Map([
  ['production', 'good'],
  ['deprecated', 'warning'],
]);

/** A lifecycle, in the same color on all pages. */
export function lifecycleBadge(lifecycle: string): TemplateResult {
  return badge(lifecycle, lifecycleTones.get(lifecycle.toLowerCase()));
}

/** An information line. @param name - of a codicon */
export function note(name: string, content: unknown): TemplateResult {
  return html`<p class="row template-note">${icon(name)}${content}</p>`;
}

/** An error message with an optional button. */
export function problemNote(content: unknown, action: unknown = nothing): TemplateResult {
  return html`<div class="row template-problem" role="alert">
    ${icon('error')}
    <div>${content}</div>
    ${action}
  </div>`;
}

/** Message for an empty state, with actions. */
export function emptyState(options: {
  readonly icon?: string;
  readonly text: string;
  readonly detail?: string;
  readonly actions?: TemplateResult;
  /** Whether the message is the whole page, and so its heading. */
  readonly isPage?: boolean;
}): TemplateResult {
  return html`<div class="state">
    ${icon(options.icon)} ${stateText(options.text, options.isPage)}
    ${options.detail === undefined ? nothing : html`<p class="state-detail">${options.detail}</p>`}
    ${options.actions ?? nothing}
  </div>`;
}

function stateText(text: string, isHeading = false): TemplateResult {
  return isHeading
    ? html`<h1 class="state-text">${text}</h1>`
    : html`<p class="state-text">${text}</p>`;
}

/** Appears after a delay, because most answers arrive sooner. */
export function loadingState(text = translate('Loading…')): TemplateResult {
  return html`<div class="state state-loading" role="status">
    <vscode-progress-ring role="presentation" aria-label="" aria-live="off"></vscode-progress-ring>
    <p class="state-text">${text}</p>
  </div>`;
}

/** Placeholder in the shape of content that loads. Appears after a delay, too. @param className - of the layout */
export function skeleton(content: TemplateResult, className = ''): TemplateResult {
  return html`<p class="visually-hidden" role="status">${translate('Loading…')}</p>
    <div class="skeleton ${className}" aria-hidden="true">${content}</div>`;
}

/** Error state of a whole page. */
export function failedPage(message: string, retry: () => void): TemplateResult {
  return failedState(message, retry, { isPage: true });
}

/**
 * @param options.isPage - whether the message is the whole page, and so its heading
 * @param options.text - first sentence; default: the content can't be shown
 */
export function failedState(
  message: string,
  retry?: () => void,
  {
    isPage = false,
    text = translate("Can't show this content."),
    more,
  }: { isPage?: boolean; text?: string | undefined; more?: TemplateResult } = {},
): TemplateResult {
  return html`<div class="state state-failed" role="alert">
    ${icon('error')} ${stateText(text, isPage)}
    <p class="state-detail">${message}</p>
    ${retry ? button(translate('Try Again'), retry, { icon: 'refresh' }) : nothing}
    ${more ?? nothing}
  </div>`;
}

/** Event that requests copying a text. The app handles it. */
export const COPY_EVENT = 'callboard-copy';

/** Copies a text to the clipboard through the app. */
export function copyText(element: HTMLElement, text: string): void {
  element.dispatchEvent(new CustomEvent<string>(COPY_EVENT, { bubbles: true, detail: text }));
}

/** Localized date. @param timeStyle - also shows the time */
export function dateOf(time: number, timeStyle?: 'short'): string {
  const { lang } = document.documentElement;
  return new Date(time).toLocaleString(lang, {
    dateStyle: 'long',
    ...(timeStyle && { timeStyle }),
  });
}

/** Text with its matches marked. */
export function markedText(parts: readonly MatchedPart[]): readonly (TemplateResult | string)[] {
  return parts.map(({ text, isMatch }) => (isMatch ? html`<mark>${text}</mark>` : text));
}

import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Tone } from '../../src/api';
import { copyText } from './copyText';
import { translate } from './translate';

/** A codicon; names of plugins come as data, so that only names are let through. */
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

export function copyButton(text: string): TemplateResult {
  const title = translate('Copy');
  const copy = (event: Event): void => copyText(event.currentTarget as HTMLElement, text);
  return html`<button class="icon-button" title=${title} aria-label=${title} @click=${copy}>
    ${icon('copy')}
  </button>`;
}

/** What is shown where there is nothing, with what can be done about it. */
export function emptyState(options: {
  readonly icon?: string;
  readonly text: string;
  readonly detail?: string;
  readonly actions?: TemplateResult;
  /** Whether it is all that the page says, and so its heading. */
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

/** Appears only after a moment: most answers are there before. */
export function loadingState(text = translate('Loading…')): TemplateResult {
  return html`<div class="state state-loading" role="status">
    <vscode-progress-ring role="presentation" aria-label="" aria-live="off"></vscode-progress-ring>
    <p class="state-text">${text}</p>
  </div>`;
}

/** In the place of a page. */
export function failedPage(message: string, retry: () => void): TemplateResult {
  return failedState(message, retry, { isPage: true });
}

/**
 * @param options.isPage - whether it is all that the page says, and so its heading
 * @param options.text - what is said first; default: that this could not be shown
 */
export function failedState(
  message: string,
  retry?: () => void,
  {
    isPage = false,
    text = translate('This could not be shown.'),
    more,
  }: { isPage?: boolean; text?: string | undefined; more?: TemplateResult } = {},
): TemplateResult {
  return html`<div class="state state-failed" role="alert">
    ${icon('error')} ${stateText(text, isPage)}
    <p class="state-detail">${message}</p>
    ${retry ? retryButton(retry) : nothing} ${more ?? nothing}
  </div>`;
}

export function retryButton(retry: () => void): TemplateResult {
  return html`<vscode-button icon="refresh" @click=${retry}
    >${translate('Try Again')}</vscode-button
  >`;
}

import { html, nothing, type TemplateResult } from 'lit';
import type { Tone } from '../../src/api';
import { translate } from './translate';

/** A codicon; names of plugins come as data, so that only names are let through. */
export function icon(name: string | undefined): TemplateResult | typeof nothing {
  if (name === undefined || !/^[a-z0-9-]+$/.test(name)) return nothing;
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

export function badge(text: string, tone: Tone = 'none'): TemplateResult {
  return html`<span class="badge tone-${tone}">${text}</span>`;
}

/** What is shown where there is nothing, with what can be done about it. */
export function emptyState(options: {
  readonly icon?: string;
  readonly text: string;
  readonly detail?: string;
  readonly actions?: TemplateResult;
}): TemplateResult {
  return html`<div class="state">
    ${icon(options.icon)}
    <p class="state-text">${options.text}</p>
    ${options.detail === undefined ? nothing : html`<p class="state-detail">${options.detail}</p>`}
    ${options.actions ?? nothing}
  </div>`;
}

/** Appears only after a moment: most answers are there before. */
export function loadingState(text = translate('Loading…')): TemplateResult {
  return html`<div class="state state-loading" role="status">
    <span class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true"></span>
    <p class="state-text">${text}</p>
  </div>`;
}

export function failedState(message: string, retry?: () => void): TemplateResult {
  return html`<div class="state state-failed" role="alert">
    ${icon('error')}
    <p class="state-text">${translate('This could not be shown.')}</p>
    <p class="state-detail">${message}</p>
    ${
      retry
        ? html`<button class="link-button" @click=${retry}>${translate('Try Again')}</button>`
        : nothing
    }
  </div>`;
}

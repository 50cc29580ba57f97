import { html, type TemplateResult } from 'lit';
import type { PreviewStep, TaskRow } from '../../../../src/features/portal/protocol';
import { icon } from '../../../shared/controls';
import { translate } from '../../../shared/translate';

type Status = TaskRow['status'];

const icons: Readonly<Record<Status, string>> = {
  processing: 'sync',
  waiting: 'comment-unresolved',
  completed: 'pass',
  failed: 'error',
  cancelled: 'circle-slash',
  interrupted: 'debug-disconnect',
};

/** Status of a run with its icon. */
export function taskStatus(status: Status): TemplateResult {
  return html`<span class="inline-row task-status is-${status}"
    >${icon(icons[status])}${statusTexts[status]()}</span
  >`;
}

const statusTexts: Readonly<Record<Status, () => string>> = {
  processing: () => translate('Running'),
  waiting: () => translate('Waiting for your review'),
  completed: () => translate('Completed'),
  failed: () => translate('Failed'),
  cancelled: () => translate('Cancelled'),
  interrupted: () => translate('Interrupted'),
};

/** Localized date and time. */
export function momentOf(time: number): TemplateResult {
  const moment = new Date(time);
  const text = moment.toLocaleString(document.documentElement.lang, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
  return html`<time datetime=${moment.toISOString()}>${text}</time>`;
}

/** Localized duration. @param milliseconds - length of the duration */
export function durationOf(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1_000;
  if (seconds < 0.1) return translate('under 0.1 s');
  if (seconds < 10) return translate('{0} s', (Math.floor(seconds * 10) / 10).toFixed(1));
  if (seconds < 60) return translate('{0} s', Math.floor(seconds));
  return translate('{0} min {1} s', Math.floor(seconds / 60), Math.floor(seconds % 60));
}

/** Codicons by status of a step. */
export const stepIcons: Readonly<Record<PreviewStep['status'], string>> = {
  open: 'circle-outline',
  processing: 'sync',
  completed: 'pass',
  failed: 'error',
  skipped: 'debug-step-over',
  cancelled: 'circle-slash',
};

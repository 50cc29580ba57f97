import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ownValue } from '../../../../src/base';
import {
  type FormField,
  type LaunchChoice,
  portalRequests,
  type PreviewFile,
  type PreviewStep,
  type ResolvedForm,
  type TemplatePreview,
  type TemplateView,
} from '../../../../src/features/portal/protocol';
import type { JsonObject, JsonValue } from '../../../../src/model';
import { stepIcons } from '../task/taskStatus';
import './LaunchForm';
import type { LaunchForm } from './LaunchForm';
import { fileTree, rowAt } from './fileTree';
import type { PortalContext } from '../../../portal/portalContext';
import { codeContent } from '../../../shared/contents/CodeView';
import {
  failedState,
  icon,
  iconButton,
  loadingState,
  problemNote,
  secondaryButton,
} from '../../../shared/controls';
import { LightElement } from '../../../shared/elements/LightElement';
import { Resource } from '../../../shared/host/Resource';
import { translate, translateCount } from '../../../shared/translate';

/** Review page: values, and a preview of the files. */
@customElement('callboard-template-review')
export class TemplateReview extends LightElement {
  @property({ attribute: false }) accessor portal!: PortalContext;
  @property({ attribute: false }) accessor template = '';
  @property({ attribute: false }) accessor form!: ResolvedForm;
  @property({ attribute: false }) accessor secrets: Readonly<Record<string, string>> = {};
  /** Backstage that the template runs on. It does a dry run only on request. */
  @property({ attribute: false }) accessor instance: TemplateView['instance'];
  /** Opens a page of the form. */
  @property({ attribute: false }) accessor edit!: (page: number) => void;
  @state() accessor #selected: string | undefined;
  @state() accessor #isTried = false;

  @property({ attribute: false }) accessor isDryRun = false;

  #preview = new Resource<TemplatePreview>(this, async signal => {
    const preview = await this.portal.request(
      portalRequests.previewTemplate,
      { template: this.template, values: this.form.submitted, secrets: this.secrets },
      signal,
    );
    // Existing files of the destination are known now.
    this.#launchForm?.refresh();
    return preview;
  });

  #previewing: Promise<void> = Promise.resolve();

  /** Returns the launch choices once the preview is loaded. Undefined for a template of a Backstage. */
  async choose(): Promise<LaunchChoice | undefined> {
    await this.#previewing;
    return this.#launchForm?.choose();
  }

  #reloadPreview(): void {
    this.#previewing = this.#preview.reload();
  }

  get #launchForm(): LaunchForm | null {
    return this.querySelector<LaunchForm>('callboard-launch-form');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('form') && !changed.has('template')) return;
    this.#isTried = false;
    if (!this.instance) this.#reloadPreview();
  }

  protected override render(): TemplateResult {
    return html`<div class="template-review">
      ${
        this.instance
          ? nothing
          : html`<callboard-launch-form
              .portal=${this.portal}
              .template=${this.template}
              .values=${this.form.submitted}
              .isDryRun=${this.isDryRun}
            ></callboard-launch-form>`
      }
      <section class="template-values" aria-label=${translate('Values')}>
        ${this.form.pages.map((page, index) =>
          page.isVisible
            ? html`<div class="template-values-page">
                <h3>
                  ${page.title}${iconButton('edit', translate('Edit {0}', page.title), () =>
                    this.edit(index),
                  )}
                </h3>
                <dl>
                  ${page.fields.flatMap(reviewRows).map(
                    ({ name, value }) =>
                      html`<dt>${name}</dt>
                        <dd>${value}</dd>`,
                  )}
                </dl>
              </div>`
            : nothing,
        )}
      </section>
      <section class="template-preview" aria-label=${translate('Preview')}>
        <h3>${translate('Preview')}</h3>
        ${this.#previewBody()}
      </section>
    </div>`;
  }

  #previewBody(): TemplateResult {
    if (this.instance && !this.#isTried) return this.#tryButton(this.instance.name);
    const preview = this.#preview.state;
    if (preview.status === 'loading') return loadingState(translate('Loading the preview…'));
    if (preview.status === 'failed') {
      return failedState(preview.message, () => this.#reloadPreview());
    }
    const { error, files, steps } = preview.value;
    const log = html`<details class="template-log" ?open=${error !== undefined}>
      <summary>${translate('Log')}</summary>
      ${steps.map(stepLog)}
    </details>`;
    if (error !== undefined) {
      return html`${problemNote(html`<strong>${translate('The run would fail.')}</strong> ${error}`)}${log}`;
    }
    if (files.length === 0) {
      return html`<p class="nothing">${translate('The template creates no files.')}</p>
        ${log}`;
    }
    const selected = files.find(({ path }) => path === this.#selected) ?? firstOf(files);
    return html`<div class="template-files">
        <nav
          aria-label=${translate('Files')}
          @keydown=${(event: KeyboardEvent) => rowAt(event)?.click()}
        >
          ${fileTree(files, (file, name) => this.#fileRow(file, name, file === selected))}
        </nav>
        <div class="template-file">${selected ? fileContent(selected) : nothing}</div>
      </div>
      ${log}`;
  }

  #tryButton(name: string): TemplateResult {
    const tryOut = (): void => {
      this.#isTried = true;
      this.#reloadPreview();
    };
    return html`<p class="nothing">
        ${translate('{0} can do a dry run. Your values are sent to {0}, and nothing is changed there.', name)}
      </p>
      <div class="template-buttons">
        ${secondaryButton(translate('Dry Run on {0}', name), tryOut, 'beaker')}
      </div>`;
  }

  #fileRow(file: PreviewFile, name: string, isSelected: boolean): TemplateResult {
    return html`<button
      type="button"
      class="menu-item is-selectable template-file-row"
      aria-current=${isSelected ? 'true' : nothing}
      @click=${() => (this.#selected = file.path)}
    >
      ${icon('file')}<span>${name}</span>
    </button>`;
  }
}

/** Returns the file to show first. */
function firstOf(files: readonly PreviewFile[]): PreviewFile | undefined {
  return files.find(({ path }) => /^readme/i.test(path)) ?? files[0];
}

function fileContent({ path, text, size, isCut, isExecutable }: PreviewFile): TemplateResult {
  const notes = [
    isExecutable ? translate('executable') : [],
    isCut ? translate('truncated') : [],
  ].flat();
  return html`<p class="template-file-path">
      <code>${path}</code
      >${notes.length > 0 ? html` <span class="nothing">(${notes.join(', ')})</span>` : nothing}
    </p>
    ${
      text === undefined
        ? html`<p class="nothing">
            ${translateCount(size, { one: 'Binary file of {0} byte.', other: 'Binary file of {0} bytes.' })}
          </p>`
        : codeContent(
            { type: 'code', text, language: languageOf(path) },
            { glances: {}, follow: () => {} },
          )
    }`;
}

const languages: Readonly<Record<string, string>> = {
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  ts: 'typescript',
  js: 'javascript',
  py: 'python',
  md: 'markdown',
  html: 'html',
  css: 'css',
  sh: 'shell',
};

function languageOf(path: string): string | undefined {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return ownValue(languages, ending);
}

function stepLog({ name, status, log }: PreviewStep): TemplateResult {
  return html`<div class="template-step">
    <p>${icon(stepIcons[status])}${name} <span class="nothing">${status}</span></p>
    ${log.length > 0 ? html`<pre tabindex="0" aria-label=${translate('Log of {0}', name)}>${log.join('\n')}</pre>` : nothing}
  </div>`;
}

interface ReviewRow {
  readonly name: string;
  readonly value: string;
}

/** Rows of a field. Source: `ReviewState` of `@backstage/plugin-scaffolder-react`. */
function reviewRows(field: FormField): readonly ReviewRow[] {
  const { review, control, value, title } = field;
  if (!review.isShown || value === undefined) return [];
  const name = review.name ?? title;
  if (review.mask !== undefined) return [{ name, value: '***' }];
  if (control.type === 'variants') return control.field ? reviewRows(control.field) : [];
  if (control.type === 'object' && review.isExploded) {
    return control.fields.flatMap(own =>
      reviewRows(own).map(row => ({ ...row, name: title ? `${title} › ${row.name}` : row.name })),
    );
  }
  return [{ name, value: shownValue(masked(field), control) }];
}

/** Masks secrets in nested fields. */
function masked({ value, control }: FormField): JsonValue | undefined {
  const within =
    control.type === 'list'
      ? control.items.map(item => item.field)
      : control.type === 'object'
        ? control.fields
        : [];
  if (within.length === 0) return value;
  const shown = within
    .filter(({ review, value: own }) => review.isShown && own !== undefined)
    .map(own => [own.path.at(-1), own.review.mask === undefined ? masked(own) : '***'] as const);
  if (control.type === 'list') return shown.map(([, own]) => own ?? null);
  return Object.fromEntries(
    shown.map(([key, own]) => [String(key), own ?? null]),
  ) satisfies JsonObject;
}

function shownValue(value: JsonValue | undefined, control: FormField['control']): string {
  if (control.type === 'choice') {
    const option = control.options.find(one => JSON.stringify(one.value) === JSON.stringify(value));
    if (option) return option.label;
  }
  if (typeof value === 'boolean') return value ? translate('Yes') : translate('No');
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every(item => typeof item === 'string')) {
    return value.length > 0 ? value.join(', ') : '–';
  }
  return value === null || value === undefined ? '–' : JSON.stringify(value);
}

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PortalPage } from '../../../../src/api';
import { errorMessage } from '../../../../src/base';
import { portalRequests, type TemplateView } from '../../../../src/features/portal/protocol';
import type { UrlFollowedEvent } from './MarkdownText';
import './TemplateReview';
import type { TemplateReview } from './TemplateReview';
import { descriptionView, fieldId } from './fields/fieldFrame';
import { fieldView } from './fields/fieldView';
import { FormSession } from './formSession';
import type { PortalPageElement } from '../../../portal/portalContext';
import { ViewElement } from '../../../portal/ViewElement';
import {
  badge,
  button,
  icon,
  loadingState,
  note,
  problemNote,
  secondaryButton,
  submitOnEnter,
  textButton,
} from '../../../shared/controls';
import type { SendRequest } from '../../../shared/host/appRequest';
import { entityLink, link, type LinkContext } from '../../../shared/links';
import { translate } from '../../../shared/translate';

type Page = Extract<PortalPage, { page: 'template' }>;

/** Form of a template, page by page, with a review page. */
@customElement('callboard-template-page')
export class TemplatePage extends ViewElement<TemplateView> implements PortalPageElement {
  @property({ attribute: false }) accessor page: Page = { page: 'template', template: '' };
  /** Index of the current form page; the number of pages for the review. */
  @state() accessor #current = 0;
  @state() accessor #isCreating = false;
  @state() accessor #failure: string | undefined;
  #session: FormSession | undefined;
  /** Whether the form was shown before. */
  #isEntered = false;

  #request: SendRequest = (...request) => this.portal.request(...request);

  protected override async load(signal: AbortSignal): Promise<TemplateView> {
    const { template } = this.page;
    const view = await this.portal.request(portalRequests.getTemplate, { template }, signal);
    // Keeps the entered values, even if the template changed.
    if (!this.#session?.isTouched) this.#session = this.#newSession(view);
    return view;
  }

  override refresh(): void {
    super.refresh();
    if (this.#session?.isTouched && !this.#isCreating) void this.#session.resolve();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#session?.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('page')) return;
    const before = changed.get('page');
    if (before?.template === this.page.template && before.isDryRun === this.page.isDryRun) return;
    this.#session?.stop();
    this.#session = undefined;
    this.#current = 0;
    this.#isEntered = false;
    void this.view.reset();
  }

  protected override updated(): void {
    const first = this.querySelector<HTMLElement>('.template-form [autofocus]');
    if (this.#isEntered || !first) return;
    this.#isEntered = true;
    // Browsers ignore `autofocus` in a cross-origin frame, such as a webview.
    if (document.hasFocus() && document.activeElement === document.body) first.focus();
  }

  protected override draw(view: TemplateView): TemplateResult {
    const session = this.#session;
    if (!session) return loadingState();
    this.portal.setTitle(view.title);
    return html`<div class="page template-page">
      ${this.#header(view)} ${this.#notes(view, session)}
      <div class="template-body">
        ${this.#steps(session)}
        ${this.#isReview(session) ? this.#review(view, session) : this.#form(view, session)}
      </div>
    </div>`;
  }

  #newSession(view: TemplateView): FormSession {
    const { template } = this.page;
    return new FormSession(view, {
      resolve: (state, reached, signal) =>
        this.portal.request(
          portalRequests.resolveTemplateForm,
          { template, state, reached },
          signal,
        ),
      changed: () => this.requestUpdate(),
    });
  }

  #isReview({ form }: FormSession): boolean {
    return this.#current >= form.pages.length;
  }

  #header({ title, description, type, tags, owner, file, glances }: TemplateView): TemplateResult {
    const context: LinkContext = { glances, follow: this.portal.follow };
    return html`<header class="template-header">
      <h1>${title}</h1>
      <p class="row template-facts">
        ${badge(type)}${tags.map(tag => badge(tag))}
        ${owner === undefined ? nothing : html`<span>${translate('Owner:')} ${entityLink(owner, context)}</span>`}
        ${link(html`${icon('go-to-file')}${translate('Open in Editor')}`, { type: 'source', file }, context, { className: 'text-button' })}
      </p>
      ${description === undefined ? nothing : html`<p class="template-about">${description}</p>`}
    </header>`;
  }

  #notes(view: TemplateView, session: FormSession): unknown {
    const { unknownActions, skippedActions, isDraft, instance } = view;
    return [
      instance
        ? note(
            'server',
            translate(
              "This template runs on {0}. Its files aren't available locally.",
              instance.name,
            ),
          )
        : nothing,
      this.page.isDryRun
        ? note('beaker', translate('Dry run: shows the result without writing files.'))
        : nothing,
      unknownActions.length > 0
        ? problemNote(
            html`<strong>${translate("This template can't run to completion here.")}</strong>
              ${translate(
                'Unknown actions: {0}. A Callboard plugin can add them.',
                unknownActions.join(', '),
              )}`,
          )
        : nothing,
      skippedActions.length > 0
        ? note(
            'info',
            translate(
              'Actions that run only in Backstage are skipped: {0}.',
              skippedActions.join(', '),
            ),
          )
        : nothing,
      isDraft && !session.isTouched
        ? note(
            'history',
            html`${translate('Your previous values are restored, except secrets.')}
            ${textButton(translate('Start Over'), this.#startOver)}`,
          )
        : nothing,
      session.failure === undefined
        ? nothing
        : problemNote(
            session.failure,
            textButton(translate('Try Again'), () => void session.resolve()),
          ),
    ];
  }

  #steps(session: FormSession): TemplateResult {
    const { pages } = session.form;
    const step = (title: string, index: number): TemplateResult => {
      const isCurrent = index === this.#current;
      const isReached = index < session.reached || (index === pages.length && session.isFilledIn);
      const hasErrors = session.isTried(index) && (pages[index]?.errors.length ?? 0) > 0;
      const isDone = isReached && index < pages.length;
      const name = hasErrors ? 'error' : isDone ? 'pass' : 'circle-outline';
      return html`<li>
        <button
          type="button"
          class="menu-item is-selectable template-step-row ${hasErrors ? 'has-errors' : ''}"
          aria-current=${isCurrent ? 'step' : nothing}
          ?disabled=${!isReached && !isCurrent}
          @click=${() => this.#show(index)}
        >
          ${icon(isCurrent ? 'circle-filled' : name)}<span>${title}</span>${
            hasErrors
              ? html`<span class="visually-hidden">${translate('has errors')}</span>`
              : nothing
          }
        </button>
      </li>`;
    };
    return html`<nav class="template-steps" aria-label=${translate('Steps')}>
      <ol>
        ${pages.map((page, index) => (page.isVisible ? step(page.title, index) : nothing))}
        ${step(translate('Review'), pages.length)}
      </ol>
      ${textButton(translate('Start Over'), this.#startOver, { icon: 'clear-all' })}
    </nav>`;
  }

  #form({ buttons }: TemplateView, session: FormSession): TemplateResult {
    const page = session.form.pages[this.#current];
    if (!page) return html``;
    const context = { editor: session.editor(this.#current), request: this.#request };
    const isFirst = session.before(this.#current) === undefined;
    const isLast = session.after(this.#current) === session.form.pages.length;
    const next = isLast ? (buttons.review ?? translate('Review')) : translate('Next');
    const general = session.generalErrors(this.#current);
    return html`<form
      class="template-form"
      novalidate
      @submit=${this.#next}
      @keydown=${submitOnEnter}
      @url-followed=${({ url }: UrlFollowedEvent) =>
        this.portal.follow({ type: 'url', url }, { toSide: false })}
    >
      <h2 tabindex="-1">${page.title}</h2>
      ${descriptionView(page.description)}
      ${
        general.length > 0
          ? problemNote(
              html`<ul>
                ${general.map(message => html`<li>${message}</li>`)}
              </ul>`,
            )
          : nothing
      }
      ${page.fields.map(field => fieldView(field, context))}
      ${page.fields.length === 0 ? html`<p class="nothing">${translate('Nothing to fill in.')}</p>` : nothing}
      <div class="template-buttons template-action-bar">
        ${isFirst ? nothing : this.#backButton(buttons.back)}
        ${button(next, undefined, { isSubmit: true })}
      </div>
    </form>`;
  }

  #review(view: TemplateView, session: FormSession): TemplateResult {
    const { instance } = view;
    const create = this.page.isDryRun
      ? translate('Dry Run')
      : instance
        ? translate('Run on {0}…', instance.name)
        : (view.buttons.create ?? translate('Create'));
    const keyPressed = (event: KeyboardEvent): void => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void this.#create(session);
    };
    return html`<div class="template-form" @keydown=${keyPressed}>
      <h2 tabindex="-1" aria-keyshortcuts="Control+Enter">${translate('Review')}</h2>
      <callboard-template-review
        .portal=${this.portal}
        .template=${this.page.template}
        .form=${session.form}
        .secrets=${session.secrets}
        .instance=${instance}
        .isDryRun=${this.page.isDryRun === true}
        .edit=${(index: number) => this.#show(index)}
      ></callboard-template-review>
      ${this.#failure === undefined ? nothing : problemNote(this.#failure)}
      <div class="template-buttons template-action-bar">
        ${this.#backButton(view.buttons.back)}
        ${button(create, () => void this.#create(session), { isDisabled: this.#isCreating })}
      </div>
    </div>`;
  }

  #backButton(title = translate('Back')): TemplateResult {
    const back = (): void => {
      const before = this.#session?.before(this.#current);
      if (before !== undefined) this.#show(before);
    };
    return secondaryButton(title, back);
  }

  #next = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#goOn();
  };

  async #goOn(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    // Invalid JSON isn't in the form values.
    const unread = this.querySelector<HTMLElement>('.template-form .field-json[aria-invalid]');
    if (unread) {
      unread.focus();
      return;
    }
    const left = this.#current;
    if (!(await session.finish(left))) {
      this.requestUpdate();
      await this.updateComplete;
      this.#focusError(session);
      return;
    }
    this.#show(session.after(left));
  }

  #show(index: number): void {
    this.#current = index;
    this.#failure = undefined;
    void this.updateComplete.then(() => {
      window.scrollTo(0, 0);
      const first = this.querySelector<HTMLElement>('.template-form [autofocus]');
      (first ?? this.querySelector<HTMLElement>('.template-form h2'))?.focus();
    });
  }

  #focusError({ form }: FormSession): void {
    const invalid = this.querySelector<HTMLElement>('.template-form [aria-invalid="true"]');
    if (invalid) {
      invalid.focus();
      return;
    }
    for (const { path } of form.pages[this.#current]?.errors ?? []) {
      // Falls back to the nearest enclosing field with a control.
      for (let length = path.length; length > 0; length--) {
        const control = document.getElementById(fieldId(path.slice(0, length)));
        if (!control) continue;
        control.focus();
        return;
      }
    }
    this.querySelector<HTMLElement>('.template-form h2')?.focus();
  }

  #startOver = async (): Promise<void> => {
    const { template } = this.page;
    const form = await this.portal.request(portalRequests.clearTemplateForm, { template });
    const view = this.view.value;
    if (!view || template !== this.page.template) return;
    this.#session?.stop();
    this.#session = this.#newSession({ ...view, form, reached: 1, isDraft: false });
    this.#session.touch();
    this.#show(0);
  };

  async #create(session: FormSession): Promise<void> {
    if (this.#isCreating) return;
    this.#isCreating = true;
    session.stop();
    this.#failure = undefined;
    try {
      const { template, isDryRun = false } = this.page;
      const choice = await this.querySelector<TemplateReview>(
        'callboard-template-review',
      )?.choose();
      const isUnderWay = await this.portal.request(portalRequests.createFromTemplate, {
        template,
        secrets: session.secrets,
        isDryRun,
        values: session.form.submitted,
        choice,
      });
      if (isUnderWay && !isDryRun) session.release();
    } catch (error) {
      this.#failure = errorMessage(error);
    } finally {
      this.#isCreating = false;
    }
  }
}

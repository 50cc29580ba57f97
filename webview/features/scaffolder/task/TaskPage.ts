import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PortalPage } from '../../../../src/api';
import { errorMessage } from '../../../../src/base';
import {
  portalRequests,
  type TaskView,
  type TemplateTaskFile,
  type TemplateTaskStep,
} from '../../../../src/features/portal/protocol';
import type { PortalPageElement } from '../../../portal/portalContext';
import { ViewElement } from '../../../portal/ViewElement';
import { badge, button, icon, note, problemNote } from '../../../shared/controls';
import { LightElement } from '../../../shared/elements/LightElement';
import { formatNumber, translate } from '../../../shared/translate';
import { fileTree, rowAt } from '../template/fileTree';
import { taskOutputs } from './taskOutputs';
import { durationOf, momentOf, stepIcons, taskStatus } from './taskStatus';

type Page = Extract<PortalPage, { page: 'task' }>;

/** A template run: steps, logs, outputs and files. */
@customElement('callboard-task-page')
export class TaskPage extends ViewElement<TaskView> implements PortalPageElement {
  @property({ attribute: false }) accessor page: Page = { page: 'task', id: '' };
  /** Index of the selected step; undefined follows the running step. */
  @state() accessor #selected: number | undefined;
  /** Error of the last action. */
  @state() accessor #failure: string | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;

  protected override load(signal: AbortSignal): Promise<TaskView> {
    return this.portal.request(portalRequests.getTask, { id: this.page.id }, signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('page') || changed.get('page')?.id === this.page.id) return;
    this.#selected = undefined;
    this.#failure = undefined;
    void this.view.reset();
  }

  protected override updated(): void {
    const isRunning = this.view.value?.status === 'processing';
    if (isRunning === (this.#ticking !== undefined)) return;
    clearInterval(this.#ticking);
    // Updates the elapsed time.
    this.#ticking = isRunning ? setInterval(() => this.requestUpdate(), 1_000) : undefined;
  }

  protected override draw(task: TaskView): TemplateResult {
    this.portal.setTitle(task.title);
    return html`<div class="page task-page">
      ${this.#header(task)} ${this.#notes(task)} ${this.#outputs(task)} ${this.#progress(task)}
      ${this.#files(task)}
    </div>`;
  }

  #header(task: TaskView): TemplateResult {
    const { title, isDryRun, status, place, startedAt, instance } = task;
    return html`<header class="task-header">
      <div>
        <h1>${title} ${isDryRun ? badge(translate('dry run'), 'info') : nothing}</h1>
        <p class="task-facts">
          <span role="status">${taskStatus(status)}</span>
          ${instance ? html`<span>${icon('server')}${translate('on {0}', instance.name)}</span>` : nothing}
          ${place === undefined ? nothing : html`<span>${icon('folder')}${place}</span>`}
          <span>${icon('calendar')}${momentOf(startedAt)}</span>
          <span>${icon('watch')}${durationOf(timeTaken(task))}</span>
        </p>
      </div>
      <div class="task-buttons">${this.#buttons(task)}</div>
    </header>`;
  }

  #buttons({ status, canRetry, steps, instance }: TaskView): readonly unknown[] {
    const isUnderWay = status === 'processing' || status === 'waiting';
    const failed = steps.find(step => step.status === 'failed' || step.status === 'cancelled');
    return [
      isUnderWay
        ? this.#button(translate('Cancel'), 'stop-circle', () => this.#act('cancel'))
        : nothing,
      canRetry
        ? this.#button(
            retryText({ status, isOnServer: instance !== undefined, failed: failed?.name }),
            status === 'interrupted' ? 'refresh' : 'debug-restart',
            () => this.#act('retry'),
          )
        : nothing,
      isUnderWay
        ? nothing
        : this.#button(translate('Run Again…'), 'edit', () => this.#runAgain(), true),
      this.#button(translate('Show Log'), 'output', () => this.#act('showLog'), true),
      this.#button(
        translate('All Runs'),
        'history',
        async () =>
          this.portal.follow({ type: 'page', page: { page: 'tasks' } }, { toSide: false }),
        true,
      ),
    ];
  }

  #button(
    title: string,
    name: string,
    act: () => Promise<void>,
    isSecondary = false,
  ): TemplateResult {
    return button(title, () => void this.#trying(act), { icon: name, isSecondary });
  }

  #outputs(task: TaskView): TemplateResult | typeof nothing {
    const { status, isDryRun, instance } = task;
    const hasFolder = status === 'completed' && !isDryRun && !instance;
    const open = (): void => void this.#trying(() => this.#act('openFolder'));
    return taskOutputs(task, {
      follow: (...request) => this.portal.follow(...request),
      openFolder: hasFolder ? open : undefined,
    });
  }

  #notes({ isDryRun, status, error, instance, trouble }: TaskView): readonly unknown[] {
    const problem = this.#failure ?? (status === 'failed' ? error : undefined);
    return [
      problem === undefined ? nothing : problemNote(problem),
      trouble === undefined
        ? nothing
        : html`<div role="status">${note('debug-disconnect', trouble)}</div>`,
      isDryRun
        ? note(
            'beaker',
            translate(
              'Dry run: no files were written, and publish and register steps were simulated.',
            ),
          )
        : nothing,
      status === 'cancelled' && !isDryRun
        ? note(
            'info',
            instance
              ? translate('Changes made before the run was cancelled are kept.')
              : translate('No files were written.'),
          )
        : nothing,
      status === 'interrupted' && trouble === undefined
        ? note('info', translate('The window was closed before the run finished.'))
        : nothing,
    ];
  }

  #progress(task: TaskView): TemplateResult {
    const { steps, log } = task;
    const index = this.#selected ?? shownStep(steps);
    const step = steps[index];
    const name = step ? translate('Log of {0}', step.name) : translate('Log');
    return html`<section class="task-progress" aria-label=${translate('Steps')}>
      <ol class="task-steps">
        ${steps.map((one, at) => this.#step(one, at, at === index))}
      </ol>
      <div class="task-log-pane">
        <callboard-task-log .lines=${step ? step.log : log} .name=${name}></callboard-task-log>
      </div>
    </section>`;
  }

  #step(step: TemplateTaskStep, index: number, isShown: boolean): TemplateResult {
    const { name, action, status, isSimulated, startedAt, endedAt } = step;
    // A step that never started wasn't simulated.
    const isPretended = isSimulated && startedAt !== undefined && endedAt !== undefined;
    const states = [stepTexts[status](), isPretended ? translate('simulated') : []].flat();
    return html`<li>
      <button
        type="button"
        class="menu-item is-selectable task-step is-${status}"
        aria-current=${isShown ? 'true' : nothing}
        @click=${() => (this.#selected = index)}
      >
        ${icon(stepIcons[status])}
        <span class="task-step-name">${name}</span>
        <span class="task-step-time"
          >${
            startedAt === undefined ? nothing : durationOf((endedAt ?? Date.now()) - startedAt)
          }</span
        >
        <span class="task-step-facts"
          >${name === action ? nothing : html`<code>${action}</code> · `}${states.join(', ')}</span
        >
      </button>
    </li>`;
  }

  #files({ files, fileCount, writtenCount }: TaskView): TemplateResult | typeof nothing {
    if (files.length === 0) return nothing;
    const more = fileCount - files.length;
    const written = formatNumber(writtenCount);
    const kept = formatNumber(fileCount - writtenCount);
    return html`<section class="task-files" aria-label=${translate('Files')}>
      <h2>
        ${
          writtenCount === fileCount
            ? translate('Files ({0})', written)
            : translate('Files ({0}, {1} not replaced)', written, kept)
        }
      </h2>
      <nav aria-label=${translate('Files')} @keydown=${(event: KeyboardEvent) => void rowAt(event)}>
        ${fileTree(files, (file, name) => this.#file(file, name))}
      </nav>
      ${more > 0 ? html`<p class="nothing">${translate('and {0} more', formatNumber(more))}</p>` : nothing}
    </section>`;
  }

  #file({ path, change }: TemplateTaskFile, name: string): TemplateResult {
    return html`<button
      type="button"
      class="menu-item is-selectable template-file-row is-${change}"
      @click=${() => void this.#trying(() => this.#showFile(path))}
    >
      ${icon('file')}<span>${name}</span><span class="task-change">${changeTexts[change]()}</span>
    </button>`;
  }

  #showFile(path: string): Promise<void> {
    return this.portal.request(portalRequests.showTaskFile, { id: this.page.id, path });
  }

  #act(action: 'cancel' | 'retry' | 'openFolder' | 'showLog'): Promise<void> {
    if (action === 'retry') this.#selected = undefined;
    return this.portal.request(portalRequests.actOnTask, { id: this.page.id, action });
  }

  async #runAgain(): Promise<void> {
    const { id } = this.page;
    const { template, isDryRun } = await this.portal.request(portalRequests.reuseTask, { id });
    const page: PortalPage = { page: 'template', template, ...(isDryRun ? { isDryRun } : {}) };
    this.portal.follow({ type: 'page', page }, { toSide: false });
  }

  async #trying(act: () => Promise<void>): Promise<void> {
    this.#failure = undefined;
    const { id } = this.page;
    try {
      await act();
    } catch (error) {
      if (id === this.page.id) {
        this.#failure = errorMessage(error);
      }
    }
  }
}

function retryText({
  status,
  isOnServer,
  failed,
}: {
  readonly status: TaskView['status'];
  readonly isOnServer: boolean;
  readonly failed: string | undefined;
}): string {
  if (status === 'interrupted') return translate('Reconnect');
  if (isOnServer) return translate('Run Again on Backstage…');
  return failed === undefined ? translate('Retry') : translate('Retry from {0}', failed);
}

/** Returns the running or failed step, or the last one with a log. */
function shownStep(steps: readonly TemplateTaskStep[]): number {
  const index = steps.findIndex(({ status }) => status === 'failed' || status === 'cancelled');
  if (index >= 0) return index;
  const running = steps.findLastIndex(({ status }) => status === 'processing');
  return running >= 0 ? running : steps.findLastIndex(({ log }) => log.length > 0);
}

/** Duration in milliseconds, without the time spent waiting for review. */
function timeTaken({ steps, status, startedAt }: TaskView): number {
  const ends = steps.flatMap(step => step.endedAt ?? []);
  const end = status === 'processing' ? Date.now() : Math.max(startedAt, ...ends);
  return end - startedAt;
}

const stepTexts: Readonly<Record<TemplateTaskStep['status'], () => string>> = {
  open: () => translate('not started'),
  processing: () => translate('running'),
  completed: () => translate('done'),
  failed: () => translate('failed'),
  skipped: () => translate('skipped'),
  cancelled: () => translate('cancelled'),
};

const changeTexts: Readonly<Record<TemplateTaskFile['change'], () => string>> = {
  added: () => translate('new'),
  changed: () => translate('changed'),
  unchanged: () => translate('unchanged'),
  kept: () => translate('not replaced'),
};

/** Distance from the end, in pixels, within which the log keeps scrolling. */
const FOLLOW_DISTANCE = 24;

/** Log that scrolls to new lines unless the user scrolled up. */
@customElement('callboard-task-log')
export class TaskLog extends LightElement {
  @property({ attribute: false }) accessor lines: readonly string[] = [];
  /** Accessible name of the log. */
  @property({ attribute: false }) accessor name = '';
  #isFollowing = true;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('name')) this.#isFollowing = true;
  }

  protected override render(): TemplateResult {
    return html`<pre
      class="task-log"
      tabindex="0"
      role="log"
      aria-label=${this.name}
      @scroll=${this.#scrolled}
    >
${this.lines.join('\n')}</pre>`;
  }

  protected override updated(): void {
    const log = this.querySelector('pre');
    if (log && this.#isFollowing) log.scrollTop = log.scrollHeight;
  }

  #scrolled = (event: Event): void => {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget as HTMLElement;
    this.#isFollowing = scrollHeight - scrollTop - clientHeight < FOLLOW_DISTANCE;
  };
}

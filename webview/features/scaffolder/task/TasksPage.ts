import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PortalPage } from '../../../../src/api';
import {
  portalRequests,
  type TaskListView,
  type TaskRow,
} from '../../../../src/features/portal/protocol';
import type { PortalContext, PortalPageElement } from '../../../portal/portalContext';
import {
  badge,
  emptyState,
  failedPage,
  icon,
  loadingState,
  secondaryButton,
} from '../../../shared/controls';
import { LightElement } from '../../../shared/elements/LightElement';
import { Resource } from '../../../shared/host/Resource';
import { link } from '../../../shared/links';
import { translate } from '../../../shared/translate';
import { momentOf, taskStatus } from './taskStatus';

/** The last runs of templates. */
@customElement('callboard-tasks-page')
export class TasksPage extends LightElement implements PortalPageElement {
  @property({ attribute: false }) accessor page: PortalPage = { page: 'tasks' };
  @property({ attribute: false }) accessor portal!: PortalContext;

  #view = new Resource<TaskListView>(this, signal =>
    this.portal.request(portalRequests.getTasks, {}, signal),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#view.reload();
  }

  refresh(): void {
    void this.#view.reload();
  }

  protected override render(): TemplateResult {
    this.portal.setTitle(translate('Runs of Templates'));
    const view = this.#view.state;
    if (view.status === 'loading') return loadingState();
    if (view.status === 'failed') return failedPage(view.message, () => this.refresh());
    const { tasks } = view.value;
    if (tasks.length === 0) {
      return emptyState({
        icon: 'history',
        isPage: true,
        text: translate('No template was run here yet.'),
        detail: translate('Runs and dry runs are listed here, with what they said and made.'),
      });
    }
    return html`<div class="page task-page">
      <header class="task-header">
        <h1>${translate('Runs of Templates')}</h1>
        <div class="task-buttons">
          ${secondaryButton(translate('Clear History'), () => void this.#clear())}
        </div>
      </header>
      <table class="task-table">
        <thead>
          <tr>
            <th scope="col">${translate('Template')}</th>
            <th scope="col">${translate('State')}</th>
            <th scope="col">${translate('Where')}</th>
            <th scope="col">${translate('Started')}</th>
          </tr>
        </thead>
        <tbody>
          ${tasks.map(task => this.#row(task))}
        </tbody>
      </table>
    </div>`;
  }

  #row({ id, title, isDryRun, status, place, startedAt, instance }: TaskRow): TemplateResult {
    const target = { type: 'page', page: { page: 'task', id } } as const;
    return html`<tr>
      <th scope="row">
        ${link(html`${icon('wand')}${title}`, target, this.portal)}
        ${isDryRun ? badge(translate('dry run'), 'info') : ''}
      </th>
      <td>${taskStatus(status)}</td>
      <td>${instance ? translate('on {0}', instance.name) : (place ?? '')}</td>
      <td>${momentOf(startedAt)}</td>
    </tr>`;
  }

  async #clear(): Promise<void> {
    await this.portal.request(portalRequests.clearTasks, {});
    this.refresh();
  }
}

import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PortalPage } from '../../../../src/api';
import {
  portalRequests,
  type TaskListView,
  type TaskRow,
} from '../../../../src/features/portal/protocol';
import type { PortalPageElement } from '../../../portal/portalContext';
import { ViewElement } from '../../../portal/ViewElement';
import { badge, emptyState, icon, secondaryButton } from '../../../shared/controls';
import { link } from '../../../shared/links';
import { translate } from '../../../shared/translate';
import { momentOf, taskStatus } from './taskStatus';
import { keyedList } from '../../../shared/keyedList';

/** List of recent template runs. */
@customElement('callboard-tasks-page')
export class TasksPage extends ViewElement<TaskListView> implements PortalPageElement {
  @property({ attribute: false }) accessor page: PortalPage = { page: 'tasks' };

  override connectedCallback(): void {
    super.connectedCallback();
    this.refresh();
  }

  protected override load(signal: AbortSignal): Promise<TaskListView> {
    return this.portal.request(portalRequests.getTasks, {}, signal);
  }

  protected override firstUpdated(): void {
    this.portal.setTitle(translate('Template Runs'));
  }

  protected override draw({ tasks }: TaskListView): TemplateResult {
    if (tasks.length === 0) {
      return emptyState({
        icon: 'history',
        isPage: true,
        text: translate('No template runs yet.'),
        detail: translate('Runs and dry runs appear here with their logs and files.'),
      });
    }
    return html`<div class="page task-page">
      <header class="task-header">
        <h1>${translate('Template Runs')}</h1>
        <div class="task-buttons">
          ${secondaryButton(translate('Clear History'), () => void this.#clear())}
        </div>
      </header>
      <table class="task-table">
        <thead>
          <tr>
            <th scope="col">${translate('Template')}</th>
            <th scope="col">${translate('Status')}</th>
            <th scope="col">${translate('Location')}</th>
            <th scope="col">${translate('Started')}</th>
          </tr>
        </thead>
        <tbody>
          ${keyedList(
            tasks,
            ({ id }) => id,
            task => this.#row(task),
          )}
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

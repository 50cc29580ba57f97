import type { CatalogService, StateService, TemplateTask } from '../../../../../api';
import { type Disposable, DisposableStore, Emitter, joinUri, onDemand } from '../../../../../base';
import { entityTitle } from '../../../../../model/presentation';
import { addedPaths, pointerOf } from '../../../../../model/forms';
import { emptyForm } from '../../forms/formField';
import type { TemplateForms } from '../template/templatePages';
import { TemplateDrafts } from '../template/templateView';
import {
  linksOf,
  type ReusedTask,
  type TaskActionRequest,
  type TaskDesk,
  type TaskFileRequest,
  type TaskLink,
  type TaskListView,
  type TaskRequest,
  type TaskView,
  textsOf,
} from './taskView';

export interface TaskPagesDeps {
  readonly forms: Pick<TemplateForms, 'tasks' | 'resolveForm'>;
  readonly state: StateService;
  readonly catalog: Pick<CatalogService, 'getEntityByRef' | 'getEntityRefsInFile'>;
  /** Display path of a file or folder. */
  readonly placeOf: (uri: string) => string;
}

/** Maximum number of files to show. */
const MAX_FILES = 2_000;
/** Maximum number of the run's entities to link to. */
const MAX_ENTITIES = 5;

/** Task pages. The tasks are loaded on first use. */
export class TaskPages implements Disposable {
  readonly #deps: TaskPagesDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<void>());
  readonly #drafts: TemplateDrafts;

  /** Fires when a page may have changed. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: TaskPagesDeps) {
    this.#deps = deps;
    this.#drafts = new TemplateDrafts(deps.state);
  }

  async getTasks(): Promise<TaskListView> {
    const tasks = (await this.#desk()).list();
    return { tasks: tasks.map(({ folder, ...task }) => ({ ...task, place: this.#place(folder) })) };
  }

  /** @throws Error if the run no longer exists */
  async getTask({ id }: TaskRequest): Promise<TaskView> {
    const full = await this.#task(id);
    const { values: _, output, folder, files, ...task } = full;
    const links = linksOf(output);
    return {
      ...task,
      files: files.slice(0, MAX_FILES),
      fileCount: files.length,
      writtenCount: files.filter(({ change }) => change !== 'kept').length,
      place: this.#place(folder),
      links: [...links, ...this.#entityLinks(full, links)],
      texts: textsOf(output),
    };
  }

  /** Links to entities of the written files, without those that the template links to. */
  #entityLinks(
    { status, isDryRun, folder, files }: TemplateTask,
    others: readonly TaskLink[],
  ): readonly TaskLink[] {
    if (status !== 'completed' || isDryRun || folder === undefined) return [];
    const { catalog } = this.#deps;
    const linked = new Set(
      others.flatMap(({ target }) => (target.type === 'entity' ? target.entityRef : [])),
    );
    return files
      .filter(({ path, change }) => change !== 'kept' && /\.ya?ml$/.test(path))
      .flatMap(({ path }) => catalog.getEntityRefsInFile(joinUri(folder, path)))
      .filter(ref => !linked.has(ref))
      .slice(0, MAX_ENTITIES)
      .flatMap(entityRef => {
        const entity = catalog.getEntityByRef(entityRef);
        return entity
          ? [{ title: entityTitle(entity), target: { type: 'entity', entityRef } as const }]
          : [];
      });
  }

  async act({ id, action }: TaskActionRequest): Promise<void> {
    const desk = await this.#desk();
    switch (action) {
      case 'cancel':
        return desk.cancel(id);
      case 'retry':
        return desk.retry(id);
      case 'openFolder':
        return desk.openFolder(id);
      case 'showLog':
        return desk.showLog();
    }
  }

  async showFile({ id, path }: TaskFileRequest): Promise<void> {
    await (await this.#desk()).showFile(id, path);
  }

  /** Fills in a Template's form with a run's values. Secrets have to be entered again. */
  async reuse({ id }: TaskRequest, signal: AbortSignal): Promise<ReusedTask> {
    const { template, values, isDryRun } = await this.#task(id);
    const filled = await this.#deps.forms.resolveForm(template, { ...emptyForm, values }, signal);
    // Fields with a default that were empty in the run.
    const cleared = addedPaths(values, filled.draft.values).map(pointerOf);
    const state = { ...emptyForm, values, cleared };
    await this.#drafts.set(template, { state, reached: filled.pages.length });
    return { template, isDryRun };
  }

  async clear(): Promise<void> {
    await (await this.#desk()).clear();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #desk = onDemand(async (): Promise<TaskDesk> => {
    const desk = await this.#deps.forms.tasks();
    this.#store.add(desk.onDidChange(() => this.#changed.fire()));
    return desk;
  });

  async #task(id: string): Promise<TemplateTask> {
    const task = (await this.#desk()).get(id);
    if (!task) throw new Error('This run no longer exists');
    return task;
  }

  #place(folder: string | undefined): string | undefined {
    return folder === undefined ? undefined : this.#deps.placeOf(folder);
  }
}

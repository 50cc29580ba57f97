import type {
  CatalogService,
  LoadedTemplate,
  ScaffolderAction,
  ScaffolderService,
  TemplateActionUse,
  TemplateFile,
  TemplateInput,
  TemplateInputCheck,
  TemplateInstance,
  TemplateProvider,
  TemplateRunOptions,
  TemplateRunResult,
  TemplateSummary,
} from '../../../api';
import { type Disposable, DisposableStore, Emitter, type Logger } from '../../../base';
import { type Entity, type JsonObject, type JsonValue, stringifyEntityRef } from '../../../model';
import { jsonRecord, recordAt } from '../../../model/json';
import type { Clock, FileSystem, WorkerPool } from '../../../platform/core/ports';
import type { DescribedAction } from '../../plugins/core';
import { defaultRepoHosts } from '../../scm/core/forges';
import { backstageActions } from '../../templates/core';
import { workspaceActions } from './actions/builtinActions';
import { lookupIn } from './actions/catalogActions';
import { localActions } from './actions/localActions';
import type { FormState, ResolvedForm } from './forms/formField';
import { type InstanceForms, isServed } from './instances/instanceForms';
import type { Publication } from './publish/publication';
import { TemplateEngine } from './rendering/templateEngine';
import {
  type RecordedRun,
  runTemplate,
  type ScaffolderSettings,
  type TemplateRunDeps,
} from './runTemplate';
import { type TaskCheckpoint, taskSteps } from './task/taskEvents';
import { readShippedTemplates } from './templates/findTemplate';
import { ProvidedTemplates } from './templates/providedTemplates';
import { templateSummary } from './templates/readTemplate';

export interface ScaffolderEngineDeps {
  readonly catalog: CatalogService;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Required, because a Template with an endless loop can only be stopped in a worker. */
  readonly workers: WorkerPool;
  /** Actions that plugins contribute. */
  readonly contributed: () => Iterable<ScaffolderAction>;
  /** Actions that plugins describe. Those without an implementation are skipped. */
  readonly described: () => readonly DescribedAction[];
  /** URI of the folder with the Templates that ship with Callboard. */
  readonly shipped: string;
  /** Sources of templates of plugins. */
  readonly provided: () => Iterable<TemplateProvider>;
  /** URI of the git repository, or else the workspace folder, of a file. */
  readonly repositoryOf: (file: string) => Promise<string | undefined>;
  readonly settings: () => Promise<ScaffolderSettings>;
  /** Ref of the user's entity. */
  readonly userRef: () => string | undefined;
  /** Templates that run in Backstage. Undefined if there are none. */
  readonly served?: {
    /** The instance whose catalog contains a file (a URI). */
    readonly instanceOf: (file: string) => TemplateInstance | undefined;
    readonly forms: Pick<InstanceForms, 'parametersOf'>;
  };
}

/** Differences of a run from a dry run. */
export interface RunSettings {
  readonly isDryRun: boolean;
  /** Remote access. Undefined if there is none. */
  readonly remote?: TemplateRunDeps['remote'];
  /** Publishing actions. If undefined, everything stays local. */
  readonly publication?:
    | (Pick<Publication, 'actions'> & Partial<Pick<Publication, 'filesOf'>>)
    | undefined;
  /** State to resume from. */
  readonly resume?: TaskResumption | undefined;
  /** Receives the state to resume from when a step fails or is cancelled. */
  readonly onCheckpoint?: (resumption: TaskResumption) => void;
}

/** State of a failed task. It resumes with the same version of its Template. */
export interface TaskResumption {
  readonly checkpoint: TaskCheckpoint;
  readonly taskId: string;
  readonly template: LoadedTemplate;
}

/** Templates of the catalog, of plugins, and those that ship with Callboard. In this order, the first of a ref wins. */
export class ScaffolderEngine
  implements
    Pick<ScaffolderService, 'onDidChange' | 'getTemplates' | 'loadTemplate' | 'check'>,
    Disposable
{
  readonly #deps: ScaffolderEngineDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<void>());
  readonly #engine: TemplateEngine;
  readonly #runs = new WeakMap<TemplateRunResult, RecordedRun>();
  readonly #provided: ProvidedTemplates;
  #shipped: Promise<readonly LoadedTemplate[]> | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(deps: ScaffolderEngineDeps) {
    this.#deps = deps;
    this.#engine = new TemplateEngine(deps.workers);
    this.#provided = new ProvidedTemplates(deps);
    this.#store.add(this.#provided.onDidChange(() => this.#changed.fire()));
    const { catalog } = deps;
    this.#store.add(
      catalog.onDidChange(({ entityRefs }) => {
        if ([...entityRefs].some(ref => ref.startsWith('template:'))) this.#changed.fire();
      }),
    );
  }

  async getTemplates(): Promise<readonly TemplateSummary[]> {
    const { catalog } = this.#deps;
    // By ref, because a filter would assemble all entities.
    const own = catalog
      .getEntityRefs()
      .filter(ref => ref.startsWith('template:'))
      .flatMap(ref => catalog.getEntityByRef(ref) ?? [])
      .flatMap(entity => this.#summaryOf(entity) ?? []);
    const others = [...(await this.#loadProvided()), ...(await this.#loadShipped())];
    const byRef = new Map<string, TemplateSummary>();
    for (const one of [...own, ...others]) if (!byRef.has(one.ref)) byRef.set(one.ref, one);
    return [...byRef.values()].sort((a, b) => (a.title < b.title ? -1 : 1));
  }

  async loadTemplate(ref: string): Promise<LoadedTemplate | undefined> {
    const entity = await this.#deps.catalog.loadEntity(ref);
    const summary = entity && this.#summaryOf(entity);
    if (!entity || !summary) {
      const isWanted = (template: LoadedTemplate): boolean => template.ref === ref;
      return (
        (await this.#loadProvided()).find(isWanted) ?? (await this.#loadShipped()).find(isWanted)
      );
    }
    const json = jsonRecord(entity);
    const uses = this.#usesOf(json);
    // Only the server knows its actions.
    const actions = summary.instance
      ? uses.map(use => ({ ...use, isKnown: true, isSkipped: false }))
      : uses;
    return { ...summary, entity: json, actions };
  }

  async check(ref: string, values: JsonObject, signal: AbortSignal): Promise<TemplateInputCheck> {
    const parameters = await this.#parametersOf(await this.#require(ref));
    const { errors, visible } = await this.#engine.run(
      'parameters',
      { parameters, values },
      signal,
    );
    return { errors: errors.map(({ path, message }) => ({ path, message })), visible };
  }

  /**
   * Resolves a Template's form for the current values.
   * @param reached - number of pages that the user has reached. Default: all
   * @throws Error if the Template doesn't exist or its form can't be shown
   */
  async resolveForm(
    ref: string,
    state: FormState,
    signal: AbortSignal,
    reached?: number,
  ): Promise<ResolvedForm> {
    const parameters = await this.#parametersOf(await this.#require(ref));
    const { hosts } = await this.#deps.settings();
    return this.#engine.run('form', { parameters, state, reached, hosts }, signal);
  }

  /** Runs a Template. The caller writes the files. */
  async runInMemory(
    ref: string,
    { values, secrets }: TemplateInput,
    {
      signal,
      onLog,
      isDryRun,
      remote,
      publication,
      resume,
      onCheckpoint,
    }: TemplateRunOptions & RunSettings,
  ): Promise<TemplateRunResult> {
    const { catalog, fileSystem, clock, contributed } = this.#deps;
    const template = resume?.template ?? (await this.#require(ref));
    if (template.instance) {
      throw new Error(`${template.title} runs on ${template.instance.name} and can't run here`);
    }
    const { hosts, addresses, environment } = await this.#deps.settings();
    const taskId = resume?.taskId ?? `${isDryRun ? 'dry-run-' : ''}${crypto.randomUUID()}`;
    const user = await this.#user();
    const run = await runTemplate(
      {
        template: template.entity,
        templateInfo: { entityRef: ref, baseUrl: template.file },
        user,
        repository: await this.boundaryOf(template),
        workspacePath: `/tmp/${taskId}`,
        values,
        secrets,
        taskId,
        isDryRun,
        environment,
      },
      {
        engine: this.#engine,
        catalog: lookupIn(catalog),
        actions: [...(publication?.actions ?? localActions(hosts)), ...contributed()],
        described: this.#deps.described(),
        fileSystem,
        clock,
        signal,
        remote,
        hosts,
        addresses,
        onLog,
        resume: resume?.checkpoint,
        onCheckpoint: onCheckpoint && (one => onCheckpoint({ checkpoint: one, taskId, template })),
      },
    );
    const { status, steps, output, error } = run.result;
    const result: TemplateRunResult = {
      status,
      steps,
      output,
      error,
      files: [...(publication?.filesOf?.(run.files) ?? run.files)].map(
        ([path, file]): TemplateFile => ({ path, ...file }),
      ),
    };
    this.#runs.set(result, { template, run, values, secrets, user: user.ref, taskId });
    return result;
  }

  /** Finds the Template of a plugin by its ref, and the folder (a URI) whose files it may read. */
  async findProvided(
    ref: string,
  ): Promise<{ template: LoadedTemplate; folder: string | undefined } | undefined> {
    const template = (await this.#loadProvided()).find(one => one.ref === ref);
    return template && { template, folder: this.#provided.folderOf(template) };
  }

  /** Returns the folder (a URI) whose files a Template may read: its plugin's, or its repository. */
  async boundaryOf(template: LoadedTemplate): Promise<string | undefined> {
    return this.#provided.folderOf(template) ?? this.#deps.repositoryOf(template.file);
  }

  /** Input and sources of a reported run. Kept separately because they contain secrets. */
  runOf(result: TemplateRunResult): RecordedRun | undefined {
    return this.#runs.get(result);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #require(ref: string): Promise<LoadedTemplate> {
    const template = await this.loadTemplate(ref);
    if (!template) throw new Error(`There is no template ${ref}`);
    return template;
  }

  async #parametersOf(template: LoadedTemplate): Promise<JsonValue | undefined> {
    const { served } = this.#deps;
    return served && isServed(template)
      ? served.forms.parametersOf(template)
      : recordAt(template.entity, 'spec')['parameters'];
  }

  #usesOf(template: JsonObject): readonly TemplateActionUse[] {
    const { contributed, described } = this.#deps;
    const others = new Set(described().map(({ id }) => id));
    const own = new Set([...localActions(defaultRepoHosts), ...contributed()].map(({ id }) => id));
    const ids = new Set(taskSteps(recordAt(template, 'spec')['steps']).map(({ action }) => action));
    return [...ids].map(id => {
      const isRun = workspaceActions.has(id) || own.has(id);
      const isKnown = isRun || others.has(id) || backstageActions.get(id) !== undefined;
      return {
        id,
        isKnown,
        isOutward: !workspaceActions.has(id),
        isSkipped: isKnown && !isRun,
      };
    });
  }

  async #user(): Promise<{ ref?: string; entity?: JsonObject }> {
    const ref = this.#deps.userRef();
    if (ref === undefined) return {};
    const entity = await this.#deps.catalog.loadEntity(ref);
    return entity ? { ref, entity: jsonRecord(entity) } : { ref };
  }

  #summaryOf(entity: Entity): TemplateSummary | undefined {
    if (entity.kind !== 'Template') return undefined;
    const ref = stringifyEntityRef(entity);
    const source = this.#deps.catalog.getEntitySource(ref);
    if (!source) return undefined;
    const { file } = source;
    const summary = templateSummary(jsonRecord(entity), { ref, file, isShipped: false });
    const instance = this.#deps.served?.instanceOf(file);
    return instance ? { ...summary, instance } : summary;
  }

  async #loadProvided(): Promise<readonly LoadedTemplate[]> {
    const templates = await this.#provided.load();
    return templates.map(one => ({ ...one, actions: this.#usesOf(one.entity) }));
  }

  /** Cached, because they don't change while the window is open. */
  #loadShipped(): Promise<readonly LoadedTemplate[]> {
    this.#shipped ??= this.#readShipped().catch((error: unknown) => {
      this.#deps.logger.error("Can't read the templates that ship with Callboard", error);
      return [];
    });
    return this.#shipped;
  }

  async #readShipped(): Promise<readonly LoadedTemplate[]> {
    const { fileSystem, shipped } = this.#deps;
    const templates = await readShippedTemplates(shipped, fileSystem);
    return templates.map(one => ({ ...one, actions: this.#usesOf(one.entity) }));
  }
}

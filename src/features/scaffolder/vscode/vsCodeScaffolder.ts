import * as vscode from 'vscode';
import type {
  LoadedTemplate,
  ScaffolderService,
  TemplateFile,
  TemplateInput,
  TemplateRunOptions,
} from '../../../api';
import { type Disposable, DisposableStore, onDemand } from '../../../base';
import { withoutLinks } from '../../../platform/core';
import type { WorkerPool } from '../../../platform/core/ports';
import { fromUri } from '../../../platform/vscode/convert';
import { type QuickSteps, withQuickSteps } from '../../../platform/vscode/quickInput';
import { createImportService } from '../../authoring/core/import';
import { type RepoHosts } from '../../scm/core/forges';
import {
  emptyForm,
  entityChoices,
  type FormState,
  InstanceForms,
  isServed,
  type ResolvedForm,
  type RunSettings,
  ScaffolderEngine,
  type ScaffolderSettings,
  tagChoices,
  type TaskAttempt,
  TemplateTests,
} from '../core';
import type { TemplateRecord } from '../core/drift';
import { TemplateDrafts, type TemplateForms } from '../core/pages';
import { assertMayRun, canRun, isAgreed } from './consent/consent';
import type { ProjectDrift } from './drift/projectDrift';
import type { Publishing } from './publishing/publishing';
import { repositoryOf } from './publishing/repositoryOf';
import { type AttemptRequest, RunLog } from './runs/attempts';
import { Creation } from './runs/creation';
import { dryRun } from './runs/dryRun';
import { FolderStarts, instanceOf } from './runs/folderStarts';
import type { InstanceRuns } from './runs/instanceRuns';
import { type ExistingChoice, type Launch, Launches } from './runs/launches';
import { fillInQuickly, isQuick } from './runs/quickForm';
import { RunWriter, type WrittenRun } from './runs/runWriter';
import { askLaunch, chooseComparison } from './runs/startTemplate';
import { VsCodeTaskDesk } from './runs/taskDesk';
import type { ScaffolderDeps } from './scaffolderDeps';
import { allowedHosts, readScaffolderSettings } from './scaffolderSettings';
import { ForgeAccounts, forgeChoices } from './tokens/forgeAccounts';
import { asksForAccess, withRequestedAccess, withStandIns } from './tokens/requestedAccess';

/** Runs templates where the developer is, after the developer has agreed. */
export class VsCodeScaffolder implements ScaffolderService, TemplateForms, Disposable {
  readonly #deps: ScaffolderDeps;
  readonly #store = new DisposableStore();
  readonly #engine: ScaffolderEngine;
  readonly #tests: TemplateTests;
  readonly #drafts: TemplateDrafts;
  readonly #drift: () => Promise<ProjectDrift>;
  readonly #publishing: () => Promise<Publishing>;
  readonly #instanceRuns: () => Promise<InstanceRuns>;
  readonly #log = this.#store.add(new RunLog());
  /** Comes with the first that fetches. */
  readonly #fetchConsent = onDemand(async () => {
    const { FetchConsent } = await import('./consent/fetchConsent');
    return new FetchConsent();
  });
  readonly #starts: FolderStarts;
  readonly #accounts: ForgeAccounts;
  readonly #tasks: VsCodeTaskDesk;
  readonly #writer: RunWriter;
  readonly #launches: Launches;
  /** What the last preview made, and of what. */
  #preview: { readonly key: string; readonly files: readonly TemplateFile[] } | undefined;

  constructor(deps: ScaffolderDeps & { readonly workers: WorkerPool }) {
    this.#deps = deps;
    const { catalog, identity, fileSystem, clock, logger, workers, extensionUri } = deps;
    const settings = (): Promise<ScaffolderSettings> => readScaffolderSettings(deps);
    this.#engine = this.#store.add(
      new ScaffolderEngine({
        catalog,
        fileSystem,
        clock,
        logger,
        workers,
        contributed: deps.contributed,
        shipped: fromUri(vscode.Uri.joinPath(extensionUri, 'templates')),
        repositoryOf: file => repositoryOf(file, fileSystem),
        settings,
        userRef: () => identity.getOwnershipRefs().find(ref => ref.startsWith('user:')),
        served: {
          instanceOf: file => instanceOf(file, deps.sources),
          forms: new InstanceForms(deps),
        },
      }),
    );
    const importer = createImportService({ fileSystem, clock, catalog: deps.engine });
    this.#starts = new FolderStarts({ importer, logger });
    const { git, http } = deps.tools;
    const hosts = async (): Promise<RepoHosts> => (await settings()).hosts;
    const { secrets } = deps;
    this.#accounts = new ForgeAccounts({ secrets, logger, hosts, http, clock });
    const forges = this.#accounts;
    this.#publishing = onDemand(async () => {
      const publishing = await import('./publishing/publishing');
      return new publishing.Publishing({ catalog, fileSystem, git, settings, forges });
    });
    this.#drafts = new TemplateDrafts(deps.state);
    this.#tasks = this.#store.add(
      new VsCodeTaskDesk({
        clock,
        logger,
        state: deps.state,
        actions: deps.actions,
        resolveForm: (...request) => this.#engine.resolveForm(...request),
        showLog: () => this.#log.show(true),
        follow: async attempt => (await this.#instanceRuns()).follow(attempt),
      }),
    );
    this.#instanceRuns = onDemand(async () => {
      const { InstanceRuns } = await import('./runs/instanceRuns');
      const of = { engine: this.#engine, log: this.#log, tasks: this.#tasks };
      return new InstanceRuns({ ...deps, ...of, hosts });
    });
    this.#drift = onDemand(async () => {
      const drift = await import('./drift/projectDrift');
      return new drift.ProjectDrift({
        actions: deps.actions,
        catalog,
        fileSystem,
        clock,
        logger,
        workers,
        settings,
        contributed: deps.contributed,
        repositoryOf: file => repositoryOf(file, fileSystem),
        openRepository: deps.tools.openRepository,
        remoteFor: template => this.#remoteFor(template),
        runOf: result => this.#engine.runOf(result),
        loadTemplate: ref => this.#engine.loadTemplate(ref),
        openOutput: folder => this.#writer.openOutput(folder),
        fillIn: (template, record) => this.#fillIn(template, record),
      });
    });
    this.#writer = new RunWriter({
      openDisk: folder => deps.tools.openOutput(folder),
      records: this.#drift,
      log: this.#log,
    });
    this.#launches = new Launches({
      publishing: this.#publishing,
      openOutput: folder => this.#writer.openOutput(folder),
    });
    this.#tests = new TemplateTests({
      fileSystem,
      clock,
      logger,
      workers,
      contributed: deps.contributed,
    });
  }

  get onDidChange(): ScaffolderService['onDidChange'] {
    return this.#engine.onDidChange;
  }

  getTemplates: ScaffolderService['getTemplates'] = () => this.#engine.getTemplates();
  loadTemplate: ScaffolderService['loadTemplate'] = ref => this.#engine.loadTemplate(ref);
  check: ScaffolderService['check'] = (ref, values, signal) =>
    this.#engine.check(ref, values, signal);
  dryRun: ScaffolderService['dryRun'] = async (ref, input, options) => {
    assertMayRun();
    const template = await this.#require(ref);
    if (isServed(template))
      return (await this.#instanceRuns()).preview({ template, input }, options);
    const remote = this.#remoteFor(template);
    const given = await this.#withStandIns(template, input, options.signal);
    const result = await this.#engine.runInMemory(ref, given, {
      ...options,
      remote,
      isDryRun: true,
    });
    if (result.status === 'completed') {
      this.#preview = { key: previewKey(ref, input), files: result.files };
    }
    return result;
  };

  launchOptions: TemplateForms['launchOptions'] = async (ref, { values, target }) => {
    const template = await this.#require(ref);
    const { key, files = [] } = this.#preview ?? {};
    return this.#launches.options(template, {
      values,
      target,
      start: this.#starts.placeOf(ref),
      files: key?.startsWith(previewKey(ref, { values })) ? files : [],
    });
  };

  chooseLaunchFolder: TemplateForms['chooseLaunchFolder'] = () =>
    this.#launches.chooseParent(vscode.l10n.t('Select a Folder'));

  launch: TemplateForms['launch'] = async (ref, input, { choice, isDryRun }) => {
    const template = await this.#require(ref);
    if (!(await canRun(template))) return false;
    const start = this.#starts.placeOf(ref);
    if (isDryRun)
      return this.#dryRun({ template, input }, this.#launches.comparison(choice, start));
    const isPreviewed = this.#preview?.key === previewKey(ref, input);
    return this.#create(
      { template, input },
      {
        ...(await this.#launches.read(choice, start)),
        agreed: isPreviewed ? this.#preview?.files : undefined,
      },
    );
  };

  resolveForm: TemplateForms['resolveForm'] = (ref, state, ...request) => {
    const { values, cleared } = state;
    const isBegun = cleared.length > 0 || Object.keys(values).length > 0;
    const begun = isBegun ? state : { ...state, values: this.#starts.valuesOf(ref) };
    return this.#engine.resolveForm(ref, begun, ...request);
  };
  entityChoices: TemplateForms['entityChoices'] = picker =>
    Promise.resolve(entityChoices(picker, this.#choiceDeps));
  tagChoices: TemplateForms['tagChoices'] = picker =>
    Promise.resolve(tagChoices(picker, this.#choiceDeps));

  forgeChoices: TemplateForms['forgeChoices'] = (lookup, signal) =>
    forgeChoices(lookup, { forges: this.#accounts, signal });

  readTests: ScaffolderService['readTests'] = file => this.#tests.readTests(file);
  runTest: ScaffolderService['runTest'] = async (file, name, options) => {
    assertMayRun();
    return this.#tests.runTest(file, name, options);
  };

  async acceptTest(
    file: string,
    name: string,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<void> {
    assertMayRun();
    const update = await this.#tests.goldenOf(file, name, { signal });
    if (!update) return;
    const { root, folder, write, remove } = update;
    const output = await this.#writer.openOutput(root);
    for (const path of remove) await output.remove(`${folder}/${path}`);
    for (const [path, { content, isExecutable }] of write) {
      await output.write(`${folder}/${path}`, content, { isExecutable });
    }
  }

  async start(
    ref: string,
    options: { readonly folder?: string; readonly isDryRun?: boolean },
  ): ReturnType<ScaffolderService['start']> {
    const template = await this.#require(ref);
    if (!(await canRun(template))) return 'cancelled';
    const { signal } = new AbortController();
    const resolve = (state: FormState): Promise<ResolvedForm> =>
      this.resolveForm(ref, state, signal);
    await this.#starts.start(template, options.folder);
    if (!isQuick(await resolve(emptyForm))) return 'form';
    const { title } = template;
    const keep = (state: FormState): Promise<void> => this.#drafts.set(ref, { state, reached: 1 });
    const { state: initial = emptyForm } = this.#drafts.get(ref) ?? {};
    return withQuickSteps(async steps => {
      const filled = await fillInQuickly({ steps, title, resolve, choices: this, initial, keep });
      if (!filled) return 'cancelled';
      if ('draft' in filled) {
        await keep(filled.draft);
        return 'form';
      }
      const { folder: asked, isDryRun = false } = options;
      const isStarted = await this.#askAndCreate(
        { template, input: filled.input },
        { asked, isDryRun, steps },
      );
      if (isStarted && !isDryRun) await this.#drafts.set(ref, undefined);
      return isStarted ? 'started' : 'cancelled';
    });
  }

  /** Asks what is left to be asked as further steps, and runs it. */
  async #askAndCreate(
    request: AttemptRequest,
    {
      asked,
      isDryRun,
      steps,
    }: {
      readonly asked: string | undefined;
      readonly isDryRun: boolean;
      readonly steps: QuickSteps;
    },
  ): Promise<boolean> {
    const { template, input } = request;
    if (!(await canRun(template))) return false;
    if (isDryRun) {
      const target =
        asked === undefined ? await chooseComparison(template.title, steps) : { folder: asked };
      steps.dispose();
      return target ? this.#dryRun(request, target.folder) : false;
    }
    if (isServed(template)) {
      steps.dispose();
      return (await this.#instanceRuns()).create({ template, input });
    }
    const publishing = await this.#publishing();
    const begun = this.#starts.placeOf(template.ref);
    const folder = asked ?? begun?.folder;
    const answers = await askLaunch({
      template,
      input,
      steps,
      publishing,
      start: folder === undefined ? undefined : { folder, isOfFolder: begun?.isOfFolder === true },
    });
    const launch = answers && {
      folder: answers.folder,
      choice: await publishing.read(answers, answers.folder),
    };
    steps.dispose();
    return launch ? this.#create(request, launch) : false;
  }

  async create(
    ref: string,
    input: TemplateInput,
    { folder: asked, isDryRun = false }: { readonly folder?: string; readonly isDryRun?: boolean },
  ): Promise<boolean> {
    const template = await this.#require(ref);
    return withQuickSteps(steps =>
      this.#askAndCreate({ template, input }, { asked, isDryRun, steps }),
    );
  }

  async tasks(): Promise<VsCodeTaskDesk> {
    return Promise.resolve(this.#tasks);
  }

  async #create(
    { template, input: filledIn }: AttemptRequest,
    {
      folder,
      choice,
      existing,
      agreed,
    }: Omit<Launch, 'existing'> & {
      readonly existing?: ExistingChoice;
      /** Files that the user has seen and agreed to. */
      readonly agreed?: readonly TemplateFile[] | undefined;
    },
  ): Promise<boolean> {
    const input = await this.#withAccess(template, filledIn, new AbortController().signal);
    if (!input) return false;
    const publishing = await this.#publishing();
    const { actions, clock, contributed } = this.#deps;
    const others = new Set([...contributed()].map(({ id }) => id));
    // What plugins and hosts do counts when it is done for good. What git does is only prepared until then.
    const isOutward =
      choice.place?.type === 'forge' || template.actions.some(({ id }) => others.has(id));
    const fetched = new Set<string>();
    const remote = this.#remoteFor(template, fetched);
    const creation = new Creation(
      { template, input, folder, choice, isOutward, agreed },
      {
        actions,
        clock,
        engine: this.#engine,
        log: this.#log,
        remote,
        fetched,
        publications: this.#store,
        rehearse: () => publishing.rehearse(choice),
        openPublication: mayAsk => publishing.open(choice, folder, mayAsk),
        withRecord: async (result, signal) =>
          (await this.#drift()).withRecord(result, { folder, signal }),
        write: (result, options) => this.#writer.write(result, { folder, existing, ...options }),
      },
    );
    const run = (attempt: TaskAttempt): ReturnType<Creation['run']> => creation.run(attempt);
    const result = await this.#tasks.start({ template, input, folder, isDryRun: false, run });
    if (result) this.#starts.forget(template.ref);
    return result !== undefined;
  }

  async #dryRun(
    { template, input: filledIn }: AttemptRequest,
    folder: string | undefined,
  ): Promise<boolean> {
    const output = folder === undefined ? undefined : await this.#writer.openOutput(folder);
    if (isServed(template)) {
      await (await this.#instanceRuns()).try({ template, input: filledIn }, { folder, output });
      return true;
    }
    const input = await this.#withStandIns(template, filledIn, new AbortController().signal);
    const remote = this.#remoteFor(template);
    const { actions } = this.#deps;
    const deps = { actions, engine: this.#engine, log: this.#log, remote, output };
    const run = (attempt: TaskAttempt): ReturnType<typeof dryRun> =>
      dryRun({ template, input }, attempt, deps);
    await this.#tasks.start({ template, input, folder, isDryRun: true, run });
    return true;
  }

  async run(
    ref: string,
    input: TemplateInput,
    options: TemplateRunOptions & { readonly folder: string },
  ): Promise<WrittenRun | undefined> {
    const template = await this.#require(ref);
    if (!(await canRun(template))) return undefined;
    if (!(await isAgreed(template, options.folder))) return undefined;
    const given = await this.#withAccess(template, input, options.signal);
    if (!given) return undefined;
    const { folder, ...others } = options;
    const remote = this.#remoteFor(template);
    const result = await this.#engine.runInMemory(ref, given, {
      ...others,
      remote,
      isDryRun: false,
    });
    return result.status === 'completed'
      ? this.#writer.write(result, { folder, signal: options.signal })
      : result;
  }

  checkForUpdates: ScaffolderService['checkForUpdates'] = async ({ folder }) =>
    (await this.#drift()).check(folder);

  dispose(): void {
    this.#store.dispose();
  }

  async #fillIn(
    { ref, title }: LoadedTemplate,
    { values, unset: cleared }: TemplateRecord,
  ): Promise<TemplateInput | undefined> {
    const { signal } = new AbortController();
    const resolve = (state: FormState): Promise<ResolvedForm> =>
      this.#engine.resolveForm(ref, state, signal);
    const initial = { ...emptyForm, values, cleared };
    if (isQuick(await resolve(initial))) {
      const filled = await withQuickSteps(steps =>
        fillInQuickly({ steps, title, resolve, choices: this, initial, hasPage: false }),
      );
      return filled && 'input' in filled ? filled.input : undefined;
    }
    const message = vscode.l10n.t(
      'The form of {0} is too rich to be filled in here: add what is missing to the values of the record.',
      title,
    );
    void vscode.window.showWarningMessage(withoutLinks(message));
    return undefined;
  }

  /** @param fetched - is added to as hosts are asked */
  #remoteFor(
    template: LoadedTemplate,
    fetched = new Set<string>(),
  ): NonNullable<RunSettings['remote']> {
    const { tools } = this.#deps;
    return {
      allowed: allowedHosts(),
      openHttp: isNamed => tools.openHttp(isNamed),
      mayFetch: async (host, url) => {
        const consent = await this.#fetchConsent();
        const isGiven = await consent.isGiven(template, host, url);
        if (isGiven) fetched.add(host);
        return isGiven;
      },
    };
  }

  async #require(ref: string): Promise<LoadedTemplate> {
    const template = await this.#engine.loadTemplate(ref);
    if (!template) throw new Error(vscode.l10n.t('There is no template {0}.', ref));
    return template;
  }

  #formOf(ref: string, { values }: TemplateInput, signal: AbortSignal): Promise<ResolvedForm> {
    return this.#engine.resolveForm(ref, { ...emptyForm, values }, signal);
  }

  /** For what only pretends to work with the user's access. */
  async #withStandIns(
    template: LoadedTemplate,
    input: TemplateInput,
    signal: AbortSignal,
  ): Promise<TemplateInput> {
    return asksForAccess(template)
      ? withStandIns(input, await this.#formOf(template.ref, input, signal))
      : input;
  }

  async #withAccess(
    template: LoadedTemplate,
    input: TemplateInput,
    signal: AbortSignal,
  ): Promise<TemplateInput | undefined> {
    if (!asksForAccess(template)) return input;
    const form = await this.#formOf(template.ref, input, signal);
    return withRequestedAccess(template, input, { form, accounts: this.#accounts, signal });
  }

  get #choiceDeps(): Parameters<typeof entityChoices>[1] {
    const { catalog, identity } = this.#deps;
    return { catalog, ownershipRefs: identity.getOwnershipRefs() };
  }

  setToken: ScaffolderService['setToken'] = async () =>
    (await import('./tokens/setToken')).setToken(this.#accounts);
}

/** Identifies what a preview was made of; with the values alone, the beginning of that. */
function previewKey(ref: string, { values, secrets }: Partial<TemplateInput>): string {
  const ofValues = `${ref}\n${JSON.stringify(values)}\n`;
  return secrets ? ofValues + JSON.stringify(secrets) : ofValues;
}

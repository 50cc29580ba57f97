import * as vscode from 'vscode';
import type {
  LoadedTemplate,
  TemplateFile,
  TemplateInput,
  TemplateRunOptions,
  TemplateRunResult,
} from '../../../../api';
import { dirnameUri, type Disposable, DisposableStore, onDemand } from '../../../../base';
import { enclosingRepository } from '../../../../platform/core/files';
import type { WorkerPool } from '../../../../platform/core/ports';
import { fromUri, toUri } from '../../../../platform/vscode/convert';
import type { RepoHosts } from '../../../scm/core/forges';
import {
  emptyForm,
  InstanceForms,
  isServed,
  type ResolvedForm,
  type RunSettings,
  ScaffolderEngine,
  type ScaffolderSettings,
} from '../../core';
import { canRun, confirmRun } from '../consent/consent';
import type { TemplateUpdatesDeps } from '../drift/templateUpdates';
import type { ScaffolderDeps } from '../scaffolderDeps';
import { allowedHosts, readScaffolderSettings } from '../scaffolderSettings';
import { ForgeAccounts } from '../tokens/forgeAccounts';
import {
  asksForAccess,
  withRequestedAccess,
  withPlaceholderSecrets,
} from '../tokens/requestedAccess';
import {
  type AttemptRequest,
  compareWithFolder,
  withWindowProgress,
  RunLog,
  runSteps,
} from './attempts';
import { Creation } from './creation';
import { instanceOf } from './folderStarts';
import type { ExistingChoice, Launch } from './launches';
import { RunWriter, type WrittenRun } from './runWriter';
import { openTask, VsCodeTaskDesk } from './taskDesk';

export interface TemplateRunnerDeps extends ScaffolderDeps, Pick<TemplateUpdatesDeps, 'fillIn'> {
  readonly workers: WorkerPool;
}

/** Target and options of a run. */
interface RunLaunch extends Omit<Launch, 'existing'> {
  readonly existing?: ExistingChoice;
  /** Files that the user has already agreed to. */
  readonly agreed?: readonly TemplateFile[] | undefined;
}

/** Runs templates in memory, here or in Backstage, and writes the files after the user agrees. */
export class TemplateRunner implements Disposable {
  readonly engine: ScaffolderEngine;
  readonly accounts: ForgeAccounts;
  readonly tasks: VsCodeTaskDesk;
  readonly writer: RunWriter;
  readonly #deps: TemplateRunnerDeps;
  readonly #settings: () => Promise<ScaffolderSettings>;
  readonly #store = new DisposableStore();
  readonly #log = this.#store.add(new RunLog());

  readonly publishing = onDemand(async () => {
    const { Publishing } = await import('../publishing/publishing');
    const { git } = this.#deps.tools;
    return new Publishing({ ...this.#deps, git, settings: this.#settings, forges: this.accounts });
  });

  readonly #instanceRuns = onDemand(async () => {
    const { InstanceRuns } = await import('./instanceRuns');
    const { engine, tasks } = this;
    return new InstanceRuns({ ...this.#deps, engine, tasks, log: this.#log, hosts: this.#hosts });
  });

  readonly #drift = onDemand(async () => {
    const { ProjectDrift } = await import('../drift/projectDrift');
    return new ProjectDrift({
      ...this.#deps,
      settings: this.#settings,
      described: () => this.#deps.engine.model.actions,
      boundaryOf: template => this.engine.boundaryOf(template),
      openRepository: this.#deps.tools.openRepository,
      remoteFor: template => this.#remoteFor(template),
      runOf: result => this.engine.runOf(result),
      loadTemplate: ref => this.engine.loadTemplate(ref),
      openOutput: folder => this.writer.openOutput(folder),
    });
  });

  /** Loaded for the first fetch. */
  readonly #fetchConsent = onDemand(async () => {
    const { FetchConsent } = await import('../consent/fetchConsent');
    return new FetchConsent();
  });

  constructor(deps: TemplateRunnerDeps) {
    this.#deps = deps;
    const { identity, extensionUri, tools } = deps;
    this.#settings = () => readScaffolderSettings(deps);
    this.engine = this.#store.add(
      new ScaffolderEngine({
        ...deps,
        described: () => deps.engine.model.actions,
        shipped: fromUri(vscode.Uri.joinPath(extensionUri, 'templates')),
        repositoryOf: this.#repositoryOf,
        settings: this.#settings,
        userRef: () => identity.getOwnershipRefs().find(ref => ref.startsWith('user:')),
        served: {
          instanceOf: file => instanceOf(file, deps.sources),
          forms: new InstanceForms(deps),
        },
      }),
    );
    this.accounts = new ForgeAccounts({ ...deps, settings: this.#settings, http: tools.http });
    this.tasks = this.#store.add(
      new VsCodeTaskDesk({
        ...deps,
        resolveForm: (...request) => this.engine.resolveForm(...request),
        showLog: () => this.#log.show(true),
        follow: async attempt => (await this.#instanceRuns()).follow(attempt),
      }),
    );
    this.writer = new RunWriter({
      openDisk: folder => tools.openOutput(folder),
      records: this.#drift,
      log: this.#log,
    });
  }

  async require(ref: string): Promise<LoadedTemplate> {
    const template = await this.engine.loadTemplate(ref);
    if (!template) throw new Error(vscode.l10n.t("Template {0} doesn't exist.", ref));
    return template;
  }

  /** Runs a template as a dry run without showing it. */
  async preview(
    { template, input }: AttemptRequest,
    options: TemplateRunOptions,
  ): Promise<TemplateRunResult> {
    if (isServed(template)) {
      return (await this.#instanceRuns()).preview({ template, input }, options);
    }
    const remote = this.#remoteFor(template);
    const given = await this.#withPlaceholderSecrets(template, input, options.signal);
    return this.engine.runInMemory(template.ref, given, { ...options, remote, isDryRun: true });
  }

  /** @returns whether it ran. False if the user cancelled */
  async create(request: AttemptRequest, launch: RunLaunch): Promise<boolean> {
    const { template } = request;
    const input = await this.#withAccess(template, request.input, new AbortController().signal);
    if (!input) return false;
    const { folder, choice, existing, agreed } = launch;
    const publishing = await this.publishing();
    const { actions, clock, contributed } = this.#deps;
    const others = new Set([...contributed()].map(({ id }) => id));
    // Effects of plugins and git hosts are immediate. Git commits are only prepared.
    const isOutward =
      choice.place?.type === 'forge' || template.actions.some(({ id }) => others.has(id));
    const fetched = new Set<string>();
    const creation = new Creation(
      { template, input, folder, choice, isOutward, agreed },
      {
        actions,
        clock,
        fetched,
        engine: this.engine,
        log: this.#log,
        remote: this.#remoteFor(template, fetched),
        publications: this.#store,
        openDryRun: () => publishing.openDryRun(choice),
        openPublication: mayPublish => publishing.open(choice, folder, mayPublish),
        withRecord: async (result, signal) =>
          (await this.#drift()).withRecord(result, { folder, signal }),
        write: (result, options) => this.writer.write(result, { folder, existing, ...options }),
      },
    );
    const result = await this.tasks.start({
      template,
      input,
      folder,
      isDryRun: false,
      run: attempt => creation.run(attempt),
    });
    return result !== undefined;
  }

  /**
   * Runs a template in its Backstage.
   * @returns whether it has started
   */
  async createOnInstance({ template, input }: AttemptRequest): Promise<boolean> {
    return isServed(template) && (await this.#instanceRuns()).create({ template, input });
  }

  /** @param folder - URI to compare the files with, if any */
  async dryRun({ template, input }: AttemptRequest, folder: string | undefined): Promise<void> {
    const output = folder === undefined ? undefined : await this.writer.openOutput(folder);
    if (isServed(template)) {
      return (await this.#instanceRuns()).showDryRun({ template, input }, { folder, output });
    }
    const given = await this.#withPlaceholderSecrets(template, input, new AbortController().signal);
    const { actions } = this.#deps;
    const remote = this.#remoteFor(template);
    const deps = { engine: this.engine, log: this.#log, remote, isDryRun: true };
    await this.tasks.start({
      template,
      input: given,
      folder,
      isDryRun: true,
      run: async attempt => {
        const { title } = template;
        this.#log.begin(vscode.l10n.t('{0} (dry run)', title));
        await openTask(attempt.id);
        return withWindowProgress(vscode.l10n.t('Previewing {0}…', title), attempt, {
          actions,
          run: async progress => {
            const request = { template, input: given };
            const result = await runSteps(request, attempt, { ...deps, ...progress });
            attempt.setFiles(await compareWithFolder(result.files, output));
            return result;
          },
        });
      },
    });
  }

  /**
   * Runs a template and writes its files to a folder.
   * @returns undefined if the user cancelled
   */
  async run(
    { template, input }: AttemptRequest,
    { folder, ...options }: TemplateRunOptions & { readonly folder: string },
  ): Promise<WrittenRun | undefined> {
    if (!(await canRun(template)) || !(await confirmRun(template, folder))) return undefined;
    const given = await this.#withAccess(template, input, options.signal);
    if (!given) return undefined;
    const remote = this.#remoteFor(template);
    const result = await this.engine.runInMemory(template.ref, given, {
      ...options,
      remote,
      isDryRun: false,
    });
    return result.status === 'completed'
      ? this.writer.write(result, { folder, signal: options.signal })
      : result;
  }

  async checkForUpdates(folder: string | undefined): Promise<void> {
    await (await this.#drift()).check(folder);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #hosts = async (): Promise<RepoHosts> => (await this.#settings()).hosts;

  /** URI of the files that a template may read: its repository, or else its workspace folder. */
  #repositoryOf = async (file: string): Promise<string | undefined> => {
    const repository = await enclosingRepository(dirnameUri(file), this.#deps.fileSystem);
    if (repository !== undefined) return repository;
    const folder = vscode.workspace.getWorkspaceFolder(toUri(file));
    return folder && fromUri(folder.uri);
  };

  /** @param fetched - receives the hosts that are fetched from */
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
        const isGiven = await consent.request(template, host, url);
        if (isGiven) fetched.add(host);
        return isGiven;
      },
    };
  }

  #formOf(ref: string, { values }: TemplateInput, signal: AbortSignal): Promise<ResolvedForm> {
    return this.engine.resolveForm(ref, { ...emptyForm, values }, signal);
  }

  /** Fills in placeholders for tokens, for dry runs. */
  async #withPlaceholderSecrets(
    template: LoadedTemplate,
    input: TemplateInput,
    signal: AbortSignal,
  ): Promise<TemplateInput> {
    return asksForAccess(template)
      ? withPlaceholderSecrets(input, await this.#formOf(template.ref, input, signal))
      : input;
  }

  async #withAccess(
    template: LoadedTemplate,
    input: TemplateInput,
    signal: AbortSignal,
  ): Promise<TemplateInput | undefined> {
    if (!asksForAccess(template)) return input;
    const form = await this.#formOf(template.ref, input, signal);
    return withRequestedAccess(template, input, { form, accounts: this.accounts, signal });
  }
}

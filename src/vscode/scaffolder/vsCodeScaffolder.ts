import * as vscode from 'vscode';
import type {
  ActionsService,
  CatalogService,
  IdentityService,
  LoadedTemplate,
  ScaffolderAction,
  ScaffolderService,
  TemplateInput,
  TemplateRunOptions,
  TemplateRunResult,
} from '../../api';
import { type Disposable, DisposableStore, type Logger, onDemand } from '../../base';
import type { Environment } from '../../core/appConfig';
import { createImportService, type DescriptorImporterDeps } from '../../core/import';
import type {
  Clock,
  FileSystem,
  GitPublisher,
  HttpClient,
  OutputFolder,
  Undo,
  WorkerPool,
} from '../../core/ports';
import type { TemplateForms } from '../../core/portal';
import {
  emptyForm,
  entityChoices,
  type FormState,
  type Publication,
  type PublishChoice,
  replacedFiles,
  type RepoHosts,
  type ResolvedForm,
  type RunSettings,
  ScaffolderEngine,
  type ScaffolderSettings,
  tagChoices,
  TemplateTests,
  writePublished,
} from '../../core/scaffolder';
import { VsCodeOutputFolder } from '../techdocs/vsCodeOutputFolder';
import { fromUri } from '../uri';
import { canRun, isAgreed, keptFiles, review } from './consent';
import { FolderStarts } from './folderStarts';
import { ForgeAccounts } from './forgeAccounts';
import { forgeChoices } from './forgeChoices';
import { Publishing, publishedSentences, publishingEffects, refuseUnsaved } from './publishing';
import { fillInQuickly, isQuick } from './quickForm';
import { asksForAccess, withRequestedAccess, withStandIns } from './requestedAccess';
import { RunLog } from './runLog';
import { repositoryOf } from './repositoryOf';
import { allowedHosts, readScaffolderSettings } from './scaffolderSettings';
import { setToken } from './setToken';
import { chooseTarget, reportRun, type WrittenRun } from './startTemplate';

export interface ScaffolderDeps {
  readonly actions: ActionsService;
  readonly catalog: CatalogService;
  readonly identity: IdentityService;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The catalog, as what looks into folders knows it. */
  readonly engine: DescriptorImporterDeps['catalog'];
  /** The environment variables of the host. */
  readonly environment: Environment;
  /** Of the folder that the extension is installed in. */
  readonly extensionUri: vscode.Uri;
  readonly secrets: vscode.SecretStorage;
  readonly workers: WorkerPool | undefined;
  readonly tools: {
    /** A folder (a URI) of the disk; undefined for others. */
    openOutput(folder: string): Promise<OutputFolder | undefined>;
    openHttp(isNamed: (host: string) => boolean): Promise<HttpClient>;
    readonly http: HttpClient;
    readonly git: GitPublisher;
  };
  /** The actions that plugins add. */
  readonly contributed: () => Iterable<ScaffolderAction>;
}

/** Runs templates where the developer is, after the developer has agreed. */
export class VsCodeScaffolder implements ScaffolderService, TemplateForms, Disposable {
  readonly #deps: ScaffolderDeps;
  readonly #store = new DisposableStore();
  readonly #engine: ScaffolderEngine;
  readonly #tests: TemplateTests;
  readonly #publishing: Publishing;
  readonly #log = this.#store.add(new RunLog());
  /** Comes with the first that fetches. */
  readonly #fetchConsent = onDemand(async () => {
    const { FetchConsent } = await import('./fetchConsent');
    return new FetchConsent();
  });
  readonly #starts: FolderStarts;
  readonly #accounts: ForgeAccounts;

  constructor(deps: ScaffolderDeps & { readonly workers: WorkerPool }) {
    this.#deps = deps;
    const { catalog, identity, fileSystem, clock, logger, workers, extensionUri } = deps;
    const settings = (): Promise<ScaffolderSettings> => readScaffolderSettings(deps);
    this.#engine = this.#store.add(
      new ScaffolderEngine({
        ...{ catalog, fileSystem, clock, logger, workers },
        contributed: deps.contributed,
        shipped: fromUri(vscode.Uri.joinPath(extensionUri, 'templates')),
        repositoryOf: file => repositoryOf(file, fileSystem),
        settings,
        userRef: () => identity.getOwnershipRefs().find(ref => ref.startsWith('user:')),
      }),
    );
    const importer = createImportService({ fileSystem, clock, catalog: deps.engine });
    this.#starts = new FolderStarts({ importer, logger });
    const { git, http } = deps.tools;
    const hosts = async (): Promise<RepoHosts> => (await settings()).hosts;
    const { secrets } = deps;
    this.#accounts = new ForgeAccounts({ secrets, logger, hosts, http, clock });
    const forges = this.#accounts;
    this.#publishing = new Publishing({ catalog, fileSystem, git, settings, forges });
    this.#tests = new TemplateTests({
      ...{ fileSystem, clock, logger, workers },
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
    const template = await this.#require(ref);
    const remote = this.#remoteFor(template);
    const given = asksForAccess(template)
      ? withStandIns(input, await this.#formOf(ref, input, options.signal))
      : input;
    return this.#engine.runInMemory(ref, given, { ...options, isDryRun: true, remote });
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
  runTest: ScaffolderService['runTest'] = (file, name, options) =>
    this.#tests.runTest(file, name, options);

  async acceptTest(
    file: string,
    name: string,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<void> {
    const update = await this.#tests.goldenOf(file, name, { signal });
    if (!update) return;
    const { root, folder, write, remove } = update;
    const output = await this.#openOutput(root);
    for (const path of remove) await output.remove(`${folder}/${path}`);
    for (const [path, { content, isExecutable }] of write) {
      await output.write(`${folder}/${path}`, content, { isExecutable });
    }
  }

  async start(
    ref: string,
    { folder }: { readonly folder?: string },
  ): ReturnType<ScaffolderService['start']> {
    const template = await this.#require(ref);
    if (!(await canRun(template))) return 'cancelled';
    const { signal } = new AbortController();
    const resolve = (state: FormState): Promise<ResolvedForm> =>
      this.resolveForm(ref, state, signal);
    await this.#starts.start(template, folder);
    if (!isQuick(await resolve(emptyForm))) return 'form';
    const { title } = template;
    const input = await fillInQuickly({ title, resolve, choices: this });
    if (!input) return 'cancelled';
    const isStarted = await this.create(ref, input, folder === undefined ? {} : { folder });
    return isStarted ? 'started' : 'cancelled';
  }

  async create(
    ref: string,
    filledIn: TemplateInput,
    { folder: asked }: { readonly folder?: string },
  ): Promise<boolean> {
    const template = await this.#require(ref);
    if (!(await canRun(template))) return false;
    const begun = this.#starts.placeOf(ref);
    const folder = begun?.isOfFolder
      ? begun.folder
      : await chooseTarget(template, filledIn, asked ?? begun?.folder);
    if (folder === undefined) return false;
    const input = await this.#withAccess(template, filledIn, new AbortController().signal);
    if (!input) return false;
    const choice = await this.#publishing.choose(template, folder);
    if (!choice) return false;
    const publication = await this.#publishing.open(choice, folder);
    try {
      return await this.#createIn(folder, { template, input, choice, publication });
    } finally {
      for (const address of publication?.leftBehind ?? []) {
        const left = vscode.l10n.t('{0} was created, and is still there without files.', address);
        this.#log.append(undefined, left);
      }
      publication?.dispose();
    }
  }

  async #createIn(
    folder: string,
    { template, input, choice, publication }: CreateRequest,
  ): Promise<boolean> {
    const { ref } = template;
    const { actions, contributed } = this.#deps;
    const others = new Set([...contributed()].map(({ id }) => id));
    // What plugins and hosts do counts when it is done for good: it is tried out first, and done after the user has
    // agreed. What git does is only prepared until then.
    const isDryRun =
      choice.place?.type === 'forge' || template.actions.some(({ id }) => others.has(id));
    const fetched = new Set<string>();
    const remote = this.#remoteFor(template, fetched);
    const draft = await actions.withProgress(
      vscode.l10n.t('Trying {0}…', template.title),
      ({ signal }) =>
        this.#engine.runInMemory(ref, input, {
          ...{ signal, isDryRun, remote },
          ...(isDryRun ? {} : { publication }),
        }),
    );
    const showLog = (): void => this.#log.show(true);
    if (draft.status !== 'completed' || !isDryRun) this.#log.write(template.title, draft);
    if (draft.status !== 'completed') {
      reportRun(template, draft, { folder, showLog });
      return true;
    }
    const place = {
      ...{ folder, fetched: [...fetched], location: publication?.location },
      effects: publishingEffects(choice, draft, folder),
      publishes: choice.place !== undefined,
    };
    if (!(await review(template, draft, place))) return false;
    this.#starts.forget(ref);
    const result = await actions.withProgress(
      vscode.l10n.t('Running {0}…', template.title),
      ({ signal, report }) => {
        // Those very files, whatever has become of the template since they were shown.
        if (!isDryRun) return this.#write(draft, { folder, signal, publication });
        return this.#runAgreed(template, input, {
          ...{ signal, folder, publication },
          onLog: ({ stepId, message }) => {
            report(message.split('\n')[0] ?? '');
            this.#log.append(stepId, message);
          },
        });
      },
    );
    if (result) reportRun(template, result, { folder, showLog });
    return true;
  }

  async run(
    ref: string,
    input: TemplateInput,
    options: TemplateRunOptions & { readonly folder: string },
  ): Promise<TemplateRunResult | undefined> {
    const template = await this.#require(ref);
    if (!(await canRun(template))) return undefined;
    if (!(await isAgreed(template, options.folder))) return undefined;
    const given = await this.#withAccess(template, input, options.signal);
    return given && this.#runAgreed(template, given, options);
  }

  /** @returns undefined where the user did not want files to be replaced */
  async #runAgreed(
    template: LoadedTemplate,
    input: TemplateInput,
    { folder, signal, publication, onLog }: TemplateRunOptions & WriteRequest,
  ): Promise<WrittenRun | undefined> {
    const remote = this.#remoteFor(template);
    const options = { signal, remote, publication, ...(onLog ? { onLog } : {}) };
    const result = await this.#engine.runInMemory(template.ref, input, {
      ...options,
      isDryRun: false,
    });
    return result.status === 'completed'
      ? this.#write(result, { folder, signal, publication })
      : result;
  }

  /** @returns undefined where the user did not want files to be replaced */
  async #write(
    result: TemplateRunResult,
    { folder, signal, publication }: WriteRequest & { readonly signal: AbortSignal },
  ): Promise<WrittenRun | undefined> {
    const output = await this.#openOutput(folder);
    const replaced = await replacedFiles(result.files, output);
    // What is committed is what the template made.
    const canKeep = !publication?.hasCommits;
    const kept =
      replaced.length > 0 ? await keptFiles(replaced, { folder, canKeep }) : new Set<string>();
    if (!kept) return undefined;
    const files = result.files.filter(({ path }) => !kept.has(path));
    const { location } = publication ?? {};
    if (location) refuseUnsaved(location.file);
    const write = (): Promise<Undo> =>
      writePublished(files, output, {
        ...{ signal, location },
        openOutput: one => this.#openOutput(one),
      });
    if (!publication) {
      await write();
      return { ...result, files };
    }
    const published = await publication.complete(write, {
      signal,
      onWarning: message => this.#log.append(undefined, message),
    });
    return { ...result, files, notes: publishedSentences(published) };
  }

  dispose(): void {
    this.#store.dispose();
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

  setToken: ScaffolderService['setToken'] = () => setToken(this.#accounts);

  async #openOutput(folder: string): Promise<OutputFolder> {
    return (await this.#deps.tools.openOutput(folder)) ?? new VsCodeOutputFolder(folder);
  }
}

interface CreateRequest {
  readonly template: LoadedTemplate;
  readonly input: TemplateInput;
  readonly choice: PublishChoice;
  readonly publication: Publication | undefined;
}

interface WriteRequest {
  readonly folder: string;
  /** Undefined where nothing is published. */
  readonly publication?: Publication | undefined;
}

import * as vscode from 'vscode';
import type {
  LoadedTemplate,
  ScaffolderService,
  TemplateFile,
  TemplateInput,
  TemplateRunOptions,
} from '../../../api';
import type { Disposable } from '../../../base';
import { withoutLinks } from '../../../platform/core';
import type { WorkerPool } from '../../../platform/core/ports';
import { type QuickSteps, withQuickSteps } from '../../../platform/vscode/quickInput';
import { createImportService } from '../../authoring/core/import';
import {
  emptyForm,
  entityChoices,
  type FormState,
  isServed,
  type ResolvedForm,
  tagChoices,
  TemplateTests,
} from '../core';
import type { TemplateRecord } from '../core/drift';
import { groupTemplates, TemplateDrafts, type TemplateForms } from '../core/pages';
import { acceptOutput } from './acceptedOutput';
import { assertMayRun, canRun } from './consent/consent';
import type { AttemptRequest } from './runs/attempts';
import { FolderStarts } from './runs/folderStarts';
import { Launches } from './runs/launches';
import { fillInQuickly, isQuick } from './runs/quickForm';
import type { WrittenRun } from './runs/runWriter';
import { askLaunch, chooseComparison } from './runs/startTemplate';
import type { VsCodeTaskDesk } from './runs/taskDesk';
import { TemplateRunner } from './runs/templateRunner';
import type { ScaffolderDeps } from './scaffolderDeps';
import { readGroupsOfTemplates } from './scaffolderSettings';
import { forgeChoices } from './tokens/forgeAccounts';

/** Scaffolder service of the editor: forms, runs and tests. */
export class VsCodeScaffolder implements ScaffolderService, TemplateForms, Disposable {
  readonly #deps: ScaffolderDeps;
  readonly #runner: TemplateRunner;
  readonly #tests: TemplateTests;
  readonly #drafts: TemplateDrafts;
  readonly #starts: FolderStarts;
  readonly #launches: Launches;
  /** Input and files of the last preview. */
  #preview: { readonly key: string; readonly files: readonly TemplateFile[] } | undefined;

  constructor(deps: ScaffolderDeps & { readonly workers: WorkerPool }) {
    this.#deps = deps;
    this.#runner = new TemplateRunner({
      ...deps,
      fillIn: (template, record) => this.#fillIn(template, record),
    });
    const importer = createImportService({ ...deps, catalog: deps.engine });
    this.#starts = new FolderStarts({ importer, logger: deps.logger });
    this.#drafts = new TemplateDrafts(deps.state);
    this.#launches = new Launches({
      publishing: this.#runner.publishing,
      openOutput: folder => this.#runner.writer.openOutput(folder),
    });
    this.#tests = new TemplateTests({
      ...deps,
      described: () => deps.engine.model.actions,
      findProvided: ref => this.#runner.engine.findProvided(ref),
    });
  }

  get onDidChange(): ScaffolderService['onDidChange'] {
    return this.#runner.engine.onDidChange;
  }

  getTemplates: ScaffolderService['getTemplates'] = () => this.#runner.engine.getTemplates();
  groupTemplates: NonNullable<TemplateForms['groupTemplates']> = async templates =>
    groupTemplates(templates, await readGroupsOfTemplates(this.#deps), this.#deps.catalog);
  loadTemplate: ScaffolderService['loadTemplate'] = ref => this.#runner.engine.loadTemplate(ref);
  check: ScaffolderService['check'] = (...request) => this.#runner.engine.check(...request);
  dryRun: ScaffolderService['dryRun'] = async (ref, input, options) => {
    assertMayRun();
    const template = await this.#runner.require(ref);
    const result = await this.#runner.preview({ template, input }, options);
    if (result.status === 'completed' && !isServed(template)) {
      this.#preview = { key: previewKey(ref, input), files: result.files };
    }
    return result;
  };

  launchOptions: TemplateForms['launchOptions'] = async (ref, { values, target }) => {
    const template = await this.#runner.require(ref);
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
    const template = await this.#runner.require(ref);
    if (!(await canRun(template))) return false;
    const start = this.#starts.placeOf(ref);
    if (isDryRun) {
      const folder = this.#launches.comparison(choice, start);
      await this.#runner.dryRun({ template, input }, folder);
      return true;
    }
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
    return this.#runner.engine.resolveForm(ref, begun, ...request);
  };
  entityChoices: TemplateForms['entityChoices'] = picker =>
    Promise.resolve(entityChoices(picker, this.#choiceDeps));
  tagChoices: TemplateForms['tagChoices'] = picker =>
    Promise.resolve(tagChoices(picker, this.#choiceDeps));

  forgeChoices: TemplateForms['forgeChoices'] = (lookup, signal) =>
    forgeChoices(lookup, { forges: this.#runner.accounts, signal });

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
    const update = await this.#tests.findGoldenUpdate(file, name, { signal });
    if (!update) return;
    const output = await this.#runner.writer.openOutput(update.root);
    await acceptOutput(update, { output, actions: this.#deps.actions });
  }

  async start(
    ref: string,
    options: { readonly folder?: string; readonly isDryRun?: boolean },
  ): ReturnType<ScaffolderService['start']> {
    const template = await this.#runner.require(ref);
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
      const { folder: requestedFolder, isDryRun = false } = options;
      const isStarted = await this.#askAndCreate(
        { template, input: filled.input },
        { requestedFolder, isDryRun, steps },
      );
      if (isStarted && !isDryRun) await this.#drafts.set(ref, undefined);
      return isStarted ? 'started' : 'cancelled';
    });
  }

  /** Asks for the launch options in further steps, and runs the template. */
  async #askAndCreate(
    request: AttemptRequest,
    {
      requestedFolder,
      isDryRun,
      steps,
    }: {
      readonly requestedFolder: string | undefined;
      readonly isDryRun: boolean;
      readonly steps: QuickSteps;
    },
  ): Promise<boolean> {
    const { template, input } = request;
    if (!(await canRun(template))) return false;
    if (isDryRun) {
      const target =
        requestedFolder === undefined
          ? await chooseComparison(template.title, steps)
          : { folder: requestedFolder };
      steps.dispose();
      if (target) await this.#runner.dryRun(request, target.folder);
      return target !== undefined;
    }
    if (isServed(template)) {
      steps.dispose();
      return this.#runner.createOnInstance(request);
    }
    const publishing = await this.#runner.publishing();
    const begun = this.#starts.placeOf(template.ref);
    const folder = requestedFolder ?? begun?.folder;
    const answers = await askLaunch({
      template,
      input,
      steps,
      publishing,
      start:
        folder === undefined
          ? undefined
          : { folder, describesFolder: begun?.describesFolder === true },
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
    {
      folder: requestedFolder,
      isDryRun = false,
    }: { readonly folder?: string; readonly isDryRun?: boolean },
  ): Promise<boolean> {
    const template = await this.#runner.require(ref);
    return withQuickSteps(steps =>
      this.#askAndCreate({ template, input }, { requestedFolder, isDryRun, steps }),
    );
  }

  tasks(): Promise<VsCodeTaskDesk> {
    return Promise.resolve(this.#runner.tasks);
  }

  async #create(
    request: AttemptRequest,
    launch: Parameters<TemplateRunner['create']>[1],
  ): Promise<boolean> {
    const isRun = await this.#runner.create(request, launch);
    if (isRun) this.#starts.forget(request.template.ref);
    return isRun;
  }

  async run(
    ref: string,
    input: TemplateInput,
    options: TemplateRunOptions & { readonly folder: string },
  ): Promise<WrittenRun | undefined> {
    return this.#runner.run({ template: await this.#runner.require(ref), input }, options);
  }

  checkForUpdates: ScaffolderService['checkForUpdates'] = ({ folder }) =>
    this.#runner.checkForUpdates(folder);

  dispose(): void {
    this.#runner.dispose();
  }

  async #fillIn(
    { ref, title }: LoadedTemplate,
    { values, unset: cleared }: TemplateRecord,
  ): Promise<TemplateInput | undefined> {
    const { signal } = new AbortController();
    const resolve = (state: FormState): Promise<ResolvedForm> =>
      this.#runner.engine.resolveForm(ref, state, signal);
    const initial = { ...emptyForm, values, cleared };
    if (isQuick(await resolve(initial))) {
      const filled = await withQuickSteps(steps =>
        fillInQuickly({ steps, title, resolve, choices: this, initial, hasPage: false }),
      );
      return filled && 'input' in filled ? filled.input : undefined;
    }
    const message = vscode.l10n.t(
      'The form of {0} is too complex to fill in here. Add the missing values to the record.',
      title,
    );
    void vscode.window.showWarningMessage(withoutLinks(message));
    return undefined;
  }

  get #choiceDeps(): Parameters<typeof entityChoices>[1] {
    const { catalog, identity } = this.#deps;
    return { catalog, ownershipRefs: identity.getOwnershipRefs() };
  }

  setToken: ScaffolderService['setToken'] = async () =>
    (await import('./tokens/setToken')).setToken(this.#runner.accounts);
}

/** Key of a preview's input. Without secrets, its prefix. */
function previewKey(ref: string, { values, secrets }: Partial<TemplateInput>): string {
  const ofValues = `${ref}\n${JSON.stringify(values)}\n`;
  return secrets ? ofValues + JSON.stringify(secrets) : ofValues;
}

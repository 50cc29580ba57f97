import * as vscode from 'vscode';
import type {
  ScaffolderAction,
  ScaffolderActionsExtensionPoint,
  ScaffolderService,
} from '../../../api';
import { type Disposable, DisposableStore, Emitter, onDemand } from '../../../base';
import type { Platform } from '../../../platform/vscode/platform';
import type { CatalogEngine } from '../../catalog/core';
import type { TemplateForms } from '../core/pages';
import type { ScaffolderDeps } from './scaffolderDeps';
import type { ScaffolderTools } from './scaffolderTools';
import type { VsCodeScaffolder } from './vsCodeScaffolder';

export interface ScaffolderOnDemandDeps extends Omit<
  ScaffolderDeps,
  'tools' | 'contributed' | 'environment'
> {
  /** Told of the actions that plugins add, for what is said of Templates that use them. */
  readonly engine: ScaffolderDeps['engine'] & Pick<CatalogEngine, 'setTemplateActions'>;
  readonly platform: Pick<Platform, 'environment'>;
  readonly loadScaffolder: (() => Promise<ScaffolderTools>) | undefined;
}

/** Loads what runs templates when somebody first asks for them. */
export class ScaffolderOnDemand
  implements ScaffolderService, TemplateForms, ScaffolderActionsExtensionPoint, Disposable
{
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<void>());
  #actions = new Map<string, ScaffolderAction>();
  #load: () => Promise<VsCodeScaffolder>;
  #canRun: boolean;
  #engine: ScaffolderOnDemandDeps['engine'];
  #isTelling = false;

  readonly onDidChange = this.#changed.event;

  constructor(deps: ScaffolderOnDemandDeps) {
    this.#canRun = deps.loadScaffolder !== undefined;
    this.#engine = deps.engine;
    this.#load = onDemand(async () => {
      const tools = await deps.loadScaffolder?.();
      const { workers } = deps;
      const { environment } = deps.platform;
      if (!tools || !workers)
        throw new Error(vscode.l10n.t('Templates cannot be run in a browser.'));
      const contributed = (): Iterable<ScaffolderAction> => this.#actions.values();
      const scaffolder = this.#store.add(
        new tools.VsCodeScaffolder({ ...deps, workers, tools, contributed, environment }),
      );
      this.#store.add(scaffolder.onDidChange(() => this.#changed.fire()));
      return scaffolder;
    });
  }

  addAction(action: ScaffolderAction): Disposable {
    const { id } = action;
    if (this.#actions.has(id)) throw new TypeError(`There is an action ${id} already`);
    this.#actions.set(id, action);
    this.#actionsChanged();
    return {
      dispose: () => {
        if (this.#actions.get(id) === action && this.#actions.delete(id)) this.#actionsChanged();
      },
    };
  }

  /** None where none can be run. */
  getTemplates: ScaffolderService['getTemplates'] = async () =>
    this.#canRun ? (await this.#load()).getTemplates() : [];

  loadTemplate: ScaffolderService['loadTemplate'] = async ref =>
    (await this.#load()).loadTemplate(ref);

  check: ScaffolderService['check'] = async (ref, values, signal) =>
    (await this.#load()).check(ref, values, signal);

  dryRun: ScaffolderService['dryRun'] = async (ref, input, options) =>
    (await this.#load()).dryRun(ref, input, options);

  resolveForm: TemplateForms['resolveForm'] = async (...request) =>
    (await this.#load()).resolveForm(...request);

  entityChoices: TemplateForms['entityChoices'] = async picker =>
    (await this.#load()).entityChoices(picker);

  tagChoices: TemplateForms['tagChoices'] = async picker => (await this.#load()).tagChoices(picker);

  forgeChoices: TemplateForms['forgeChoices'] = async (...request) =>
    (await this.#load()).forgeChoices(...request);

  readTests: ScaffolderService['readTests'] = async file => (await this.#load()).readTests(file);

  runTest: ScaffolderService['runTest'] = async (file, name, options) =>
    (await this.#load()).runTest(file, name, options);

  acceptTest: ScaffolderService['acceptTest'] = async (file, name, options) =>
    (await this.#load()).acceptTest(file, name, options);

  start: ScaffolderService['start'] = async (ref, options) =>
    (await this.#load()).start(ref, options);

  create: ScaffolderService['create'] = async (ref, input, options) =>
    (await this.#load()).create(ref, input, options);

  launchOptions: TemplateForms['launchOptions'] = async (...request) =>
    (await this.#load()).launchOptions(...request);

  chooseLaunchFolder: TemplateForms['chooseLaunchFolder'] = async () =>
    (await this.#load()).chooseLaunchFolder();

  launch: TemplateForms['launch'] = async (...request) => (await this.#load()).launch(...request);

  tasks: TemplateForms['tasks'] = async () => (await this.#load()).tasks();

  run: ScaffolderService['run'] = async (ref, input, options) =>
    (await this.#load()).run(ref, input, options);

  setToken: ScaffolderService['setToken'] = async () => (await this.#load()).setToken();

  checkForUpdates: ScaffolderService['checkForUpdates'] = async options =>
    (await this.#load()).checkForUpdates(options);

  dispose(): void {
    this.#store.dispose();
  }

  #actionsChanged(): void {
    this.#changed.fire();
    if (this.#isTelling) return;
    this.#isTelling = true;
    // Plugins add several at a time, and each change has the catalog read anew.
    queueMicrotask(() => {
      this.#isTelling = false;
      this.#engine.setTemplateActions([...this.#actions.values()]);
    });
  }
}

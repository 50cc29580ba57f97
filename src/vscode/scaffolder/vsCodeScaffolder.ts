import * as vscode from 'vscode';
import type {
  CatalogService,
  IdentityService,
  LoadedTemplate,
  ScaffolderAction,
  ScaffolderService,
  TemplateInput,
  TemplateRunOptions,
  TemplateRunResult,
} from '../../api';
import {
  type Disposable,
  dirnameUri,
  DisposableStore,
  type Logger,
  withoutLinks,
} from '../../base';
import { repositoryAround } from '../../core/files';
import type { Clock, FileSystem, OutputFolder, WorkerPool } from '../../core/ports';
import { ScaffolderEngine } from '../../core/scaffolder';
import type { ScaffolderTools, Platform } from '../platform';
import { VsCodeOutputFolder } from '../techdocs/vsCodeOutputFolder';
import { fromUri, toUri } from '../uri';
import { replacedFiles, writeFiles } from './writeFiles';

export interface ScaffolderDeps {
  readonly catalog: CatalogService;
  readonly identity: IdentityService;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly platform: Pick<Platform, 'loadScaffolder'>;
  /** Of the folder that the extension is installed in. */
  readonly extensionUri: vscode.Uri;
  readonly workers: WorkerPool | undefined;
  readonly tools: Pick<ScaffolderTools, 'openOutput'>;
  /** Those that plugins add. */
  readonly actions: () => Iterable<ScaffolderAction>;
}

/** Runs templates where the developer is, after the developer has agreed. */
export class VsCodeScaffolder implements ScaffolderService, Disposable {
  readonly #deps: ScaffolderDeps;
  readonly #store = new DisposableStore();
  readonly #engine: ScaffolderEngine;

  constructor(deps: ScaffolderDeps & { readonly workers: WorkerPool }) {
    this.#deps = deps;
    const { catalog, identity, fileSystem, clock, logger, workers, extensionUri } = deps;
    this.#engine = this.#store.add(
      new ScaffolderEngine({
        ...{ catalog, fileSystem, clock, logger, workers },
        contributed: deps.actions,
        shipped: fromUri(vscode.Uri.joinPath(extensionUri, 'templates')),
        repositoryOf: file => repositoryOf(file, fileSystem),
        userRef: () => identity.getOwnershipRefs().find(ref => ref.startsWith('user:')),
      }),
    );
  }

  get onDidChange(): ScaffolderService['onDidChange'] {
    return this.#engine.onDidChange;
  }

  getTemplates: ScaffolderService['getTemplates'] = () => this.#engine.getTemplates();
  loadTemplate: ScaffolderService['loadTemplate'] = ref => this.#engine.loadTemplate(ref);
  check: ScaffolderService['check'] = (ref, values, signal) =>
    this.#engine.check(ref, values, signal);
  dryRun: ScaffolderService['dryRun'] = (ref, input, options) =>
    this.#engine.dryRun(ref, input, options);

  async run(
    ref: string,
    input: TemplateInput,
    { folder, signal, onLog }: TemplateRunOptions & { readonly folder: string },
  ): Promise<TemplateRunResult | undefined> {
    const template = await this.#engine.loadTemplate(ref);
    if (!template) throw new Error(vscode.l10n.t('There is no template {0}.', ref));
    if (!(await isAgreed(template, folder))) return undefined;
    const options = { signal, ...(onLog ? { onLog } : {}) };
    const result = await this.#engine.runInMemory(ref, input, { ...options, isDryRun: false });
    if (result.status !== 'completed') return result;
    const output = await this.#openOutput(folder);
    const replaced = await replacedFiles(result.files, output);
    const kept = replaced.length > 0 ? await kepts(replaced, folder) : new Set<string>();
    if (!kept) return undefined;
    const files = result.files.filter(({ path }) => !kept.has(path));
    await writeFiles(files, output, signal);
    return { ...result, files };
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #openOutput(folder: string): Promise<OutputFolder> {
    return (await this.#deps.tools.openOutput(folder)) ?? new VsCodeOutputFolder(folder);
  }
}

/** What a template may read: its repository, or else the workspace folder that it lies in. */
async function repositoryOf(file: string, fileSystem: FileSystem): Promise<string | undefined> {
  const repository = await repositoryAround(dirnameUri(file), fileSystem);
  if (repository !== undefined) return repository;
  const folder = vscode.workspace.getWorkspaceFolder(toUri(file));
  return folder && fromUri(folder.uri);
}

/** Templates are hostile until somebody says that this one is not. */
async function isAgreed(template: LoadedTemplate, folder: string): Promise<boolean> {
  const { title, actions } = template;
  if (!vscode.workspace.isTrusted && !template.isShipped) {
    const manage = vscode.l10n.t('Manage Workspace Trust');
    const message = vscode.l10n.t('Templates are run in trusted workspaces only.');
    const answer = await vscode.window.showWarningMessage(message, manage);
    if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
    return false;
  }
  const unknown = actions.filter(({ isKnown }) => !isKnown).map(({ id }) => id);
  if (unknown.length > 0) {
    const message = vscode.l10n.t('{0} cannot run: nobody knows {1}.', title, unknown.join(', '));
    const detail = vscode.l10n.t(
      'A plugin of Callboard can add actions through the extension point scaffolder.actions.',
    );
    await vscode.window.showErrorMessage(withoutLinks(message), { modal: true, detail });
    return false;
  }
  const passedOver = actions.filter(action => action.isPassedOver).map(({ id }) => id);
  const run = actions.filter(action => !action.isPassedOver).map(({ id }) => id);
  const detail = [
    vscode.l10n.t('It writes into {0}.', vscode.workspace.asRelativePath(toUri(folder), true)),
    vscode.l10n.t('Its actions: {0}', run.join(', ')),
    ...(passedOver.length > 0
      ? [vscode.l10n.t('Passed over, as only a Backstage does them: {0}', passedOver.join(', '))]
      : []),
    vscode.l10n.t('It asks no other machine, and nothing that it brings along is run.'),
  ].join('\n');
  const agree = vscode.l10n.t('Run');
  const message = vscode.l10n.t('Run the template {0}?', title);
  const options = { modal: true, detail };
  return (await vscode.window.showInformationMessage(message, options, agree)) === agree;
}

/** So many names fit into a question. */
const NAMED = 10;

/** Those of the files that are there already that stay as they are; undefined: nothing is to be written. */
async function kepts(
  replaced: readonly string[],
  folder: string,
): Promise<ReadonlySet<string> | undefined> {
  const place = vscode.workspace.asRelativePath(toUri(folder), true);
  const message =
    replaced.length === 1
      ? vscode.l10n.t('One file in {0} is there already, and another.', place)
      : vscode.l10n.t('{0} files in {1} are there already, and others.', replaced.length, place);
  const more = replaced.length - NAMED;
  const detail = [
    ...replaced.slice(0, NAMED),
    ...(more > 0 ? [vscode.l10n.t('and {0} more', more)] : []),
  ].join('\n');
  const replace = vscode.l10n.t('Replace');
  const keep = vscode.l10n.t('Keep What Is There');
  const options = { modal: true, detail };
  const answer = await vscode.window.showWarningMessage(message, options, replace, keep);
  if (answer === undefined) return undefined;
  return new Set(answer === keep ? replaced : []);
}

import * as vscode from 'vscode';
import type { ActionsService, LoadedTemplate } from '../../../../api';
import { joinUri } from '../../../../base';
import type { JsonObject } from '../../../../model';
import { withoutLinks } from '../../../../platform/core';
import { isBinary } from '../../../../platform/core/binary';
import { toUri } from '../../../../platform/vscode/convert';
import {
  type MadeFile,
  TemplateTasks,
  type TemplateTasksDeps,
  withoutMissingRepositories,
} from '../../core';
import type { TaskDesk } from '../../core/pages';
import { confirm } from '../consent/agreement';
import type { WrittenRun } from './runWriter';
import { linksOf } from './taskLinks';

/** Scheme of files before and after a run. */
const SCHEME = 'callboard-run';

/** Runs of templates, with editor actions. */
export class VsCodeTaskDesk extends TemplateTasks implements TaskDesk {
  /** Shows the log of all runs. */
  readonly showLog: () => void;
  readonly #actions: Pick<ActionsService, 'run'>;

  constructor(
    deps: TemplateTasksDeps & {
      readonly showLog: () => void;
      readonly actions: Pick<ActionsService, 'run'>;
    },
  ) {
    super(deps);
    this.showLog = deps.showLog;
    this.#actions = deps.actions;
    this.own(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: uri => this.#textOf(uri),
      }),
    );
  }

  /** Asks first, because it cancels the task in Backstage for everyone. */
  override cancel(id: string): void {
    const { instance, title } = this.get(id) ?? {};
    if (!instance) return super.cancel(id);
    const cancel = vscode.l10n.t('Cancel Run');
    void this.#actions.run(cancel, async () => {
      const isWanted = await confirm(
        vscode.l10n.t('Cancel {0} on {1}?', title ?? id, instance.name),
        vscode.l10n.t("The results of its steps at {0} aren't undone.", instance.url),
        cancel,
      );
      if (isWanted) super.cancel(id);
    });
  }

  async showFile(id: string, path: string): Promise<void> {
    const task = this.get(id);
    const made = this.fileOf(id, path);
    const target =
      task?.folder === undefined ? undefined : toUri(joinUri(task.folder, made?.path ?? path));
    const isWritten = task?.status === 'completed' && !task.isDryRun;
    const isWhole = !made || made.change === 'added' || isBinary(made.content);
    if (target && isWritten && isWhole) {
      await vscode.commands.executeCommand('vscode.open', target);
      return;
    }
    if (!made) {
      throw new Error(vscode.l10n.t('The content of {0} is no longer available.', path));
    }
    if (isBinary(made.content)) {
      throw new Error(vscode.l10n.t("{0} isn't a text file.", path));
    }
    const after =
      isWritten && target && made.change !== 'kept' ? target : sideOf(id, path, 'after');
    await vscode.commands.executeCommand(
      'vscode.diff',
      sideOf(id, path, 'before'),
      after,
      titleOf(path, made.change),
    );
  }

  async openFolder(id: string): Promise<void> {
    const folder = this.get(id)?.folder;
    if (folder !== undefined) await openFolder(toUri(folder));
  }

  #textOf({ path, query: id }: vscode.Uri): string {
    const [, side, ...rest] = path.split('/');
    const file = this.fileOf(id, rest.join('/'));
    const content = side === 'before' ? file?.before : file?.content;
    return content ? new TextDecoder().decode(content) : '';
  }
}

function sideOf(id: string, path: string, side: 'before' | 'after'): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${side}/${path}`, query: id });
}

function titleOf(path: string, change: MadeFile['change']): string {
  switch (change) {
    case 'added':
      return vscode.l10n.t('{0} (new)', path);
    case 'changed':
      return vscode.l10n.t('{0} (changed)', path);
    case 'kept':
      return vscode.l10n.t('{0} (not replaced)', path);
    case 'unchanged':
      return vscode.l10n.t('{0} (unchanged)', path);
  }
}

/** Opens the page of a run. */
export async function openTask(
  id: string,
  options: { readonly preserveFocus?: boolean } = {},
): Promise<void> {
  await vscode.commands.executeCommand('callboard.templates.openTask', id, options);
}

/** Outcome of a run, with its actions. */
interface Outcome {
  readonly id: string;
  readonly message: string;
  readonly isDone: boolean;
  readonly output: JsonObject;
  /** First action. */
  readonly first?: { readonly title: string; readonly act: () => Promise<void> };
}

/**
 * Shows the outcome of a run with its actions. Doesn't wait, because the message may stay open. Errors of an
 * action are shown under its title.
 */
export function showOutcome(
  { id, message, isDone, output, first }: Outcome,
  actions: Pick<ActionsService, 'run'>,
): void {
  const show = vscode.l10n.t('Show Run');
  const offered = new Map<string, () => Thenable<unknown>>();
  if (first) offered.set(first.title, first.act);
  for (const { title, url } of isDone ? linksOf(output) : []) {
    if (!offered.has(title)) {
      offered.set(title, () => vscode.env.openExternal(vscode.Uri.parse(url)));
    }
  }
  // A link with this title would replace the action.
  offered.delete(show);
  offered.set(show, () => openTask(id));
  const showMessage = isDone
    ? vscode.window.showInformationMessage
    : vscode.window.showErrorMessage;
  void actions.run(show, async () => {
    const answer = await showMessage(withoutLinks(message), ...offered.keys());
    const act = offered.get(answer ?? '');
    if (answer !== undefined && act) await actions.run(answer, async () => void (await act()));
  });
}

/** Shows the outcome of a run that wrote to a folder. */
export function reportRun(
  { title }: LoadedTemplate,
  { status, error, files, written = files.length, output, steps, notes = [] }: WrittenRun,
  { folder, id, actions }: ReportedTask,
): void {
  if (status === 'cancelled') return;
  if (status === 'failed') {
    const message = vscode.l10n.t('{0} failed: {1}', title, error ?? '');
    return showOutcome({ id, message, isDone: false, output }, actions);
  }
  const target = toUri(folder);
  const place = vscode.workspace.asRelativePath(target, true);
  const made =
    written === 1
      ? vscode.l10n.t('{0} wrote one file into {1}.', title, place)
      : vscode.l10n.t('{0} wrote {1} files into {2}.', title, written, place);
  const open = isInside(target) ? vscode.l10n.t('Reveal') : vscode.l10n.t('Open Folder');
  showOutcome(
    {
      id,
      isDone: true,
      message: [made, ...notes].join(' '),
      output: withoutMissingRepositories(output, steps),
      first: { title: open, act: () => openFolder(target) },
    },
    actions,
  );
}

interface ReportedTask {
  readonly folder: string;
  readonly id: string;
  readonly actions: Pick<ActionsService, 'run'>;
}

function isInside(target: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(target) !== undefined;
}

async function openFolder(target: vscode.Uri): Promise<void> {
  if (isInside(target)) await vscode.commands.executeCommand('revealInExplorer', target);
  else await vscode.commands.executeCommand('vscode.openFolder', target, { forceNewWindow: true });
}

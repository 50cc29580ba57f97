import * as vscode from 'vscode';
import { basenameUri, DisposableStore, joinUri, parseUri, translateCount } from '../../../../base';
import { withoutIcons } from '../../../../platform/core';
import { decodeText } from '../../../../platform/core/files';
import { toUri } from '../../../../platform/vscode/convert';
import { type FileUpdate, isClean, type UpdateConflict } from '../../core/drift';

type ReviewAnswer =
  | { readonly type: 'apply' }
  | { readonly type: 'show'; readonly update: FileUpdate };

interface ReviewItem extends vscode.QuickPickItem {
  readonly answer?: ReviewAnswer | 'nothing';
}

/**
 * Asks for a review of the changes.
 * @returns undefined if the user cancels
 */
export async function askReview(
  title: string,
  updates: readonly FileUpdate[],
  shown: FileUpdate | undefined,
): Promise<ReviewAnswer | undefined> {
  const changed = updates.filter(({ state }) => state !== 'unchanged');
  const rows = changed.map(rowOf);
  const items: readonly ReviewItem[] = [
    ...applyItems(changed),
    { label: `$(close) ${vscode.l10n.t('Cancel')}`, answer: 'nothing' },
    { label: vscode.l10n.t('files'), kind: vscode.QuickPickItemKind.Separator },
    ...rows,
  ];
  const active = rows.find(({ path }) => path === shown?.path);
  const picked = await pickFrom(vscode.l10n.t('Updates from {0}', title), items, active);
  return picked?.answer === 'nothing' ? undefined : picked?.answer;
}

function applyItems(changed: readonly FileUpdate[]): readonly ReviewItem[] {
  const clean = changed.filter(isClean).length;
  const conflicts = changed.length - clean;
  const left = translateCount(conflicts, {
    one: '{0} file with conflicts stays as it is until you decide.',
    other: '{0} files with conflicts stay as they are until you decide.',
  });
  const label =
    clean === 0
      ? vscode.l10n.t('Resolve Conflicts')
      : translateCount(clean, { one: 'Update {0} File', other: 'Update {0} Files' });
  return [
    {
      label: `$(${clean === 0 ? 'git-merge' : 'check'}) ${label}`,
      ...(conflicts > 0 ? { detail: left } : {}),
      answer: { type: 'apply' },
    },
  ];
}

function rowOf(update: FileUpdate): ReviewItem & { readonly path: string } {
  const { path, state, conflict } = update;
  const { icon, text } = states()[state];
  return {
    path,
    label: `$(${icon}) ${withoutIcons(path)}`,
    description: conflict ? reasonOf(conflict) : text,
    answer: { type: 'show', update },
  };
}

function pickFrom(
  title: string,
  items: readonly ReviewItem[],
  active: ReviewItem | undefined,
): Promise<ReviewItem | undefined> {
  const pick = vscode.window.createQuickPick<ReviewItem>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('Select a file to see its changes');
  pick.items = items;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  if (active) pick.activeItems = [active];
  return new Promise(resolve => {
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function states(): Readonly<Record<FileUpdate['state'], { icon: string; text: string }>> {
  return {
    unchanged: { icon: 'check', text: '' },
    added: { icon: 'diff-added', text: vscode.l10n.t('new') },
    updated: { icon: 'diff-modified', text: vscode.l10n.t('changed by the template') },
    merged: {
      icon: 'git-merge',
      text: vscode.l10n.t('changed by the template, and merged with your changes'),
    },
    removed: { icon: 'diff-removed', text: vscode.l10n.t('removed by the template') },
    conflict: { icon: 'warning', text: '' },
  };
}

/** Text for the reason of a conflict. */
export function reasonOf(conflict: UpdateConflict): string {
  const reasons: Readonly<Record<UpdateConflict, string>> = {
    lines: vscode.l10n.t('conflict: you and the template changed the same lines'),
    noBase: vscode.l10n.t('conflict: both changed it, and its original content is unknown'),
    unmergeable: vscode.l10n.t("conflict: both changed it, and it can't be merged"),
    exists: vscode.l10n.t('conflict: the template now creates it, and you have a different one'),
    changedHere: vscode.l10n.t('conflict: the template removed it, and you changed it'),
    removedHere: vscode.l10n.t('conflict: the template changed it, and you removed it'),
    noFile: vscode.l10n.t("conflict: it isn't a file in the project"),
  };
  return reasons[conflict];
}

const SCHEME = 'callboard-update';
/** Command of VS Code's git extension that opens the merge editor. Not part of the API. */
const MERGE_EDITOR = '_open.mergeEditor';

/** Editors that show the changes of an update, until they are disposed. */
export class UpdateEditors implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #texts = new Map<string, string>();
  readonly #project: string;
  readonly #title: string;

  /**
   * @param project - URI of its folder
   * @param title - of the Template
   */
  constructor(project: string, title: string) {
    this.#project = project;
    this.#title = title;
    this.#store.add(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: uri => this.#texts.get(uri.toString()) ?? '',
      }),
    );
  }

  /** Opens the merge editor, or the file with conflict markers if there is no merge editor. */
  async merge(update: FileUpdate): Promise<void> {
    const { path, base, mine, next, result } = update;
    if (!base || !mine || !next || !result) return this.compare(update);
    const file = toUri(joinUri(this.#project, path));
    // With conflict markers, the merge editor starts with the merged lines and counts the conflicts.
    const document = await vscode.workspace.openTextDocument(file);
    if (!document.isDirty) await replaceText(document, decodeText(result.content));
    const commands = await vscode.commands.getCommands(false);
    if (!commands.includes(MERGE_EDITOR)) {
      await vscode.window.showTextDocument(document);
      return;
    }
    await vscode.commands.executeCommand(MERGE_EDITOR, {
      base: this.#textOf(path, 'base', base),
      input1: {
        uri: this.#textOf(path, 'template', next.content),
        title: this.#title,
        description: vscode.l10n.t('from the template'),
      },
      input2: {
        uri: this.#textOf(path, 'project', mine.content),
        title: basenameUri(this.#project),
        description: vscode.l10n.t('from the project'),
      },
      output: file,
    });
  }

  /** Opens a diff of the current and the updated file. */
  async compare({ path, mine, next, result, state }: FileUpdate): Promise<void> {
    const file = toUri(joinUri(this.#project, path));
    const after = state === 'conflict' ? next : result;
    const right = this.#textOf(path, 'template', after?.content ?? new Uint8Array());
    const left = mine ? file : this.#textOf(path, 'project', new Uint8Array());
    const title = vscode.l10n.t('{0} (with {1})', path, this.#title);
    await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
  }

  dispose(): void {
    this.#store.dispose();
  }

  #textOf(path: string, side: string, content: Uint8Array): vscode.Uri {
    const { path: absolute } = parseUri(joinUri(this.#project, path));
    const uri = vscode.Uri.from({ scheme: SCHEME, path: absolute, query: side });
    this.#texts.set(uri.toString(), decodeText(content));
    return uri;
  }
}

async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  edit.replace(document.uri, whole, text);
  await vscode.workspace.applyEdit(edit);
}

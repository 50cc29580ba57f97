import * as vscode from 'vscode';
import type { LoadedTemplate, TemplateInput } from '../../api';
import { formatUri, withoutIcons } from '../../base';
import type { JsonObject, JsonValue } from '../../model';
import { fromUri, toUri } from '../uri';

/**
 * The folder that a template writes into: the one that was asked for it, or a new one in the folder that the user
 * chooses, named by what was filled in.
 *
 * @returns a URI
 */
export async function chooseTarget(
  { title }: LoadedTemplate,
  { values }: TemplateInput,
  asked: string | undefined,
): Promise<string | undefined> {
  const parent = asked === undefined ? await chooseParent(title) : toUri(asked);
  if (!parent) return undefined;
  const name = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('The folder in {0} that the files are put into', shown(parent)),
    value: nameOf(values),
    ignoreFocusOut: true,
    validateInput: text =>
      isFolderName(text) ? undefined : vscode.l10n.t('This is no name of a folder.'),
  });
  if (name === undefined) return undefined;
  return formatUri(name === '.' || name === '' ? parent : vscode.Uri.joinPath(parent, name));
}

interface ComparisonItem extends vscode.QuickPickItem {
  /** Undefined for nothing at all. */
  readonly folder?: vscode.Uri;
  readonly isOther?: boolean;
}

/**
 * The folder that a dry run is held against; nothing in it is changed.
 *
 * @returns a URI, none for a dry run that is held against nothing; undefined where the user gave up
 */
export async function chooseComparison(
  title: string,
): Promise<{ readonly folder: string | undefined } | undefined> {
  const { workspaceFolders = [] } = vscode.workspace;
  const items: readonly ComparisonItem[] = [
    {
      label: `$(new-file) ${vscode.l10n.t('With nothing')}`,
      detail: vscode.l10n.t('All files are shown as new ones.'),
    },
    ...workspaceFolders.map(({ name, uri }) => ({
      label: `$(root-folder) ${withoutIcons(name)}`,
      description: uri.fsPath,
      folder: uri,
    })),
    { label: `$(folder-opened) ${vscode.l10n.t('With a folder…')}`, isOther: true },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('What the files are compared with; nothing is written'),
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  if (!picked) return undefined;
  if (!picked.isOther) return { folder: picked.folder && fromUri(picked.folder) };
  const [folder] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: vscode.l10n.t('Compare'),
      ...(workspaceFolders[0] ? { defaultUri: workspaceFolders[0].uri } : {}),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return folder && { folder: fromUri(folder) };
}

async function chooseParent(title: string): Promise<vscode.Uri | undefined> {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel: vscode.l10n.t('Create Here'),
    ...(first ? { defaultUri: first.uri } : {}),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0];
}

function shown(folder: vscode.Uri): string {
  return vscode.workspace.asRelativePath(folder, true);
}

/** A path below the folder that was chosen; nothing or `.` is that folder itself. */
function isFolderName(text: string): boolean {
  return !/^\/|[\\:*?"<>|\0]|(^|\/)\.\.(\/|$)|\/\//.test(text);
}

/** As people call what they make: by its name, or that of its repository. */
function nameOf(values: JsonObject): string {
  for (const key of ['name', 'component_id', 'componentId', 'repoUrl', 'repo']) {
    const value: JsonValue | undefined = values[key];
    if (typeof value !== 'string' || value === '') continue;
    const name = /[?&]repo=([^&]+)/.exec(value)?.[1] ?? value;
    if (isFolderName(name)) return name;
  }
  return '';
}

import * as vscode from 'vscode';
import type { LoadedTemplate, TemplateInput, TemplateRunResult } from '../../api';
import { formatUri, isRecord, withoutLinks } from '../../base';
import type { JsonObject, JsonValue } from '../../model';
import { isSafeUrl } from '../../model/presentation';
import { toUri } from '../uri';

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

/** A run whose files have been written. */
export interface WrittenRun extends TemplateRunResult {
  /** What has been done besides, in sentences. */
  readonly notes?: readonly string[];
}

/** Tells what came of a run, and offers what one does next. */
export function reportRun(
  { title }: LoadedTemplate,
  { status, error, files, output, notes = [] }: WrittenRun,
  { folder, showLog }: { readonly folder: string; readonly showLog: () => void },
): void {
  const log = vscode.l10n.t('Show Log');
  if (status !== 'completed') {
    if (status === 'cancelled') return;
    const failed = vscode.l10n.t('{0} failed: {1}', title, error ?? '');
    void vscode.window.showErrorMessage(withoutLinks(failed), log).then(answer => {
      if (answer === log) showLog();
    });
    return;
  }
  const target = toUri(folder);
  const made =
    files.length === 1
      ? vscode.l10n.t('{0} wrote one file into {1}.', title, shown(target))
      : vscode.l10n.t('{0} wrote {1} files into {2}.', title, files.length, shown(target));
  const isInside = vscode.workspace.getWorkspaceFolder(target) !== undefined;
  const open = isInside ? vscode.l10n.t('Reveal') : vscode.l10n.t('Open Folder');
  const links = linksOf(output);
  const answers = [open, ...links.map(link => link.title), log];
  // Not awaited: the run is over, the notification may stand as long as it likes.
  const told = withoutLinks([made, ...notes].join(' '));
  void vscode.window.showInformationMessage(told, ...answers).then(async answer => {
    if (answer === log) showLog();
    else if (answer === open) await openFolder(target, isInside);
    else {
      const link = links.find(one => one.title === answer);
      if (link) await vscode.env.openExternal(vscode.Uri.parse(link.url));
    }
  });
}

async function openFolder(target: vscode.Uri, isInside: boolean): Promise<void> {
  if (isInside) await vscode.commands.executeCommand('revealInExplorer', target);
  else await vscode.commands.executeCommand('vscode.openFolder', target, { forceNewWindow: true });
}

/** So many fit below a notification. */
const MOST_LINKS = 2;

function linksOf({ links }: JsonObject): readonly { title: string; url: string }[] {
  return (Array.isArray(links) ? links : [])
    .flatMap(link => {
      const { title, url } = isRecord(link) ? link : {};
      return typeof title === 'string' && typeof url === 'string' && isSafeUrl(url)
        ? [{ title: withoutLinks(title), url }]
        : [];
    })
    .slice(0, MOST_LINKS);
}

import * as vscode from 'vscode';
import type { TechDocsBuildResult } from '../../../../api';
import { formatUri, parseUri } from '../../../../base';
import { withoutLinks } from '../../../../platform/core';
import type { DocsContext } from './docsContext';

/** Builds a site into the folder that the user chooses, and shows where that is. */
export async function buildSite(
  siteId: string,
  context: DocsContext,
  folder?: vscode.Uri,
): Promise<void> {
  const target = folder ?? (await chooseFolder(siteId));
  if (!target) return;
  const result =
    (await run(siteId, target, false, context)) ?? (await runCleaned(siteId, target, context));
  if (result) await report(result, target);
}

async function chooseFolder(siteId: string): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Build Docs'),
    openLabel: vscode.l10n.t('Build Here'),
    defaultUri: vscode.Uri.from(parseUri(siteId)),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0];
}

type Built = Extract<TechDocsBuildResult, { type: 'built' }>;

/** Undefined where the folder holds something else. */
async function run(
  siteId: string,
  target: vscode.Uri,
  isCleaned: boolean,
  { actions, builder }: DocsContext,
): Promise<Built | undefined> {
  const result = await actions.withProgress(
    vscode.l10n.t('Building docs…'),
    ({ signal, report: tell }) =>
      builder.build(siteId, { target: formatUri(target), isCleaned, signal, report: tell }),
  );
  return result.type === 'built' ? result : undefined;
}

async function runCleaned(
  siteId: string,
  target: vscode.Uri,
  context: DocsContext,
): Promise<Built | undefined> {
  const empty = vscode.l10n.t('Empty It and Build');
  const message = vscode.l10n.t(
    '{0} holds files that no build put there.',
    vscode.workspace.asRelativePath(target),
  );
  const detail = vscode.l10n.t('All of them but hidden ones will be gone.');
  const options = { modal: true, detail };
  const answer = await vscode.window.showWarningMessage(withoutLinks(message), options, empty);
  return answer === empty ? run(siteId, target, true, context) : undefined;
}

async function report({ pages, warnings, showLog }: Built, target: vscode.Uri): Promise<void> {
  const place = vscode.workspace.asRelativePath(target);
  const built =
    pages === undefined
      ? vscode.l10n.t('MkDocs built the docs into {0}.', place)
      : pages === 1
        ? vscode.l10n.t('One page was built into {0}.', place)
        : vscode.l10n.t('{0} pages were built into {1}.', pages, place);
  const told = warnings ? ` ${vscode.l10n.t('There are warnings: {0}.', warnings)}` : '';
  const reveal = vscode.l10n.t('Reveal');
  const log = vscode.l10n.t('Show Log');
  const show = warnings ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  // Not awaited: the build is over, the notification may stand as long as it likes.
  void show(withoutLinks(`${built}${told}`), reveal, ...(warnings ? [log] : [])).then(answer => {
    if (answer === log) showLog();
    if (answer !== reveal) return;
    const isOpen = vscode.workspace.getWorkspaceFolder(target) !== undefined;
    const index = vscode.Uri.joinPath(target, 'index.html');
    void vscode.commands.executeCommand(isOpen ? 'revealInExplorer' : 'revealFileInOS', index);
  });
}

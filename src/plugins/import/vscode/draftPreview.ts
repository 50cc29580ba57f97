import * as vscode from 'vscode';
import type { DescriptorDraft } from '../../../api';
import { type Disposable, DisposableStore, parseUri } from '../../../base';

const SCHEME = 'callboard-import';

/** Shows drafts in one editor, each as the file that it would become, until it is disposed. */
export async function showDrafts(
  title: string,
  drafts: readonly DescriptorDraft[],
): Promise<Disposable> {
  const store = new DisposableStore();
  const texts = new Map(drafts.map(({ file, text }) => [draftUri(file).toString(), text]));
  store.add(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: uri => texts.get(uri.toString()) ?? '',
    }),
  );
  const resources = drafts.map(({ file }) => [toUri(file), undefined, draftUri(file)]);
  await vscode.commands.executeCommand('vscode.changes', title, resources);
  store.add({ dispose: () => void closeTab(title) });
  return store;
}

async function closeTab(title: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
  // The editor of several changes has no type of its own in the API of today.
  const tab = tabs.find(({ label }) => label.startsWith(title));
  if (tab) await vscode.window.tabGroups.close(tab);
}

function draftUri(file: string): vscode.Uri {
  return vscode.Uri.from({ ...parseUri(file), scheme: SCHEME });
}

function toUri(uri: string): vscode.Uri {
  return vscode.Uri.from(parseUri(uri));
}

import * as vscode from 'vscode';
import type { FileEdit, TextEdit } from '../../../api';
import { type Disposable, DisposableStore, parseUri } from '../../../base';
import { toRange } from '../../../platform/vscode/convert';
import { toUri } from '../../../platform/vscode/uri';
import { applyOffsetEdits } from '../core/edits';

const SCHEME = 'callboard-preview';

/** Shows in one editor what files would become, beside what they are, until it is disposed. */
export async function showEdits(title: string, files: readonly FileEdit[]): Promise<Disposable> {
  const store = new DisposableStore();
  const texts = new Map<string, string>();
  const resources: (readonly [vscode.Uri, vscode.Uri | undefined, vscode.Uri])[] = [];
  for (const file of files) {
    const after = vscode.Uri.from({ ...parseUri(file.file), scheme: SCHEME });
    if ('content' in file) {
      texts.set(after.toString(), file.content);
      resources.push([toUri(file.file), undefined, after]);
    } else if ('edits' in file) {
      texts.set(after.toString(), await edited(toUri(file.file), file.edits));
      resources.push([toUri(file.file), toUri(file.file), after]);
    }
  }
  store.add(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: uri => texts.get(uri.toString()) ?? '',
    }),
  );
  await vscode.commands.executeCommand('vscode.changes', title, resources);
  store.add({ dispose: () => void closeTab(title) });
  return store;
}

async function edited(uri: vscode.Uri, edits: readonly TextEdit[]): Promise<string> {
  const document = await vscode.workspace.openTextDocument(uri);
  const offsets = edits.map(({ range, newText }) => {
    const { start, end } = toRange(range);
    return { start: document.offsetAt(start), end: document.offsetAt(end), text: newText };
  });
  return applyOffsetEdits(document.getText(), offsets);
}

async function closeTab(title: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
  // The editor of several changes has no type of its own in the API of today.
  const tab = tabs.find(({ label }) => label.startsWith(title));
  if (tab) await vscode.window.tabGroups.close(tab);
}

import * as vscode from 'vscode';
import type { FileEdit, TextEdit } from '../../../api';
import { type Disposable, DisposableStore, parseUri } from '../../../base';
import { toRange, toUri } from '../../../platform/vscode/convert';
import { applyOffsetEdits, type FieldRefusal } from '../core/edits';

const SCHEME = 'callboard-preview';

/** Shows changes of files in a multi-file diff editor, until it is disposed. */
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
  // The tab of a multi-file diff has no type in the API.
  const tab = tabs.find(({ label }) => label.startsWith(title));
  if (tab) await vscode.window.tabGroups.close(tab);
}

/** Returns the reason why a file can't be written, as far as it is known in advance. */
export async function readOnlyReason(uri: vscode.Uri): Promise<string | undefined> {
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) {
    return vscode.l10n.t('Files with scheme "{0}:" are read-only.', uri.scheme);
  }
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return permissions
      ? vscode.l10n.t('{0} is read-only.', vscode.workspace.asRelativePath(uri))
      : undefined;
  } catch {
    // The message is for the user, whatever the file system calls it.
    return vscode.l10n.t('{0} no longer exists.', vscode.workspace.asRelativePath(uri));
  }
}

/** Returns the reason why a field wasn't changed. */
export function refusalMessage(refusal: FieldRefusal, field: string): string {
  switch (refusal) {
    case 'moved':
      return vscode.l10n.t('The file has changed. Try again.');
    case 'invalid':
      return vscode.l10n.t('The document has YAML errors. Fix them first.');
    case 'anchor':
      return vscode.l10n.t('{0} uses a YAML anchor, alias or tag. Edit it manually.', field);
    case 'templated':
      return vscode.l10n.t('A template sets {0}. Edit the template.', field);
    case 'several-values':
      return vscode.l10n.t("{0} isn't a single value. Edit it manually.", field);
    case 'unsafe':
      return vscode.l10n.t("{0} can't be changed automatically. Edit it manually.", field);
  }
}

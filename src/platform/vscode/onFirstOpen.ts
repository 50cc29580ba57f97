import * as vscode from 'vscode';
import { type Disposable, DisposableStore, onDemand } from '../../base';

/** Loads a feature when the first file with a matching path is opened. */
export function onFirstOpen(path: RegExp, load: () => Promise<Disposable>): Disposable {
  const store = new DisposableStore();
  const loadOnce = onDemand(async () => store.add(await load()));
  const look = ({ uri }: vscode.TextDocument): void => {
    if (path.test(uri.path)) void loadOnce();
  };
  store.add(vscode.workspace.onDidOpenTextDocument(look));
  vscode.workspace.textDocuments.forEach(look);
  return store;
}

import * as vscode from 'vscode';
import type { TechDocsService } from '../../../../api';
import { type Disposable, DisposableStore, formatUri } from '../../../../base';
import { pageAround } from '..';

/** The Markdown files in sight that are pages of a site, for what the title of an editor offers. */
const CONTEXT = 'callboard.docs.pages';

/** Keeps the editor told of which of the files in sight are pages of docs. */
export function followDocsInSight(techdocs: TechDocsService): Disposable {
  const store = new DisposableStore();
  let last = 0;
  const look = async (): Promise<void> => {
    const turn = ++last;
    // URIs, not strings: `resource` in a remote window begins with `vscode-remote:`, and the editor converts only URIs.
    const pages: vscode.Uri[] = [];
    for (const { document } of vscode.window.visibleTextEditors) {
      const { languageId, uri } = document;
      if (languageId !== 'markdown') continue;
      if (await pageAround(formatUri(uri), techdocs)) pages.push(uri);
    }
    if (turn === last) await vscode.commands.executeCommand('setContext', CONTEXT, pages);
  };
  // Why docs cannot be read is told where they are shown.
  const lookSoon = (): void => void look().catch(() => undefined);
  store.add(vscode.window.onDidChangeVisibleTextEditors(lookSoon));
  store.add(techdocs.onDidChange(({ list }) => list && lookSoon()));
  lookSoon();
  return store;
}

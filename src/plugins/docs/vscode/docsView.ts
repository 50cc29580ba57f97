import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../base';
import type { DocsTreeModel } from '..';
import { DocsTreeProvider } from './docsTreeProvider';

const VIEW_ID = 'callboard.docs';

/** The Docs view; nothing is read before it is shown. */
export class DocsView implements Disposable {
  #store = new DisposableStore();

  constructor(model: DocsTreeModel) {
    const treeDataProvider = this.#store.add(new DocsTreeProvider(model));
    const options = { treeDataProvider, showCollapseAll: true };
    this.#store.add(vscode.window.createTreeView(VIEW_ID, options));
  }

  dispose(): void {
    this.#store.dispose();
  }
}

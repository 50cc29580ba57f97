import * as vscode from 'vscode';
import type { FileSystem } from '../../../platform/core/ports';
import { fromUri, toAbortSignal } from '../../../platform/vscode/convert';
import {
  type BuiltSite,
  completeNav,
  completePage,
  type DocsChecker,
  type DocsChoice,
  type DocsChoices,
  type LinkedEntity,
} from '../core';

export interface DocsCompletionDeps {
  readonly checker: DocsChecker;
  /** Includes unsaved changes of open editors. */
  readonly fileSystem: FileSystem;
  readonly entities: () => Iterable<LinkedEntity>;
  /** Returns the site of a page or config. */
  readonly siteOf: (file: string, signal: AbortSignal) => Promise<BuiltSite | undefined>;
}

/**
 * Completes links and navigation entries of docs. For pages, only adds to VS Code's own completion
 * of relative paths and headings with GitHub's ids (`markdown.suggest.paths.enabled`).
 */
export class DocsCompletion implements vscode.CompletionItemProvider {
  #deps: DocsCompletionDeps;

  constructor(deps: DocsCompletionDeps) {
    this.#deps = deps;
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionList | undefined> {
    const signal = toAbortSignal(token);
    try {
      const found = await this.#choices(document, document.offsetAt(position), signal);
      if (!found || signal.aborted) return undefined;
      const range = new vscode.Range(
        document.positionAt(found.start),
        document.positionAt(found.end),
      );
      const items = found.items.map((choice, index) => toItem(choice, { range, index }));
      return new vscode.CompletionList(items, found.isIncomplete);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  async #choices(
    document: vscode.TextDocument,
    offset: number,
    signal: AbortSignal,
  ): Promise<DocsChoices | undefined> {
    const { checker, fileSystem, entities, siteOf } = this.#deps;
    const uri = fromUri(document.uri);
    const site = await siteOf(uri, signal);
    if (!site) return undefined;
    const text = document.getText();
    if (uri === site.content.site.config) return completeNav({ site, text, offset });
    const page = [...site.files.values()].find(file => file.uri === uri);
    return (
      page &&
      completePage(
        { site, page, text, offset },
        { checker, fileSystem, entities, hasEditorMarkdown: true },
      )
    );
  }
}

const ITEM_KINDS: Readonly<Record<DocsChoice['type'], vscode.CompletionItemKind>> = {
  page: vscode.CompletionItemKind.File,
  file: vscode.CompletionItemKind.File,
  folder: vscode.CompletionItemKind.Folder,
  area: vscode.CompletionItemKind.Folder,
  anchor: vscode.CompletionItemKind.Reference,
  entity: vscode.CompletionItemKind.Reference,
};

function toItem(
  { type, label, text, filter, detail }: DocsChoice,
  { range, index }: { readonly range: vscode.Range; readonly index: number },
): vscode.CompletionItem {
  const item = new vscode.CompletionItem(label, ITEM_KINDS[type]);
  item.range = range;
  item.insertText = text;
  item.filterText = filter ?? text;
  // Sorts before the editor's own items.
  item.sortText = `!${String(index).padStart(4, '0')}`;
  if (detail !== undefined) item.detail = detail;
  if (text.endsWith('/')) {
    item.command = { title: 'Suggest', command: 'editor.action.triggerSuggest' };
  }
  return item;
}

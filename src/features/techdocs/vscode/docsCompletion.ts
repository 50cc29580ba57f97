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
  /** With what is typed and not saved. */
  readonly fileSystem: FileSystem;
  readonly entities: () => Iterable<LinkedEntity>;
  /** The site that a page or config belongs to. */
  readonly siteOf: (file: string, signal: AbortSignal) => Promise<BuiltSite | undefined>;
}

/**
 * What may be written in pages and navigations of docs. VS Code's own Markdown completes relative paths, and headings by
 * GitHub's ids (`markdown.suggest.paths.enabled`): of pages, only what it does not offer is added here.
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
  // Before what the editor itself offers, which has no order of its own.
  item.sortText = `!${String(index).padStart(4, '0')}`;
  if (detail !== undefined) item.detail = detail;
  if (text.endsWith('/')) {
    item.command = { title: 'Suggest', command: 'editor.action.triggerSuggest' };
  }
  return item;
}

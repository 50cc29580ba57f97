import * as vscode from 'vscode';
import type { Problem } from '../../../model';
import { readableText } from '../../../platform/core/files';
import type { FileSystem } from '../../../platform/core/ports';
import { fromUri, toAbortSignal, toRange, toUri } from '../../../platform/vscode/convert';
import { type BuiltSite, type DocsFix, docsFixes } from '../core';

export interface PageFixesDeps {
  /** Includes unsaved changes of open editors. */
  readonly fileSystem: FileSystem;
  /** Returns the reported problems of a file. */
  readonly problemsOf: (file: string) => readonly Problem[];
  /** Returns the site of a page or config. */
  readonly siteOf: (file: string, signal: AbortSignal) => Promise<BuiltSite | undefined>;
}

/** Quick fixes for docs. */
export class PageFixes implements vscode.CodeActionProvider {
  #deps: PageFixesDeps;

  constructor(deps: PageFixesDeps) {
    this.#deps = deps;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const file = fromUri(document.uri);
    const problems = this.#deps
      .problemsOf(file)
      .filter(problem => toRange(problem.range).intersection(range) !== undefined);
    if (!problems.length) return [];
    const signal = toAbortSignal(token);
    try {
      const site = await this.#deps.siteOf(file, signal);
      if (!site) return [];
      const actions: vscode.CodeAction[] = [];
      for (const problem of problems) {
        const place = toRange(problem.range);
        const fixes = await docsFixes(problem, {
          site,
          written: document.getText(place),
          textOf: other => readableText(other, this.#deps.fileSystem),
        });
        const solved = diagnostics.filter(
          diagnostic => diagnostic.range.isEqual(place) && diagnostic.message === problem.message,
        );
        for (const fix of fixes) {
          const action = toAction(fix, document.uri, place);
          action.diagnostics = solved;
          action.isPreferred = fixes.length === 1;
          actions.push(action);
        }
      }
      return actions;
    } catch (error) {
      if (signal.aborted) return [];
      throw error;
    }
  }
}

function toAction(fix: DocsFix, uri: vscode.Uri, place: vscode.Range): vscode.CodeAction {
  const action = new vscode.CodeAction(titleOf(fix), vscode.CodeActionKind.QuickFix);
  const edit = (action.edit = new vscode.WorkspaceEdit());
  switch (fix.type) {
    case 'replace':
      edit.replace(uri, place, fix.text);
      break;
    case 'create':
      edit.createFile(toUri(fix.file), {
        ignoreIfExists: true,
        contents: new TextEncoder().encode(fix.text),
      });
      break;
    case 'addToNav':
      edit.insert(toUri(fix.file), toRange(fix.range).start, fix.text);
  }
  return action;
}

function titleOf(fix: DocsFix): string {
  switch (fix.type) {
    case 'replace':
      return vscode.l10n.t('Change to {0}', fix.text);
    case 'create':
      return vscode.l10n.t('Create page {0}', fix.path);
    case 'addToNav':
      return vscode.l10n.t('Add page to navigation');
  }
}

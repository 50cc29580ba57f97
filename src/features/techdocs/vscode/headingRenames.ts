import * as vscode from 'vscode';
import type { Disposable } from '../../../base';
import { readableText } from '../../../platform/core/files';
import type { FileSystem } from '../../../platform/core/ports';
import { fromUri, toAbortSignal, toRange } from '../../../platform/vscode/convert';
import {
  type BuiltSite,
  type DocsChecker,
  type DocsEdit,
  headingAt,
  headingRefusal,
  type HeadingRefusal,
  type HeadingRenameDeps,
  renameHeading,
} from '../core';
import { editOfDocs } from './pageMoves';

export interface HeadingRenamesDeps {
  readonly checker: DocsChecker;
  /** With what is typed and not saved. */
  readonly fileSystem: FileSystem;
  /** The sites that a page belongs to. */
  readonly sitesOf: (page: string, signal: AbortSignal) => Promise<readonly BuiltSite[]>;
}

/**
 * Renames headings of docs with all links to them, as TechDocs makes their ids. VS Code asks whoever is not built in
 * first, and the next one where that refuses: what else can be renamed in Markdown stays with its own extension.
 */
export class HeadingRenames implements vscode.RenameProvider, Disposable {
  #deps: HeadingRenamesDeps;
  #registration: Disposable;

  constructor(deps: HeadingRenamesDeps) {
    this.#deps = deps;
    this.#registration = vscode.languages.registerRenameProvider({ language: 'markdown' }, this);
  }

  async prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<{ range: vscode.Range; placeholder: string } | undefined> {
    for (const deps of await this.#sitesOf(document, token)) {
      const found = await headingIn(document, position, deps);
      if (!found.ok) throw new Error(headingRefusal(found.error, vscode.l10n.t));
      const { range, placeholder } = found.value;
      return { range: toRange(range), placeholder };
    }
    return undefined;
  }

  async provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    newName: string,
    token: vscode.CancellationToken,
  ): Promise<vscode.WorkspaceEdit | undefined> {
    const sites = await this.#sitesOf(document, token);
    if (!sites.length) return undefined;
    const edits: DocsEdit[] = [];
    let refusal: HeadingRefusal | undefined;
    for (const deps of sites) {
      const found = await headingIn(document, position, deps);
      const renamed = found.ok ? await renameHeading(found.value, newName, deps) : found;
      if (renamed.ok) edits.push(...renamed.value);
      else refusal ??= renamed.error;
    }
    if (!edits.length && refusal) throw new Error(headingRefusal(refusal, vscode.l10n.t));
    return editOfDocs(edits);
  }

  dispose(): void {
    this.#registration.dispose();
  }

  async #sitesOf(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<readonly HeadingRenameDeps[]> {
    const { checker, fileSystem, sitesOf } = this.#deps;
    const signal = toAbortSignal(token);
    try {
      const sites = await sitesOf(fromUri(document.uri), signal);
      // What was typed a moment ago may not have been told yet.
      checker.forget(vscode.workspace.textDocuments.map(({ uri }) => fromUri(uri)));
      return sites.map(site => ({
        site,
        indexOf: page => checker.indexOf(page, site),
        indexWith: (page, texts) => checker.indexWith(page, site, texts),
        textOf: file => readableText(file, fileSystem),
      }));
    } catch (error) {
      if (signal.aborted) return [];
      throw error;
    }
  }
}

async function headingIn(
  { uri }: vscode.TextDocument,
  { line, character }: vscode.Position,
  deps: HeadingRenameDeps,
): ReturnType<typeof headingAt> {
  const file = fromUri(uri);
  const page = [...deps.site.files.values()].find(other => other.uri === file);
  if (!page) return { ok: false, error: 'nothing' };
  return headingAt({ page, position: { line, character } }, deps);
}

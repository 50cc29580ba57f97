import * as vscode from 'vscode';
import type { FileSystem } from '../../../platform/core/ports';
import { fromUri, toAbortSignal, toRange } from '../../../platform/vscode/convert';
import {
  type BuiltSite,
  type DocsChecker,
  headingOfSite,
  type HeadingOfSite,
  headingRefusal,
  renameInSites,
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
export class HeadingRenames implements vscode.RenameProvider {
  #deps: HeadingRenamesDeps;

  constructor(deps: HeadingRenamesDeps) {
    this.#deps = deps;
  }

  async prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<{ range: vscode.Range; placeholder: string } | undefined> {
    const [heading] = await this.#headings(document, position, token);
    if (!heading) return undefined;
    const { found } = heading;
    if (!found.ok) throw new Error(headingRefusal(found.error, vscode.l10n.t));
    return { range: toRange(found.value.range), placeholder: found.value.placeholder };
  }

  async provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    newName: string,
    token: vscode.CancellationToken,
  ): Promise<vscode.WorkspaceEdit | undefined> {
    const headings = await this.#headings(document, position, token);
    if (!headings.length) return undefined;
    const renamed = await renameInSites(headings, newName);
    if (!renamed.ok) throw new Error(headingRefusal(renamed.error, vscode.l10n.t));
    return editOfDocs(renamed.value);
  }

  /** The heading at a place, as each of the sites has it that the page belongs to. */
  async #headings(
    document: vscode.TextDocument,
    { line, character }: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<readonly HeadingOfSite[]> {
    const { checker, sitesOf } = this.#deps;
    const signal = toAbortSignal(token);
    const file = fromUri(document.uri);
    let sites: readonly BuiltSite[];
    try {
      sites = await sitesOf(file, signal);
    } catch (error) {
      if (signal.aborted) return [];
      throw error;
    }
    // What was typed a moment ago may not have been told yet.
    checker.forget(vscode.workspace.textDocuments.map(({ uri }) => fromUri(uri)));
    const place = { file, position: { line, character } };
    return Promise.all(sites.map(site => headingOfSite(place, site, this.#deps)));
  }
}

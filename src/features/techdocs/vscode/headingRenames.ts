import * as vscode from 'vscode';
import type { FileSystem } from '../../../platform/core/ports';
import { fromUri, toAbortSignal, toRange } from '../../../platform/vscode/convert';
import {
  type BuiltSite,
  type DocsChecker,
  findHeadingInSite,
  type SiteHeading,
  headingRefusal,
  renameInSites,
} from '../core';
import { editOfDocs } from './pageMoves';

export interface HeadingRenamesDeps {
  readonly checker: DocsChecker;
  /** Includes unsaved changes of open editors. */
  readonly fileSystem: FileSystem;
  /** Returns the sites of a page. */
  readonly sitesOf: (page: string, signal: AbortSignal) => Promise<readonly BuiltSite[]>;
}

/**
 * Renames headings of docs and links to them, with TechDocs' ids. VS Code asks other providers if
 * this one refuses, so that its own Markdown extension handles the rest.
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

  /** Returns the heading at a position, for each site of the page. */
  async #headings(
    document: vscode.TextDocument,
    { line, character }: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<readonly SiteHeading[]> {
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
    // Recent edits may not have been reported yet.
    checker.invalidate(vscode.workspace.textDocuments.map(({ uri }) => fromUri(uri)));
    const place = { file, position: { line, character } };
    return Promise.all(sites.map(site => findHeadingInSite(place, site, this.#deps)));
  }
}

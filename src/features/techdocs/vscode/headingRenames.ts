import * as vscode from 'vscode';
import type { Disposable } from '../../../base';
import { decodeText } from '../../../platform/core/files';
import type { FileSystem } from '../../../platform/core/ports';
import { fromUri, toAbortSignal, toRange, toUri } from '../../../platform/vscode/convert';
import {
  type BuiltSite,
  distinctEdits,
  type DocsChecker,
  type DocsEdit,
  headingAt,
  type HeadingRefusal,
  type HeadingRenameDeps,
  renameHeading,
} from '../core';

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
      if (!found.ok) throw new Error(refusalOf(found.error));
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
    if (!edits.length && refusal) throw new Error(refusalOf(refusal));
    const edit = new vscode.WorkspaceEdit();
    for (const { file, range, text } of distinctEdits(edits)) {
      edit.replace(toUri(file), toRange(range), text);
    }
    return edit;
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
        textOf: async file => {
          try {
            return decodeText(await fileSystem.readFile(file));
          } catch {
            return undefined;
          }
        },
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

function refusalOf(refusal: HeadingRefusal): string {
  switch (refusal) {
    case 'nothing':
      return vscode.l10n.t('There is no heading here, no id, and no link to one.');
    case 'included':
      return vscode.l10n.t(
        'The heading stands in another file, which the page includes: rename it there.',
      );
    case 'missing':
      return vscode.l10n.t('The link leads to no heading and no id.');
    case 'empty':
      return vscode.l10n.t('A heading has a text.');
    case 'lines':
      return vscode.l10n.t('A heading has its text in one line.');
    case 'notHeading':
      return vscode.l10n.t('With this text, the page would not have the same headings any more.');
    case 'notId':
      return vscode.l10n.t('An id has no spaces, quotes, braces or other signs that end it.');
    case 'taken':
      return vscode.l10n.t('The page has this id already.');
  }
}

import * as vscode from 'vscode';
import { isWithin } from '../../../base';
import { decodeText } from '../../../platform/core/files';
import type { FileSystem } from '../../../platform/core/ports';
import { fromUri, toRange, toUri } from '../../../platform/vscode/convert';
import { readSetting } from '../../../platform/vscode/trust';
import {
  distinctEdits,
  type DocsChecker,
  type DocsEdit,
  editsForMovedPages,
  type TechDocsSites,
} from '../core';

export interface PageMovesDeps {
  readonly sites: TechDocsSites;
  readonly checker: DocsChecker;
  /** Includes unsaved changes of open editors. */
  readonly fileSystem: FileSystem;
}

/** Returns the edits that keep links and navigation valid when files are renamed. */
export async function editsOfMove(
  files: vscode.FileWillRenameEvent['files'],
  { sites, checker, fileSystem }: PageMovesDeps,
): Promise<vscode.WorkspaceEdit> {
  const moves = files.map(({ oldUri, newUri }) => ({ from: fromUri(oldUri), to: fromUri(newUri) }));
  const edits: DocsEdit[] = [];
  for (const { id, folder, origin } of await sites.getSites()) {
    const isTouched = moves.some(({ from }) => from !== folder && isWithin(folder, from));
    const site = isTouched && origin !== 'readme' ? await sites.build(id) : undefined;
    if (!site) continue;
    const moved = await editsForMovedPages(moves, site, {
      isConfigOnly: followsLinksItself(),
      indexOf: page => checker.indexOf(page, site),
      textAt: async (file, range) => {
        const open = vscode.workspace.textDocuments.find(({ uri }) => fromUri(uri) === file);
        if (open) return open.getText(toRange(range));
        const lines = decodeText(await fileSystem.readFile(file)).split(/\r\n|[\r\n]/);
        // Navigation values with quotes are on one line.
        return lines[range.start.line]?.slice(range.start.character, range.end.character);
      },
    });
    edits.push(...moved);
  }
  return editOfDocs(edits);
}

export function editOfDocs(edits: readonly DocsEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { file, range, text } of distinctEdits(edits)) {
    edit.replace(toUri(file), toRange(range), text);
  }
  return edit;
}

/** Whether VS Code updates Markdown links itself on moves. */
function followsLinksItself(): boolean {
  const setting = readSetting('markdown.updateLinksOnFileMove.enabled');
  return (setting ?? 'never') !== 'never';
}

import * as vscode from 'vscode';
import {
  isSafeUrl,
  type LinkTarget,
  parseUri,
  type PortalService,
  type SearchLocation,
} from '../../../../api';

export interface OpenOptions {
  readonly toSide?: boolean;
  /** Whether to keep the focus, and let the next result replace this one. */
  readonly isPreview?: boolean;
}

/** Opens a search result: a page at its heading or operation, a file at its line. */
export async function openTarget(
  target: LinkTarget,
  portal: PortalService,
  options: OpenOptions = {},
): Promise<void> {
  const { toSide = false, isPreview = false } = options;
  switch (target.type) {
    case 'entity': {
      const { entityRef } = target;
      await portal.open({ page: 'entity', entityRef }, { toSide, preserveFocus: isPreview });
      return;
    }
    case 'page':
      await portal.open(target.page, { toSide, preserveFocus: isPreview });
      return;
    case 'source':
      await openLocation(target, options);
      return;
    case 'url':
      if (!isPreview && isSafeUrl(target.url)) {
        await vscode.env.openExternal(vscode.Uri.parse(target.url));
      }
      return;
    case 'command':
      // Commands are not run for a preview.
      if (!isPreview) {
        await vscode.commands.executeCommand(target.command, ...(target.arguments ?? []));
      }
  }
}

export async function openLocation(
  { file, range }: SearchLocation,
  { toSide = false, isPreview = false }: OpenOptions = {},
): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.from(parseUri(file)), {
    viewColumn: toSide ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
    preserveFocus: isPreview,
    preview: true,
    ...(range && { selection: toVsCodeRange(range) }),
  });
}

export function toVsCodeRange({ start, end }: NonNullable<SearchLocation['range']>): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

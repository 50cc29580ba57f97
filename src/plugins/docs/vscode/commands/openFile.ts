import * as vscode from 'vscode';
import { type Disposable, parseUri } from '../../../../base';
import { isSafeUrl } from '../../../../model/presentation';
import { asDocsNode, type DocsContext } from '../docsContext';

/** From a row to its file, to its config, to its entity, and to the page that edits it on its host. */
export function registerOpenFile({ actions, portal }: DocsContext): readonly Disposable[] {
  return [
    actions.registerCommand('callboard.docs.openFile', async argument => {
      const node = asDocsNode(argument);
      if (node?.type === 'page') await openUri(node.page.file);
      else if (node?.type === 'link' && node.file !== undefined) await openUri(node.file);
      else if (node?.type === 'link') await openWeb(node.url);
    }),
    actions.registerCommand('callboard.docs.openConfig', async argument => {
      const node = asDocsNode(argument);
      if (node?.type === 'site' && node.site.config !== undefined) await openUri(node.site.config);
    }),
    actions.registerCommand('callboard.docs.openEntity', async argument => {
      const node = asDocsNode(argument);
      const entityRef = node?.type === 'site' ? node.site.entityRefs[0] : undefined;
      if (entityRef !== undefined) await portal.open({ page: 'entity', entityRef });
    }),
    actions.registerCommand('callboard.docs.openEditPage', async argument => {
      const node = asDocsNode(argument);
      if (node?.type === 'page' && node.page.editUrl !== undefined)
        await openWeb(node.page.editUrl);
    }),
  ];
}

async function openUri(uri: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.from(parseUri(uri)));
}

/** What leads nowhere stays where it is. */
async function openWeb(url: string): Promise<void> {
  if (isSafeUrl(url)) await vscode.env.openExternal(vscode.Uri.parse(url));
}

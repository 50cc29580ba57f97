import * as vscode from 'vscode';
import { type Disposable, withoutLinks } from '../../../../base';
import type { CatalogViewContext } from '../catalogViewContext';
import { resolveEntityRef } from '../entityArgument';
import { toVsCodeUri } from '../uris';
import { entityTitle, hasDocs } from '../../../../model/presentation';

/** Open Docs: the first page of an entity's documentation, as the editor shows Markdown. */
export function registerOpenDocs(context: CatalogViewContext): Disposable {
  const { actions, catalog } = context;
  return actions.registerCommand('callboard.entity.openDocs', async argument => {
    const ref = await resolveEntityRef(argument, context, {
      title: vscode.l10n.t('Open the Docs of an Entity'),
      accept: hasDocs,
    });
    const entity = ref === undefined ? undefined : catalog.getEntityByRef(ref);
    if (ref === undefined || !entity) return;
    const { docsHome } = await import('../../docsHome');
    const home = await docsHome(ref, context);
    if (home && 'url' in home) {
      await vscode.env.openExternal(vscode.Uri.parse(home.url));
      return;
    }
    const page = home && toVsCodeUri(home.page);
    // A path of a descriptor may lead anywhere on the disk.
    if (page && vscode.workspace.getWorkspaceFolder(page)) {
      await vscode.commands.executeCommand('markdown.showPreview', page);
      return;
    }
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} has no docs in this workspace.', withoutLinks(entityTitle(entity))),
    );
  });
}

import * as vscode from 'vscode';
import { type Disposable, parseUri, withoutIcons, withoutLinks } from '../../../../base';
import { entityTitle, isSafeUrl } from '../../../../model/presentation';
import { type DocsPage, pageOfEntity, pageOfSite } from '../..';
import { asDocsNode, type DocsContext } from '../docsContext';

/** Open Docs: of an entity (its ref), of a row, or of the site that is picked. */
export function registerOpenDocs(context: DocsContext): Disposable {
  return context.actions.registerCommand('callboard.docs.open', async argument => {
    const node = asDocsNode(argument);
    if (node?.type === 'page') await showPage({ file: node.page.file });
    else if (node?.type === 'site') await openSite(node.site.id, context);
    else if (typeof argument === 'string') await openEntity(argument.toLowerCase(), context);
    else {
      const siteId = await pickSite(context);
      if (siteId !== undefined) await openSite(siteId, context);
    }
  });
}

async function openEntity(ref: string, { catalog, techdocs }: DocsContext): Promise<void> {
  const page = await pageOfEntity(ref, techdocs);
  if (page && (await showPage(page))) return;
  const entity = catalog.getEntityByRef(ref);
  const title = entity ? entityTitle(entity) : ref;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} has no docs in this workspace.', withoutLinks(title)),
  );
}

async function openSite(siteId: string, { techdocs }: DocsContext): Promise<void> {
  const page = await pageOfSite(siteId, { path: '', techdocs });
  if (page && (await showPage(page))) return;
  void vscode.window.showInformationMessage(vscode.l10n.t('This site has no pages.'));
}

type SiteItem = vscode.QuickPickItem & { readonly id: string };

async function pickSite({ techdocs }: DocsContext): Promise<string | undefined> {
  const items = techdocs.getSites().then((sites): readonly SiteItem[] =>
    sites.map(({ id, name, folder, entityRefs }) => ({
      id,
      label: withoutIcons(name),
      description: vscode.workspace.asRelativePath(vscode.Uri.from(parseUri(folder))),
      detail: entityRefs.join(', '),
    })),
  );
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Open Docs'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.id;
}

/** As the editor shows Markdown; whether there was something to show. */
async function showPage(page: DocsPage): Promise<boolean> {
  if ('url' in page) {
    if (!isSafeUrl(page.url)) return false;
    await vscode.env.openExternal(vscode.Uri.parse(page.url));
    return true;
  }
  const uri = vscode.Uri.from(parseUri(page.file));
  await vscode.commands.executeCommand('markdown.showPreview', uri);
  return true;
}

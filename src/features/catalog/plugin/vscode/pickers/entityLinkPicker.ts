import * as vscode from 'vscode';
import {
  descriptorUrls,
  type Entity,
  entityLinks,
  entityTitle,
  isSafeUrl,
  withoutIcons,
  withoutLinks,
} from '../../../../../api';
import { resolveEntityRef } from '../entityArgument';
import type { CatalogViewContext } from '../tree/catalogViewContext';

/** Lets the user pick a link of an entity, and opens it. */
export async function pickLink(argument: unknown, context: CatalogViewContext): Promise<void> {
  const ref = await resolveEntityRef(argument, context, {
    title: vscode.l10n.t('Open Link'),
    accept: entity => linkItems(entity).length > 0,
  });
  const entity = ref === undefined ? undefined : context.catalog.getEntityByRef(ref);
  if (!entity) return;
  const items = linkItems(entity);
  if (!items.length) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} has no links that can be opened.', withoutLinks(entityTitle(entity))),
    );
    return;
  }
  // Also shown for a single link, so that its target is visible before it opens.
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Links of {0}', entityTitle(entity)),
    placeHolder: vscode.l10n.t('Open in the browser'),
    matchOnDescription: true,
  });
  if (picked && isSafeUrl(picked.url)) await vscode.env.openExternal(vscode.Uri.parse(picked.url));
}

interface LinkItem extends vscode.QuickPickItem {
  readonly url: string;
}

function linkItems(entity: Entity): readonly LinkItem[] {
  const { view, edit, blame } = descriptorUrls(entity);
  const items = entityLinks(entity).map(link => linkItem('link', link.title, link.url));
  if (view !== undefined) items.push(linkItem('eye', vscode.l10n.t('View Descriptor'), view));
  if (edit !== undefined) items.push(linkItem('edit', vscode.l10n.t('Edit Descriptor'), edit));
  if (blame !== undefined) {
    items.push(linkItem('git-commit', vscode.l10n.t('Blame Descriptor'), blame));
  }
  return items;
}

function linkItem(icon: string, title: string, url: string): LinkItem {
  const label = `$(${icon}) ${withoutIcons(title)}`;
  return { label, description: title === url ? '' : withoutIcons(url), url };
}

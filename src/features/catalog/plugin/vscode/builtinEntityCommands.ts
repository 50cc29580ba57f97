import * as vscode from 'vscode';
import { type EntityCommand, refOf } from '../../../../api';
import { entityFlags } from '..';
import type { CatalogViewContext } from './tree/catalogViewContext';

/** Returns the commands of the tree's menus for "Entity Actions…". */
export function builtinEntityCommands(
  context: Pick<CatalogViewContext, 'catalog' | 'sources' | 'starred'>,
): readonly EntityCommand[] {
  /** Commands with the flag that an entity must have. */
  const rows: readonly (readonly [name: string, icon: string, title: string, flag?: string])[] = [
    ['entity.openPage', 'preview', vscode.l10n.t('Show Entity Page')],
    ['entity.open', 'go-to-file', vscode.l10n.t('Open Definition'), 'source'],
    ['entity.openToSide', 'split-horizontal', vscode.l10n.t('Open to the Side'), 'source'],
    ['entity.showDependents', 'references', vscode.l10n.t('Show Dependents')],
    ['entity.showGraph', 'type-hierarchy', vscode.l10n.t('Show Entity Graph')],
    ['entity.openDocs', 'book', vscode.l10n.t('Open Docs'), 'docs'],
    ['entity.addDocs', 'book', vscode.l10n.t('Add TechDocs…'), 'addDocs'],
    ['catalog.revealEntity', 'list-tree', vscode.l10n.t('Reveal Entity in Catalog')],
    ['entity.openOwner', 'organization', vscode.l10n.t('Open Owner'), 'owned'],
    ['entity.setOwner', 'edit', vscode.l10n.t('Set Owner…'), 'setOwner'],
    ['entity.setSystem', 'edit', vscode.l10n.t('Set System…'), 'setSystem'],
    ['entity.setDomain', 'edit', vscode.l10n.t('Set Domain…'), 'setDomain'],
    ['entity.rename', 'edit', vscode.l10n.t('Rename Entity…'), 'editable'],
    ['entity.moveToNamespace', 'edit', vscode.l10n.t('Move Entity to Namespace…'), 'editable'],
    ['entity.changeOwner', 'edit', vscode.l10n.t('Transfer Ownership…'), 'owner'],
    ['entity.openLink', 'link-external', vscode.l10n.t('Open Link…'), 'links'],
    ['entity.copyRef', 'copy', vscode.l10n.t('Copy Entity Ref')],
    ['entity.star', 'star-empty', vscode.l10n.t('Star'), 'unstarred'],
    ['entity.unstar', 'star-full', vscode.l10n.t('Unstar'), 'starred'],
    ['entity.revealInExplorer', 'files', vscode.l10n.t('Reveal in Explorer View'), 'editable'],
    ['entity.filterByKind', 'filter', vscode.l10n.t('Filter by This Kind')],
    ['entity.filterByOwner', 'filter', vscode.l10n.t('Filter by This Owner'), 'owned'],
    ['entity.filterByTag', 'filter', vscode.l10n.t('Filter by This Tag'), 'tagged'],
  ];
  return rows.map(([name, icon, title, flag]) => {
    const id = `callboard.${name}`;
    return {
      id,
      title,
      icon,
      isEnabled: entity =>
        flag === undefined || entityFlags(entity, refOf(entity), context).includes(flag),
      run: entity => vscode.commands.executeCommand(id, refOf(entity)),
    };
  });
}

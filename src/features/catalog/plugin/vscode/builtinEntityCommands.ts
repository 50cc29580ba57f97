import * as vscode from 'vscode';
import type { Entity, EntityCommand } from '../../../../api';
import {
  canHaveDocs,
  descriptorUrls,
  entityLinks,
  entityTags,
  hasDocs,
  ownerRefs,
  refOf,
} from '../../../../model/presentation';
import { type AssignableField, canAssign } from '..';
import type { CatalogViewContext } from './tree/catalogViewContext';

/** The commands of the tree's menus, as "Entity Actions…" offers them beside those of plugins. */
export function builtinEntityCommands({
  catalog,
  sources,
  starred,
}: Pick<CatalogViewContext, 'catalog' | 'sources' | 'starred'>): readonly EntityCommand[] {
  const hasSource = (entity: Entity): boolean =>
    catalog.getEntitySource(refOf(entity)) !== undefined;
  // What lies on another machine can be opened, and nothing else.
  const isEditable = (entity: Entity): boolean =>
    hasSource(entity) && sources.getOriginOf(refOf(entity)).from === undefined;
  const isStarred = (entity: Entity): boolean => starred.has(refOf(entity));
  const hasLinks = (entity: Entity): boolean =>
    entityLinks(entity).length > 0 || Object.keys(descriptorUrls(entity)).length > 0;
  const isOwned = (entity: Entity): boolean => ownerRefs(entity).length > 0;
  const assign = (name: AssignableField['id'], title: string): EntityCommand =>
    entityCommand(name, 'edit', title, entity => isEditable(entity) && canAssign(entity, name));
  return [
    entityCommand('openPage', 'preview', vscode.l10n.t('Show Entity Page')),
    entityCommand('open', 'go-to-file', vscode.l10n.t('Open Definition'), hasSource),
    entityCommand('openToSide', 'split-horizontal', vscode.l10n.t('Open to the Side'), hasSource),
    entityCommand('showDependents', 'references', vscode.l10n.t('Show Dependents')),
    entityCommand('showGraph', 'type-hierarchy', vscode.l10n.t('Show Graph')),
    entityCommand('openDocs', 'book', vscode.l10n.t('Open Docs'), hasDocs),
    entityCommand(
      'addDocs',
      'book',
      vscode.l10n.t('Add TechDocs…'),
      entity => isEditable(entity) && canHaveDocs(entity),
    ),
    revealInCatalog(),
    entityCommand('openOwner', 'organization', vscode.l10n.t('Open Owner'), isOwned),
    assign('setOwner', vscode.l10n.t('Set Owner…')),
    assign('setSystem', vscode.l10n.t('Set System…')),
    assign('setDomain', vscode.l10n.t('Set Domain…')),
    entityCommand('rename', 'edit', vscode.l10n.t('Rename…'), isEditable),
    entityCommand('moveToNamespace', 'edit', vscode.l10n.t('Move to Namespace…'), isEditable),
    entityCommand(
      'changeOwner',
      'edit',
      vscode.l10n.t('Give What It Owns to Another Owner…'),
      entity => catalog.getRelations(refOf(entity)).some(({ type }) => type === 'ownerOf'),
    ),
    entityCommand('openLink', 'link-external', vscode.l10n.t('Open Link…'), hasLinks),
    entityCommand('copyRef', 'copy', vscode.l10n.t('Copy Entity Ref')),
    entityCommand('star', 'star-empty', vscode.l10n.t('Star'), entity => !isStarred(entity)),
    entityCommand('unstar', 'star-full', vscode.l10n.t('Unstar'), isStarred),
    entityCommand(
      'revealInExplorer',
      'files',
      vscode.l10n.t('Reveal in Explorer View'),
      isEditable,
    ),
    entityCommand('filterByKind', 'filter', vscode.l10n.t('Filter by This Kind')),
    entityCommand('filterByOwner', 'filter', vscode.l10n.t('Filter by This Owner'), isOwned),
    entityCommand(
      'filterByTag',
      'filter',
      vscode.l10n.t('Filter by This Tag'),
      entity => entityTags(entity).length > 0,
    ),
  ];
}

function revealInCatalog(): EntityCommand {
  const id = 'callboard.catalog.revealEntity';
  return {
    id,
    title: vscode.l10n.t('Reveal in Catalog'),
    icon: 'list-tree',
    run: entity => vscode.commands.executeCommand(id, refOf(entity)),
  };
}

function entityCommand(
  name: string,
  icon: string,
  title: string,
  isEnabled?: (entity: Entity) => boolean,
): EntityCommand {
  const id = `callboard.entity.${name}`;
  return {
    id,
    title,
    icon,
    isEnabled,
    run: entity => vscode.commands.executeCommand(id, refOf(entity)),
  };
}

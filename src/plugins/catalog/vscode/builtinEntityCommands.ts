import * as vscode from 'vscode';
import type { EntityCommand } from '../../../api';
import type { Entity } from '../../../model';
import { canAssign } from '..';
import type { CatalogViewContext } from './catalogViewContext';
import {
  descriptorUrls,
  entityLinks,
  entityTags,
  hasDocs,
  ownerRefs,
  refOf,
} from '../../../model/presentation';

/** The commands of the tree's menus, as "Entity Actions…" offers them beside those of plugins. */
export function builtinEntityCommands({
  catalog,
  starred,
}: Pick<CatalogViewContext, 'catalog' | 'starred'>): readonly EntityCommand[] {
  const hasSource = (entity: Entity): boolean =>
    catalog.getEntitySource(refOf(entity)) !== undefined;
  const isStarred = (entity: Entity): boolean => starred.has(refOf(entity));
  const hasLinks = (entity: Entity): boolean =>
    entityLinks(entity).length > 0 || Object.keys(descriptorUrls(entity)).length > 0;
  return [
    entityCommand('openPage', 'preview', vscode.l10n.t('Show Entity Page')),
    entityCommand('open', 'go-to-file', vscode.l10n.t('Open Definition'), hasSource),
    entityCommand('openToSide', 'split-horizontal', vscode.l10n.t('Open to the Side'), hasSource),
    entityCommand('showDependents', 'references', vscode.l10n.t('Show Dependents')),
    entityCommand('showGraph', 'type-hierarchy', vscode.l10n.t('Show Graph')),
    entityCommand('openDocs', 'book', vscode.l10n.t('Open Docs'), hasDocs),
    revealInCatalog(),
    entityCommand(
      'openOwner',
      'organization',
      vscode.l10n.t('Open Owner'),
      entity => ownerRefs(entity).length > 0,
    ),
    entityCommand(
      'setOwner',
      'edit',
      vscode.l10n.t('Set Owner…'),
      entity => hasSource(entity) && canAssign(entity, 'setOwner'),
    ),
    entityCommand(
      'setSystem',
      'edit',
      vscode.l10n.t('Set System…'),
      entity => hasSource(entity) && canAssign(entity, 'setSystem'),
    ),
    entityCommand(
      'setDomain',
      'edit',
      vscode.l10n.t('Set Domain…'),
      entity => hasSource(entity) && canAssign(entity, 'setDomain'),
    ),
    entityCommand('rename', 'edit', vscode.l10n.t('Rename…'), hasSource),
    entityCommand('moveToNamespace', 'edit', vscode.l10n.t('Move to Namespace…'), hasSource),
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
    entityCommand('revealInExplorer', 'files', vscode.l10n.t('Reveal in Explorer View'), hasSource),
    entityCommand('filterByKind', 'filter', vscode.l10n.t('Filter by This Kind')),
    entityCommand(
      'filterByOwner',
      'filter',
      vscode.l10n.t('Filter by This Owner'),
      entity => ownerRefs(entity).length > 0,
    ),
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

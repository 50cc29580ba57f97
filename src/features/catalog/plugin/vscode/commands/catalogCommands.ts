import * as vscode from 'vscode';
import {
  canHaveDocs,
  type Entity,
  entityTitle,
  hasDocs,
  ownerRefs,
  translateCount,
  withoutIcons,
  withoutLinks,
} from '../../../../../api';
import { writeSetting } from '../../../../../platform/vscode/trust';
import {
  type CatalogContributions,
  domainField,
  emptyFilter,
  facetNames,
  openRemoteEntitySearch,
  ownerField,
  systemField,
} from '../..';
import { assignPicked } from '../assignEntities';
import { describeFile, newDescriptor } from '../descriptorCreation';
import {
  type EntityArgumentOptions,
  resolveEntityRef,
  resolveEntityRefs,
  resolveNode,
} from '../entityArgument';
import { showDependents } from '../pickers/dependentsPicker';
import { pickAction } from '../pickers/entityActionPicker';
import { pickLink } from '../pickers/entityLinkPicker';
import { pickEntity, pickOwner } from '../pickers/entityPicker';
import { filterByValue, pickFacet, pickFacetValues, setSwitch } from '../pickers/facetPicks';
import { filterCatalog } from '../pickers/filterInput';
import { transferOwnership, move, rename } from '../refactoring/refactoringCommands';
import type { CatalogViewContext } from '../tree/catalogViewContext';
import { toVsCodeUri } from '../uris';
import type { CommandHandler, CommandHandlers } from './commandIds';
import { openArgument, openEntity } from './openEntity';

/** Creates the handlers of all commands of the Catalog view and of entities. */
export function createCommandHandlers(
  context: CatalogViewContext,
  groupings: CatalogContributions['groupings'],
): CommandHandlers {
  const { model, portal, starred, view } = context;

  /** Runs with the entity of a command, if there is one. */
  const onEntity =
    (options: EntityArgumentOptions, run: (ref: string) => unknown): CommandHandler =>
    async argument => {
      const ref = await resolveEntityRef(argument, context, options);
      if (ref !== undefined) await run(ref);
    };
  const openPage = (toSide: boolean): CommandHandler =>
    onEntity({ title: vscode.l10n.t('Show Entity Page') }, entityRef =>
      portal.open({ page: 'entity', entityRef }, { toSide }),
    );
  const star = (title: string, isStarred: boolean): CommandHandler =>
    onEntity({ title, accept: (_, ref) => starred.has(ref) !== isStarred }, ref =>
      starred.set(ref, isStarred),
    );

  return {
    'callboard.goToEntity': () => goToEntity(context),
    'callboard.setUser': argument => setUser(argument, context),

    'callboard.entity.open': argument => openArgument(argument, context, vscode.ViewColumn.Active),
    'callboard.entity.openToSide': argument =>
      openArgument(argument, context, vscode.ViewColumn.Beside),
    'callboard.entity.openPage': openPage(false),
    'callboard.entity.openPageToSide': openPage(true),
    'callboard.entity.openLink': argument => pickLink(argument, context),
    'callboard.entity.openOwner': onEntity(
      {
        title: vscode.l10n.t('Open Owner'),
        accept: entity => ownerRefs(entity).length > 0,
      },
      ref => openOwner(ref, context),
    ),
    // Handled by the TechDocs plugin.
    'callboard.entity.openDocs': onEntity(
      { title: vscode.l10n.t('Open Docs'), accept: hasDocs },
      ref => vscode.commands.executeCommand('callboard.docs.open', ref),
    ),
    'callboard.entity.addDocs': onEntity(
      { title: vscode.l10n.t('Add TechDocs'), accept: canHaveDocs },
      ref => vscode.commands.executeCommand('callboard.docs.add', ref),
    ),
    'callboard.entity.showDependents': onEntity(
      { title: vscode.l10n.t('Show Dependents'), takesEntityInFront: true },
      ref => showDependents(ref, context),
    ),
    'callboard.entity.showGraph': onEntity(
      { title: vscode.l10n.t('Show Entity Graph'), takesEntityInFront: true },
      ref => portal.open({ page: 'graph', query: { rootRefs: [ref], depth: 1 } }),
    ),
    'callboard.entity.actions': argument => pickAction(argument, context),
    'callboard.entity.copyRef': (argument, selected) =>
      copyEntities(argument, selected, { format: ref => ref, context }),
    'callboard.entity.copyLink': (argument, selected) =>
      copyEntities(argument, selected, { format: linkTo, context }),
    'callboard.entity.copyMarkdown': (argument, selected) =>
      copyEntities(argument, selected, { format: ref => markdownLink(ref, context), context }),
    'callboard.entity.star': star(vscode.l10n.t('Star Entity'), true),
    'callboard.entity.unstar': star(vscode.l10n.t('Unstar Entity'), false),
    'callboard.entity.revealInExplorer': argument => revealInExplorer(argument, context),

    'callboard.entity.setOwner': (...args) => assignPicked(ownerField, args, context),
    'callboard.entity.setSystem': (...args) => assignPicked(systemField, args, context),
    'callboard.entity.setDomain': (...args) => assignPicked(domainField, args, context),
    'callboard.entity.rename': argument => rename(argument, context),
    'callboard.entity.moveToNamespace': argument => move(argument, context),
    'callboard.entity.changeOwner': argument => transferOwnership(argument, context),

    'callboard.entity.filterByKind': argument => filterByValue('kind', argument, context),
    'callboard.entity.filterByOwner': argument => filterByValue('owner', argument, context),
    'callboard.entity.filterByTag': argument => filterByValue('tag', argument, context),

    'callboard.catalog.filter': () => filterCatalog(context),
    'callboard.catalog.clearFilter': () => view.setFilter(emptyFilter),
    async 'callboard.catalog.filterBy'(argument) {
      await view.focus();
      const facet = facetNames.find(name => name === argument);
      await (facet ? pickFacetValues(facet, context) : pickFacet(context));
    },
    'callboard.catalog.toggleOwnedByMe': () =>
      setSwitch('ownedByMe', !model.filter.ownedByMe, context),
    'callboard.catalog.toggleStarred': () => setSwitch('starred', !model.filter.starred, context),
    'callboard.catalog.groupBy': argument => groupBy(argument, context, groupings),
    'callboard.catalog.revealEntity': onEntity(
      { title: vscode.l10n.t('Reveal Entity in Catalog'), takesEntityInFront: true },
      ref => revealEntity(ref, context),
    ),
    async 'callboard.catalog.showMore'(argument) {
      const node = await resolveNode(argument, context);
      if (node) model.showMore(node);
    },
    'callboard.catalog.newDescriptor': newDescriptor,
    'callboard.catalog.describeFile': describeFile,
  };
}

/** Finds an entity by a few letters and opens its descriptor. */
async function goToEntity(context: CatalogViewContext): Promise<void> {
  const remote = await openRemoteEntitySearch({ ...context, translate: vscode.l10n.t });
  const pick = await pickEntity(context, { title: vscode.l10n.t('Go to Entity'), remote });
  remote.dispose();
  if (!pick) return;
  const { ref: entityRef, toSide } = pick;
  // Its page fetches the entity, or says that no source has it.
  if (!context.catalog.getEntityByRef(entityRef)) {
    await context.portal.open({ page: 'entity', entityRef });
    return;
  }
  const column = toSide ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  await openEntity(entityRef, context, column);
}

/** Stores who the user is in the user's settings. @param argument - full ref; undefined: the user picks one */
async function setUser(argument: unknown, context: CatalogViewContext): Promise<void> {
  const title = vscode.l10n.t('Set Your User');
  const accept = ({ kind }: Entity): boolean => kind.toLowerCase() === 'user';
  const ref =
    typeof argument === 'string' ? argument : (await pickEntity(context, { title, accept }))?.ref;
  const user = ref === undefined ? undefined : context.catalog.getEntityByRef(ref);
  if (ref === undefined || !user || !accept(user)) return;
  await writeSetting('callboard.user', ref, 'user');
  const message = vscode.l10n.t('Your user is {0}.', withoutIcons(entityTitle(user)));
  vscode.window.setStatusBarMessage(message, 3000);
}

/** Opens the descriptor of an entity's owner; asks if there are several. */
async function openOwner(ref: string, context: CatalogViewContext): Promise<void> {
  const entity = context.catalog.getEntityByRef(ref);
  const owners = entity ? ownerRefs(entity) : [];
  const owner = owners.length > 1 ? await pickOwner(owners, context) : owners[0];
  if (owner !== undefined) await openEntity(owner, context);
}

/** Copies a text of each entity; one line per selected row. */
async function copyEntities(
  argument: unknown,
  selected: unknown,
  {
    format,
    context,
  }: { readonly format: (ref: string) => string; readonly context: CatalogViewContext },
): Promise<void> {
  const refs = await resolveEntityRefs(argument, selected, context, {
    title: vscode.l10n.t('Copy Entity'),
  });
  const [first] = refs;
  if (first === undefined) return;
  await vscode.env.clipboard.writeText(refs.map(format).join('\n'));
  const message =
    refs.length === 1
      ? vscode.l10n.t('Copied {0}', first)
      : translateCount(refs.length, { one: 'Copied {0} entity', other: 'Copied {0} entities' });
  vscode.window.setStatusBarMessage(message, 3000);
}

/** Link that opens the page of an entity in this editor. */
function linkTo(ref: string): string {
  return `${vscode.env.uriScheme}://callboard.callboard/entity/${encodeURI(ref)}`;
}

function markdownLink(ref: string, { catalog }: CatalogViewContext): string {
  const entity = catalog.getEntityByRef(ref);
  const title = entity ? entityTitle(entity) : ref;
  return `[${title.replace(/[[\]\\]/g, '\\$&')}](${linkTo(ref)})`;
}

async function revealInExplorer(argument: unknown, context: CatalogViewContext): Promise<void> {
  const { catalog } = context;
  const node = await resolveNode(argument, context);
  let source = node?.type === 'failed' ? node.failed.source : undefined;
  if (!source) {
    const ref = await resolveEntityRef(argument, context, {
      title: vscode.l10n.t('Reveal in Explorer View'),
      accept: (_, candidate) => catalog.getEntitySource(candidate) !== undefined,
    });
    source = ref === undefined ? undefined : catalog.getEntitySource(ref);
  }
  if (source) await vscode.commands.executeCommand('revealInExplorer', toVsCodeUri(source.file));
}

/** Reveals an entity of the editor in the tree. */
async function revealEntity(ref: string, { view }: CatalogViewContext): Promise<void> {
  await view.focus();
  if (await view.reveal(ref, { focus: true })) return;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('The Catalog view hides {0}. Clear the filter to show it.', withoutLinks(ref)),
  );
}

/** Groups the tree by the given grouping, or one that the user picks. */
async function groupBy(
  argument: unknown,
  { model, view }: CatalogViewContext,
  groupings: CatalogContributions['groupings'],
): Promise<void> {
  if (typeof argument === 'string' && groupings.get(argument)) {
    await view.setGrouping(argument);
    return;
  }
  const current = model.grouping.id;
  const picked = await vscode.window.showQuickPick(
    groupings.all().map(({ id, label }) => ({
      id,
      label,
      description: id === current ? vscode.l10n.t('current') : '',
    })),
    { title: vscode.l10n.t('Group Catalog'), placeHolder: vscode.l10n.t('Group by') },
  );
  if (picked) await view.setGrouping(picked.id);
}

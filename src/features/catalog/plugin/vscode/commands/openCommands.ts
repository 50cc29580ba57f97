import * as vscode from 'vscode';
import type { Disposable } from '../../../../../api';
import { canHaveDocs, hasDocs, ownerRefs } from '../../../../../model/presentation';
import { withoutLinks } from '../../../../../platform/core';
import { openElsewhere } from '../..';
import {
  type EntityArgumentOptions,
  resolveEntityRef,
  resolveEntityRefs,
  resolveNode,
} from '../entityArgument';
import type { CatalogViewContext } from '../tree/catalogViewContext';
import { toVsCodeUri } from '../uris';
import { openEntity } from './openEntity';

/** Open Docs and Add TechDocs: whose docs it is about; the plugin for documentation does the rest. */
export function registerOpenDocs(context: CatalogViewContext): readonly Disposable[] {
  const passing = (id: string, command: string, options: EntityArgumentOptions): Disposable =>
    context.actions.registerCommand(id, async argument => {
      const ref = await resolveEntityRef(argument, context, options);
      if (ref !== undefined) await vscode.commands.executeCommand(command, ref);
    });
  return [
    passing('callboard.entity.openDocs', 'callboard.docs.open', {
      title: vscode.l10n.t('Open the Docs of an Entity'),
      accept: hasDocs,
    }),
    passing('callboard.entity.addDocs', 'callboard.docs.add', {
      title: vscode.l10n.t('Add TechDocs to an Entity'),
      accept: canHaveDocs,
    }),
  ];
}

/** Open Owner: the descriptor of whoever owns an entity; asks where several do. */
export function registerOpenOwner(context: CatalogViewContext): Disposable {
  const { actions, catalog } = context;
  return actions.registerCommand('callboard.entity.openOwner', async argument => {
    const ref = await resolveEntityRef(argument, context, {
      title: vscode.l10n.t('Open the Owner of an Entity'),
      accept: entity => ownerRefs(entity).length > 0,
    });
    const entity = ref === undefined ? undefined : catalog.getEntityByRef(ref);
    if (!entity) return;
    const owners = ownerRefs(entity);
    const { pickOwner } = await import('../pickers/entityPicker');
    const owner = owners.length > 1 ? await pickOwner(owners, context) : owners[0];
    if (owner !== undefined) await openEntity(owner, context);
  });
}

/** Show Entity Page, here and to the side: the page of an entity in the portal. */
export function registerOpenPage(context: CatalogViewContext): readonly Disposable[] {
  const { actions, portal } = context;
  const opening = (id: string, toSide: boolean): Disposable =>
    actions.registerCommand(id, async argument => {
      const entityRef = await resolveEntityRef(argument, context, {
        title: vscode.l10n.t('Open the Page of an Entity'),
      });
      if (entityRef !== undefined) await portal.open({ page: 'entity', entityRef }, { toSide });
    });
  return [
    opening('callboard.entity.openPage', false),
    opening('callboard.entity.openPageToSide', true),
  ];
}

/** Open Link…: the links of an entity, and the pages that show and edit its descriptor. */
export function registerOpenLink(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.entity.openLink', async argument => {
    const { pickLink } = await import('../pickers/entityLinkPicker');
    await pickLink(argument, context);
  });
}

/** Go to Entity…: from anywhere to a descriptor by a few letters. */
export function registerGoToEntity(context: CatalogViewContext): Disposable {
  const { actions, catalog, portal } = context;
  return actions.registerCommand('callboard.goToEntity', async () => {
    const { pickEntity } = await import('../pickers/entityPicker');
    const elsewhere = await openElsewhere({ ...context, translate: vscode.l10n.t });
    const pick = await pickEntity(context, { title: vscode.l10n.t('Go to Entity'), elsewhere });
    elsewhere.dispose();
    if (!pick) return;
    const { ref: entityRef, toSide } = pick;
    // Its page has it brought, and says so where nobody has it.
    if (!catalog.getEntityByRef(entityRef)) await portal.open({ page: 'entity', entityRef });
    else {
      const column = toSide ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
      await openEntity(entityRef, context, column);
    }
  });
}

/** From the Catalog tree to the Explorer, and from the editor back to the tree. */
export function registerReveal(context: CatalogViewContext): readonly Disposable[] {
  const { actions, view } = context;
  return [
    actions.registerCommand('callboard.entity.revealInExplorer', async argument => {
      const node = await resolveNode(argument, context);
      const file =
        node?.type === 'failed' ? node.failed.source.file : await fileOf(argument, context);
      if (file !== undefined) {
        await vscode.commands.executeCommand('revealInExplorer', toVsCodeUri(file));
      }
    }),
    actions.registerCommand('callboard.catalog.revealEntity', async argument => {
      const ref = await resolveEntityRef(argument, context, {
        title: vscode.l10n.t('Reveal an Entity in the Catalog'),
        takesEntityInFront: true,
      });
      if (ref === undefined) return;
      await view.focus();
      if (!(await view.reveal(ref, { focus: true }))) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t(
            '{0} is not shown in the Catalog. Clear the filter to see it.',
            withoutLinks(ref),
          ),
        );
      }
    }),
  ];
}

async function fileOf(argument: unknown, context: CatalogViewContext): Promise<string | undefined> {
  const ref = await resolveEntityRef(argument, context, {
    title: vscode.l10n.t('Reveal an Entity in the Explorer'),
    accept: (_, candidate) => context.catalog.getEntitySource(candidate) !== undefined,
  });
  return ref === undefined ? undefined : context.catalog.getEntitySource(ref)?.file;
}

/** Show Dependents: what is affected if an entity stops, by owner. */
export function registerShowDependents(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.entity.showDependents', async argument => {
    const ref = await resolveEntityRef(argument, context, {
      title: vscode.l10n.t('Show Dependents of an Entity'),
      takesEntityInFront: true,
    });
    if (ref === undefined) return;
    const { showDependents } = await import('../pickers/dependentsPicker');
    await showDependents(ref, context);
  });
}

/** Show Graph: what an entity depends on and what depends on it, drawn. */
export function registerShowGraph(context: CatalogViewContext): Disposable {
  const { actions, portal } = context;
  return actions.registerCommand('callboard.entity.showGraph', async argument => {
    const ref = await resolveEntityRef(argument, context, {
      title: vscode.l10n.t('Show the Graph around an Entity'),
      takesEntityInFront: true,
    });
    if (ref !== undefined)
      await portal.open({ page: 'graph', query: { rootRefs: [ref], depth: 1 } });
  });
}

/**
 * Copy Entity Ref: `component:default/orders`, as other descriptors and the portal write it; those of
 * several selected rows, one a line.
 */
export function registerCopyRef(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.entity.copyRef', async (argument, selected) => {
    const refs = await resolveEntityRefs(argument, selected, context, {
      title: vscode.l10n.t('Copy Ref of an Entity'),
    });
    const [first] = refs;
    if (first === undefined) return;
    await vscode.env.clipboard.writeText(refs.join('\n'));
    const message =
      refs.length === 1
        ? vscode.l10n.t('Copied {0}', first)
        : vscode.l10n.t('Copied {0} refs', refs.length);
    vscode.window.setStatusBarMessage(message, 3000);
  });
}

/** Entity Actions…: everything that can be done with an entity, what plugins added included. */
export function registerEntityActions(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.entity.actions', async argument => {
    const { pickAction } = await import('../pickers/entityActionPicker');
    await pickAction(argument, context);
  });
}

/** The last row of a long list: shows the next rows of it. */
export function registerShowMore(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.catalog.showMore', async argument => {
    const node = await resolveNode(argument, context);
    if (node) context.model.showMore(node);
  });
}

import * as vscode from 'vscode';
import { kindIcon, withoutIcons, withoutLinks } from '../../../../../api';
import { isInCatalog, titleOfRef } from '../..';
import { dependentsList } from '../../dependentsList';
import { openEntity } from '../commands/openEntity';
import type { CatalogViewContext } from '../tree/catalogViewContext';

interface DependentItem extends vscode.QuickPickItem {
  readonly ref?: string;
  /** Whether the item shows all dependents in the graph. */
  readonly isGraph?: boolean;
}

/** Lists the dependents of an entity by owner, and opens the picked one. */
export async function showDependents(ref: string, context: CatalogViewContext): Promise<void> {
  const { catalog, portal } = context;
  const dependents = await catalog.getDependents(ref);
  if (dependents.entities.length === 0) {
    const name = titleOfRef(ref, catalog);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing depends on {0}.', withoutLinks(name)),
    );
    return;
  }
  const { title, groups } = dependentsList(ref, dependents, { catalog, translate: vscode.l10n.t });
  const items: readonly DependentItem[] = [
    ...groups.flatMap(({ heading, rows }): readonly DependentItem[] => [
      { label: heading, kind: vscode.QuickPickItemKind.Separator },
      ...rows.map(({ entityRef, title: label, reason }) => ({
        ref: entityRef,
        label: `$(${iconOf(entityRef, context)}) ${withoutIcons(label)}`,
        description: withoutIcons(entityRef),
        detail: withoutIcons(reason),
      })),
    ]),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(type-hierarchy) ${vscode.l10n.t('Show Dependents in Graph')}`, isGraph: true },
  ];
  const picked = await vscode.window.showQuickPick<DependentItem>(items, {
    title,
    placeHolder: vscode.l10n.t('Select an entity to open'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked?.isGraph) {
    await portal.open({ page: 'graph', query: { rootRefs: [ref], dependents: true } });
  } else if (picked?.ref !== undefined) await openEntity(picked.ref, context);
}

function iconOf(ref: string, { catalog }: CatalogViewContext): string {
  return isInCatalog(ref, catalog) ? kindIcon(ref.slice(0, ref.indexOf(':'))) : 'warning';
}

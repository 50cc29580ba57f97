import * as vscode from 'vscode';
import { withoutLinks } from '../../../base';
import type { CatalogViewContext } from './catalogViewContext';
import { openEntity } from './commands/openEntity';

/** Has a source bring an entity, and shows its page; or its descriptor, where that is in the workspace by now. */
export async function openFromElsewhere(ref: string, context: CatalogViewContext): Promise<void> {
  const { actions, catalog, portal, sources } = context;
  const isThere = await actions.withProgress(vscode.l10n.t('Looking for {0}…', ref), options =>
    sources.bring(ref, options),
  );
  if (!isThere) {
    void vscode.window.showInformationMessage(
      withoutLinks(vscode.l10n.t('No Backstage that is a source has {0}.', ref)),
    );
    return;
  }
  const source = catalog.getEntitySource(ref);
  if (source && !sources.getSourceOf(source.file)) await openEntity(ref, context);
  else await portal.open({ page: 'entity', entityRef: ref });
}

import * as vscode from 'vscode';
import { withoutLinks } from '../../../../base';
import { awaitChange, versionOn } from './awaitChange';
import { servedEntityFor } from './entityFor';
import type { InstancesContext } from './instancesContext';

/**
 * Has a Backstage read an entity again now, which it does by itself before long: so nobody is asked first. Then what has
 * come of it is fetched.
 */
export async function refreshEntity(argument: unknown, context: InstancesContext): Promise<void> {
  const title = vscode.l10n.t('Refresh in Backstage');
  const served = await servedEntityFor(argument, title, context);
  if (!served) return;
  const { ref, instance } = served;
  const { id, name } = instance.source;
  const hasChanged = await context.actions.withProgress(
    withoutLinks(vscode.l10n.t('{0} reads {1} again…', name, ref)),
    async ({ signal }) => {
      const before = await versionOn(instance, ref, signal);
      await instance.catalog.refresh(ref, { signal });
      const isOther = await awaitChange(instance, { ref, before, signal });
      await context.sources.refresh({ id, signal });
      return isOther;
    },
  );
  void vscode.window.showInformationMessage(
    withoutLinks(
      hasChanged
        ? vscode.l10n.t('{0} has another version of {1} now.', name, ref)
        : vscode.l10n.t('{0} was told to read {1} again; nothing is different so far.', name, ref),
    ),
  );
}

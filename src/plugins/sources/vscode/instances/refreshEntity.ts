import * as vscode from 'vscode';
import { withoutLinks } from '../../../../base';
import { awaitChange, versionOn } from './awaitChange';
import { servedEntityFor } from './entityFor';
import type { InstancesContext } from './instancesContext';

/**
 * Has a Backstage read an entity again now, and not when its turn comes; what comes of that, everybody sees, and so it is
 * asked. Then that is fetched.
 */
export async function refreshEntity(argument: unknown, context: InstancesContext): Promise<void> {
  const title = vscode.l10n.t('Refresh in Backstage');
  const served = await servedEntityFor(argument, title, context);
  if (!served) return;
  const { ref, instance } = served;
  const { id, name } = instance.source;
  const again = vscode.l10n.t('Refresh');
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(vscode.l10n.t('Have {0} read {1} again?', name, ref)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'It reads what led to it, too, as it does by itself before long. What has changed there by now, everybody sees then.',
      ),
    },
    again,
  );
  if (answer !== again) return;
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

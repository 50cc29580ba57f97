import * as vscode from 'vscode';
import { type BackstageInstance, withoutLinks } from '../../../../api';
import { awaitChange, versionOn } from './awaitChange';
import { type ServedEntity, servedEntityFor } from './entityFor';
import type { InstanceCommandId, InstancesContext } from './instancesContext';
import { registerLocation } from './registerLocation';
import { unregisterEntity } from './unregisterEntity';
import { validateFile } from './validateFile';

/** Handlers of the commands for running Backstages. Loaded with the first one that runs. */
export const instanceCommands: Readonly<
  Record<InstanceCommandId, (argument: unknown, context: InstancesContext) => Promise<void>>
> = {
  'callboard.instances.validate': validateFile,
  'callboard.instances.register': registerLocation,
  'callboard.instances.refresh': refreshEntity,
  'callboard.instances.unregister': unregisterEntity,
};

/**
 * Makes a Backstage read an entity now, and fetches the result. Asks first, because the change is visible to
 * everybody.
 */
async function refreshEntity(argument: unknown, context: InstancesContext): Promise<void> {
  const title = vscode.l10n.t('Refresh in Backstage');
  const served = await servedEntityFor(argument, title, context);
  if (!served) return;
  const { ref, instance } = served;
  const { id, name } = instance.source;
  const again = vscode.l10n.t('Refresh');
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(vscode.l10n.t('Refresh {1} in {0}?', name, ref)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Backstage also reads the locations that include it. Everyone sees the changes.',
      ),
    },
    again,
  );
  if (answer !== again) return;
  const outcome = await context.actions.withProgress(
    withoutLinks(vscode.l10n.t('Refreshing {1} in {0}…', name, ref)),
    async ({ signal }) => {
      const outcome = await refreshOn(instance, ref, signal);
      await context.sources.refresh({ id, signal });
      return outcome;
    },
  );
  await showOutcome(outcome, served);
}

type Outcome = 'changed' | 'same' | 'orphan' | 'gone';

async function refreshOn(
  instance: BackstageInstance,
  ref: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const before = await versionOn(instance, ref, signal);
  if (before === undefined) return 'gone';
  try {
    await instance.catalog.refresh(ref, { signal });
  } catch (error) {
    if (!isMissing(error)) throw error;
    // A Backstage looks for the origin of an entity, so it answers 404 for an orphan.
    return (await versionOn(instance, ref, signal)) === undefined ? 'gone' : 'orphan';
  }
  return (await awaitChange(instance, { ref, before, signal })) ? 'changed' : 'same';
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'status') === 404;
}

async function showOutcome(outcome: Outcome, { ref, instance }: ServedEntity): Promise<void> {
  const { id, name } = instance.source;
  const texts: Readonly<Record<Outcome, string>> = {
    changed: vscode.l10n.t('{0} has updated {1}.', name, ref),
    same: vscode.l10n.t(
      'Refresh of {1} in {0} started. Changes may take a while to appear.',
      name,
      ref,
    ),
    orphan: vscode.l10n.t('{1} is an orphan in {0}: no readable location refers to it.', name, ref),
    gone: vscode.l10n.t('{0} no longer has {1}.', name, ref),
  };
  const remove = vscode.l10n.t('Delete Orphan…');
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(texts[outcome]),
    ...(outcome === 'orphan' ? [remove] : []),
  );
  if (answer === remove) {
    const argument = { entityRef: ref, sourceId: id };
    await vscode.commands.executeCommand('callboard.instances.unregister', argument);
  }
}

import * as vscode from 'vscode';
import {
  type BackstageInstance,
  type Entity,
  isRecord,
  type RegisteredLocation,
  withoutLinks,
} from '../../../../api';
import {
  isOrphan,
  oneLine,
  originOf,
  refsFromLocation,
  unregistrableReason,
  unregistrationDetail,
} from '..';
import { awaitChange, versionOn } from './awaitChange';
import { type ServedEntity, servedEntityFor } from './entityFor';
import type { InstancesContext } from './instancesContext';
import { fallbackCopyOf } from './fallbackCopyOf';

/**
 * Removes an entity from a Backstage: its location with all entities from it, or the entity alone if it is an
 * orphan. Entities from the configuration or a provider can't be removed; the result says why.
 */
export async function unregisterEntity(
  argument: unknown,
  context: InstancesContext,
): Promise<void> {
  const title = vscode.l10n.t('Unregister from Backstage');
  const served = await servedEntityFor(argument, title, context);
  if (!served) return;
  const { ref, instance } = served;
  const { id, name } = instance.source;
  const found = await context.actions.withProgress(
    withoutLinks(vscode.l10n.t('Looking up the origin of {0}…', ref)),
    async ({ signal }) => {
      // The dialog must show the current state rather than that of the copy.
      await context.sources.refresh({ id, signal });
      const entity = await instance.catalog.getEntity(ref, { signal });
      const location = entity && (await instance.catalog.locationOf(ref, { signal }));
      return { entity: asEntity(entity), location };
    },
  );
  if (!found.entity) {
    showInformation(vscode.l10n.t('{0} no longer has {1}.', name, ref));
  } else if (isOrphan(found.entity)) {
    await deleteOrphan(found.entity, served, context);
  } else if (found.location) {
    await unregister(found.location, served, context);
  } else {
    const reason = unregistrableReason(originOf(found.entity), name, vscode.l10n.t);
    showInformation(`${vscode.l10n.t("{0} can't be unregistered.", ref)} ${reason}`);
  }
}

async function unregister(
  location: RegisteredLocation,
  { ref, instance }: ServedEntity,
  context: InstancesContext,
): Promise<void> {
  const { name } = instance.source;
  const { refs, more, isOfCopy } = await context.actions.withProgress(
    vscode.l10n.t('Looking up its entities…'),
    ({ signal }) => refsFromLocation(location, instance, signal, context),
  );
  const detail = unregistrationDetail(
    {
      target: location.target,
      refs: refs.length > 0 ? refs : [ref],
      more,
      copy: isOfCopy ? fallbackCopyOf(instance) : undefined,
    },
    vscode.l10n.t,
  );
  const question = vscode.l10n.t('Unregister this location from {0}?', name);
  if (!(await isConfirmed(question, detail, vscode.l10n.t('Unregister')))) return;
  await carryOut(
    vscode.l10n.t('Unregistering from {0}…', name),
    { ref, instance },
    context,
    signal => instance.catalog.unregister(location, { signal }),
  );
  showInformation(vscode.l10n.t('{0} is no longer registered in {1}.', location.target, name));
}

async function deleteOrphan(
  entity: Entity,
  { ref, instance }: ServedEntity,
  context: InstancesContext,
): Promise<void> {
  const { name } = instance.source;
  const { uid } = entity.metadata;
  if (typeof uid !== 'string' || uid === '') {
    showInformation(vscode.l10n.t("{0} doesn't report the uid of {1}.", name, ref));
    return;
  }
  const question = vscode.l10n.t('Delete {0} from {1}?', ref, name);
  const detail = vscode.l10n.t(
    'It is an orphan: no location refers to it anymore. It was last read from {0}.',
    oneLine(originOf(entity) ?? vscode.l10n.t('an unknown location')),
  );
  if (!(await isConfirmed(question, detail, vscode.l10n.t('Delete')))) return;
  await carryOut(vscode.l10n.t('Deleting from {0}…', name), { ref, instance }, context, signal =>
    instance.catalog.deleteEntity(uid, { signal }),
  );
  showInformation(vscode.l10n.t('{0} was deleted from {1}.', ref, name));
}

/** Runs an action, waits until the server has applied it, and fetches the result. */
async function carryOut(
  title: string,
  { ref, instance }: ServedEntity,
  { actions, sources }: InstancesContext,
  act: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  await actions.withProgress(withoutLinks(title), async ({ signal }) => {
    const before = await versionOn(instance, ref, signal);
    await act(signal);
    await awaitEffect(instance, { ref, before, signal });
    await sources.refresh({ id: instance.source.id, signal });
  });
}

async function awaitEffect(
  instance: BackstageInstance,
  options: { readonly ref: string; readonly before: string | undefined; signal: AbortSignal },
): Promise<void> {
  const now = await versionOn(instance, options.ref, options.signal);
  if (now === options.before && now !== undefined) await awaitChange(instance, options);
}

async function isConfirmed(question: string, detail: string, action: string): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(
    withoutLinks(question),
    { modal: true, detail },
    action,
  );
  return answer === action;
}

function asEntity(value: unknown): Entity | undefined {
  // The service has validated it.
  return isRecord(value) && isRecord(value['metadata']) ? (value as unknown as Entity) : undefined;
}

function showInformation(text: string): void {
  void vscode.window.showInformationMessage(withoutLinks(text));
}

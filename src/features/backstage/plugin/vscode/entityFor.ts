import * as vscode from 'vscode';
import {
  type BackstageInstance,
  formatEditorUri,
  withoutIcons,
  withoutLinks,
} from '../../../../api';
import { askOne, type QuickSteps, withQuickSteps } from '../../../../platform/vscode/quickInput';
import { isServed } from '..';
import type { InstancesContext } from './instancesContext';

interface InstanceItem extends vscode.QuickPickItem {
  readonly instance: BackstageInstance;
}

export interface PickInstanceOptions {
  /** Title of the list: the requested action. */
  readonly title: string;
  /** Filter for instances; default: all. */
  readonly accept?: (instance: BackstageInstance) => boolean;
  /** Prompts that this one is a step of. */
  readonly steps?: QuickSteps;
}

/** Returns the only Backstage, or the one that the user selects. */
export async function pickInstance(
  { title, accept = () => true, steps: givenSteps }: PickInstanceOptions,
  { instances }: Pick<InstancesContext, 'instances'>,
): Promise<BackstageInstance | undefined> {
  const all = await instances.getInstances();
  if (all.length === 0) {
    const add = vscode.l10n.t('Add Source…');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('The catalog has no Backstage source.'),
      add,
    );
    if (answer === add) await vscode.commands.executeCommand('callboard.sources.add');
    return undefined;
  }
  const accepted = all.filter(accept);
  if (accepted.length < 2) return accepted[0];
  const ask = (steps: QuickSteps): ReturnType<typeof askOne<InstanceItem>> =>
    askOne({
      steps,
      title,
      placeholder: vscode.l10n.t('Select a Backstage'),
      items: accepted.map(itemOf),
    });
  const step = await (givenSteps ? ask(givenSteps) : withQuickSteps(ask));
  return typeof step === 'object' ? step.answer.instance : undefined;
}

function itemOf(instance: BackstageInstance): InstanceItem {
  const { name, url, color } = instance.source;
  return {
    instance,
    label: withoutIcons(name),
    description: withoutIcons(url),
    iconPath: new vscode.ThemeIcon(
      'server',
      color === undefined ? undefined : new vscode.ThemeColor(color),
    ),
  };
}

/** An entity on a Backstage. */
export interface ServedEntity {
  readonly ref: string;
  readonly instance: BackstageInstance;
}

/**
 * Returns the entity and the Backstage of a command: those of the argument (`{ entityRef, sourceId? }`), or the
 * entity of a row or the editor, and the user's selection.
 */
export async function servedEntityFor(
  argument: unknown,
  title: string,
  context: InstancesContext,
): Promise<ServedEntity | undefined> {
  const ref = refOf(argument) ?? (await pickRef(title, context));
  if (ref === undefined) return undefined;
  const sourceId = fieldOf(argument, 'sourceId');
  if (typeof sourceId === 'string') {
    const named = await context.instances.getInstance(sourceId);
    return named && { ref, instance: named };
  }
  const unheld = await foundUnheld(ref, context);
  const accept = ({ source }: BackstageInstance): boolean =>
    isServed(ref, source.id, context) || unheld.has(source.id);
  if (!(await context.instances.getInstances()).some(accept)) {
    void vscode.window.showInformationMessage(
      withoutLinks(vscode.l10n.t('No Backstage source has {0}.', ref)),
    );
    return undefined;
  }
  const instance = await pickInstance({ title, accept }, context);
  return instance && { ref, instance };
}

/** Returns ids of Backstages with partial copies that have an entity on the server. */
async function foundUnheld(ref: string, context: InstancesContext): Promise<ReadonlySet<string>> {
  const all = await context.instances.getInstances();
  const partial = all.filter(({ source }) => source.part && !isServed(ref, source.id, context));
  if (partial.length === 0) return new Set();
  return context.actions.withProgress(
    vscode.l10n.t('Looking for {0}…', ref),
    async ({ signal }) => {
      const found = await Promise.allSettled(
        partial.map(async ({ catalog, source }) =>
          (await catalog.getEntity(ref, { signal })) ? source.id : undefined,
        ),
      );
      signal.throwIfAborted();
      const ids = found.map(answer => (answer.status === 'fulfilled' ? answer.value : undefined));
      return new Set(ids.filter(id => id !== undefined));
    },
  );
}

/** Reads the ref from a text, an entity of a page, or a row of a tree. */
function refOf(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument.toLowerCase();
  const ref = fieldOf(argument, 'entityRef') ?? fieldOf(argument, 'ref');
  return typeof ref === 'string' ? ref.toLowerCase() : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Returns the entity in the editor, or one on a Backstage that the user selects. */
async function pickRef(
  title: string,
  { catalog, instances, sources }: InstancesContext,
): Promise<string | undefined> {
  const ids = (await instances.getInstances()).map(({ source }) => source.id);
  const isOnOne = (ref: string): boolean => ids.some(id => isServed(ref, id, { catalog, sources }));
  const uri = vscode.window.activeTextEditor?.document.uri;
  const inEditor = uri ? catalog.getEntityRefsInFile(formatEditorUri(uri)).filter(isOnOne) : [];
  if (inEditor.length === 1) return inEditor[0];
  const refs = inEditor.length > 0 ? inEditor : catalog.getEntityRefs().filter(isOnOne);
  const picked = await vscode.window.showQuickPick(
    refs.map(ref => ({ label: withoutIcons(ref), ref })),
    { title, placeHolder: vscode.l10n.t('Select an entity') },
  );
  return picked?.ref;
}

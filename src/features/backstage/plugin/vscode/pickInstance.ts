import * as vscode from 'vscode';
import type { BackstageInstance } from '../../../../api';
import { withoutIcons } from '../../../../platform/core';
import { askOne, type QuickSteps, withQuickSteps } from '../../../../platform/vscode/quickInput';
import type { InstancesContext } from './instancesContext';

interface InstanceItem extends vscode.QuickPickItem {
  readonly instance: BackstageInstance;
}

export interface PickInstanceOptions {
  /** What is asked for, as the title of a list says it. */
  readonly title: string;
  /** Which of them count; default: all. */
  readonly accept?: (instance: BackstageInstance) => boolean;
  /** Prompts that this one is a step of. */
  readonly steps?: QuickSteps;
}

/** The Backstage that a command is about: the only one, or the one that the user picks. */
export async function pickInstance(
  { title, accept = () => true, steps: givenSteps }: PickInstanceOptions,
  { instances }: Pick<InstancesContext, 'instances'>,
): Promise<BackstageInstance | undefined> {
  const all = await instances.getInstances();
  if (all.length === 0) {
    const add = vscode.l10n.t('Add Source…');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('No Backstage is a source of the catalog yet.'),
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

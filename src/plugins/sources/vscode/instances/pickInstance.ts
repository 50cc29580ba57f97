import * as vscode from 'vscode';
import type { BackstageInstance } from '../../../../api';
import { withoutIcons } from '../../../../base';
import type { InstancesContext } from './instancesContext';

interface InstanceItem extends vscode.QuickPickItem {
  readonly instance: BackstageInstance;
}

export interface PickInstanceOptions {
  /** What is asked for, as the title of a list says it. */
  readonly title: string;
  /** Which of them count; default: all. */
  readonly accept?: (instance: BackstageInstance) => boolean;
}

/** The Backstage that a command is about: the only one, or the one that the user picks. */
export async function pickInstance(
  { title, accept = () => true }: PickInstanceOptions,
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
  const picked = await vscode.window.showQuickPick(accepted.map(itemOf), {
    title,
    placeHolder: vscode.l10n.t('Which Backstage'),
    matchOnDescription: true,
  });
  return picked?.instance;
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

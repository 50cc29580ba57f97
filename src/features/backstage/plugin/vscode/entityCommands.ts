import * as vscode from 'vscode';
import type { Entity, EntityCommand } from '../../../../api';
import { refOf } from '../../../../model/presentation';
import type { InstancesContext } from './instancesContext';

/** What can be done with an entity that a running Backstage has, among all that can be done with it. */
export function entityCommands({
  sources,
}: Pick<InstancesContext, 'sources'>): readonly EntityCommand[] {
  const isInBackstage = (entity: Entity): boolean => {
    const { from, alsoIn } = sources.getOriginOf(refOf(entity));
    return [from, ...alsoIn].some(info => info?.type === 'backstage');
  };
  const command = (name: string, icon: string, title: string): EntityCommand => ({
    id: `callboard.instances.${name}`,
    title,
    icon,
    isEnabled: isInBackstage,
    run: entity => vscode.commands.executeCommand(`callboard.instances.${name}`, refOf(entity)),
  });
  return [
    command('refresh', 'refresh', vscode.l10n.t('Refresh in Backstage')),
    command('unregister', 'trash', vscode.l10n.t('Unregister from Backstage…')),
  ];
}

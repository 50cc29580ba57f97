import * as vscode from 'vscode';
import type { PortalApi, PortalPlugin } from '@callboard/api';
import { findRunbook, runbookProcessor } from './runbooks.js';

/** Creates the plugin with its contributions. */
export function createPlugin({ createPortalPlugin, extensionPoints }: PortalApi): PortalPlugin {
  return createPortalPlugin({
    id: '${{ values.name }}',
    register(environment) {
      environment.registerInit({
        deps: {
          commands: extensionPoints.entityCommands,
          processors: extensionPoints.catalogProcessors,
        },
        init({ commands, processors }) {
          return [
            processors.addProcessor(runbookProcessor),
            commands.addEntityCommand({
              id: '${{ values.name }}.openRunbook',
              title: 'Open Runbook',
              icon: 'book',
              isEnabled: entity => findRunbook(entity) !== undefined,
              async run(entity) {
                const url = findRunbook(entity);
                if (url !== undefined) await vscode.env.openExternal(vscode.Uri.parse(url));
              },
            }),
          ];
        },
      });
    },
  });
}

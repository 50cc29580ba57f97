import * as vscode from 'vscode';
import { lazyService, onDemand } from '../../../base';
import type { Permissions, PluginChoices } from '../core';
import type { OutsideServices, OutsideServicesDeps } from './outsideServices';

/** Creates the services that need a capability. They load with their first use. */
export function pluginServices(deps: OutsideServicesDeps): OutsideServices {
  const load = onDemand(async () =>
    (await import('./outsideServices')).createOutsideServices(deps),
  );
  return {
    network: lazyService(async () => (await load()).network),
    programs: lazyService(async () => (await load()).programs),
    secrets: lazyService(async () => (await load()).secrets),
  };
}

/** Creates permissions that load with the first use of a capability. */
export function lazyPermissions(
  loadChoices: () => Promise<PluginChoices>,
): Pick<Permissions, 'demand'> {
  return lazyService(
    onDemand(async () => {
      const [{ Permissions }, { askPermission }, choices] = await Promise.all([
        import('../core/outside'),
        import('./askPermission'),
        loadChoices(),
      ]);
      return new Permissions({ choices, ask: askPermission, translate: vscode.l10n.t });
    }),
  );
}

import * as vscode from 'vscode';
import type { NetworkService, ProgramsService, SecretsService } from '../../../api';
import { lazyService, onDemand } from '../../../base';
import type { HttpClient } from '../../../platform/core/ports';
import type { Platform } from '../../../platform/vscode/platform';
import { mayCause } from '../../../platform/vscode/trust';
import type { Permissions, PluginChoices } from '../core';

export interface PluginServicesDeps {
  readonly platform: Pick<Platform, 'programs'>;
  readonly secrets: vscode.SecretStorage;
  readonly openHttp: () => Promise<HttpClient>;
}

/** Creates the services that need a capability, and are loaded with the first use. */
export function pluginServices({ platform, secrets, openHttp }: PluginServicesDeps): {
  readonly network: NetworkService;
  readonly programs: ProgramsService;
  readonly secrets: SecretsService;
} {
  const { programs } = platform;
  const load = onDemand(() => import('../core/outside'));
  return {
    network: lazyService(
      onDemand(async () => (await load()).createNetworkService(onDemand(openHttp))),
    ),
    programs: lazyService(
      onDemand(async () =>
        (await load()).createProgramsService({
          programs,
          isTrusted: () => mayCause('pluginPrograms'),
        }),
      ),
    ),
    secrets: lazyService(
      onDemand(async () =>
        (await load()).createSecretsService({
          get: async key => secrets.get(key),
          set: async (key, value) => secrets.store(key, value),
          delete: async key => secrets.delete(key),
        }),
      ),
    ),
  };
}

/** Creates what asks the user for capabilities, and is loaded with the first use of one. */
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

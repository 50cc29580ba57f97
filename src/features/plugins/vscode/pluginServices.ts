import * as vscode from 'vscode';
import type { NetworkService, ProgramsService, SecretsService } from '../../../api';
import { lazyService, onDemand } from '../../../base';
import { withoutLinks } from '../../../platform/core';
import type { HttpClient } from '../../../platform/core/ports';
import type { Platform } from '../../../platform/vscode/platform';
import { mayCause } from '../../../platform/vscode/trust';
import type { CapabilityRequest, PluginIdentity } from '../core';

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

/** Asks the user whether a plugin may use a capability. Undefined if the user decides later. */
export async function askPermission(
  plugin: PluginIdentity,
  request: CapabilityRequest,
): Promise<boolean | undefined> {
  const allow = vscode.l10n.t('Allow');
  const deny = vscode.l10n.t("Don't Allow");
  const from =
    plugin.extension === undefined
      ? undefined
      : vscode.l10n.t('From the extension {0}.', plugin.extension);
  const detail = [
    vscode.l10n.t('Now: {0}', request.detail),
    ...(from === undefined ? [] : [from]),
    vscode.l10n.t('You can change your answer in the Plugins view.'),
  ].join('\n');
  const answer = await vscode.window.showWarningMessage(
    withoutLinks(questionOf(plugin, request)),
    { modal: true, detail: withoutLinks(detail) },
    allow,
    deny,
  );
  return answer === undefined ? undefined : answer === allow;
}

function questionOf(plugin: PluginIdentity, { capability }: CapabilityRequest): string {
  const { title, capabilities } = plugin;
  const list = (targets: readonly string[] = []): string => targets.join(', ');
  switch (capability) {
    case 'edits':
      return vscode.l10n.t('Allow the plugin "{0}" to edit files?', title);
    case 'sources':
      return vscode.l10n.t('Allow the plugin "{0}" to contact and change sources?', title);
    case 'network':
      return vscode.l10n.t(
        'Allow the plugin "{0}" to contact {1}?',
        title,
        list(capabilities.network),
      );
    case 'run':
      return vscode.l10n.t('Allow the plugin "{0}" to run {1}?', title, list(capabilities.run));
    case 'secrets':
      return vscode.l10n.t('Allow the plugin "{0}" to store secrets?', title);
  }
}

import { type Logger, textsIn } from '../../../base';
import { readForgeHosts } from '../../../platform/core/hosts';
import type { Environment, FileSystem } from '../../../platform/core/ports';
import { mayCause, readSetting } from '../../../platform/vscode/trust';
import type { TemplateGroup } from '../../appConfig/core';
import { workspaceConfigs } from '../../appConfig/vscode';
import { scaffolderConfigOf } from '../../catalog/core/configuredBackstage/config/scaffolderConfigFile';
import { defaultRepoHosts } from '../../scm/core/forges';
import { defaultScaffolderSettings, type ScaffolderSettings } from '../core';
import { withEnterpriseHost } from './tokens/forgeAccounts';

export interface ScaffolderSettingsDeps {
  readonly fileSystem: FileSystem;
  readonly environment: Environment;
  readonly logger: Logger;
}

/**
 * Reads git hosts and the environment of Templates from the workspace's app configs and the settings. Untrusted
 * workspaces get the defaults.
 */
export async function readScaffolderSettings({
  fileSystem,
  environment,
  logger,
}: ScaffolderSettingsDeps): Promise<ScaffolderSettings> {
  if (!mayCause('forgesOfConfigs')) return defaultScaffolderSettings;
  const configs = await workspaceConfigs(fileSystem);
  const config = await scaffolderConfigOf(configs, { fileSystem, environment });
  for (const { message, place } of config.issues) logger.warn(`${place.file}: ${message}`);
  const { readIntegrationAddresses } =
    await import('../../catalog/core/configuredBackstage/urls/integrationAddresses');
  return {
    hosts: withEnterpriseHost(
      new Map([...defaultRepoHosts, ...config.integrations, ...ownIntegrations()]),
    ),
    addresses: readIntegrationAddresses(config.integrationSettings),
    environment: config.environment,
  };
}

/** Reads the groups of templates of the workspace's app configs; none in untrusted workspaces. */
export async function readGroupsOfTemplates({
  fileSystem,
  environment,
  logger,
}: ScaffolderSettingsDeps): Promise<readonly TemplateGroup[]> {
  if (!mayCause('forgesOfConfigs')) return [];
  const configs = await workspaceConfigs(fileSystem);
  const { templateGroupsOf } =
    await import('../../catalog/core/configuredBackstage/config/templateGroupsFile');
  const { groups, issues } = await templateGroupsOf(configs, { fileSystem, environment });
  for (const { message, place } of issues) logger.warn(`${place.file}: ${message}`);
  return groups;
}

function ownIntegrations(): ReadonlyMap<string, string> {
  return readForgeHosts(readSetting('callboard.templates.integrations'));
}

/** Hosts in the setting, which a workspace can't change. */
export function allowedHosts(): readonly string[] {
  return textsIn(readSetting('callboard.templates.hosts'));
}

import * as vscode from 'vscode';
import { joinUri, type Logger } from '../../../base';
import { readForgeHosts } from '../../../platform/core/hosts';
import type { Environment, FileSystem } from '../../../platform/core/ports';
import { fromUri } from '../../../platform/vscode/convert';
import { mayCause, readSetting } from '../../../platform/vscode/trust';
import { configuredBackstage } from '../../appConfig/vscode';
import { appConfigs } from '../../catalog/core';
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
  const configs = await configsOf(fileSystem);
  const config = await appConfigs.scaffolderConfigOf(configs, { fileSystem, environment });
  for (const { message, place } of config.issues) logger.warn(`${place.file}: ${message}`);
  return {
    hosts: withEnterpriseHost(
      new Map([...defaultRepoHosts, ...config.integrations, ...ownIntegrations()]),
    ),
    environment: config.environment,
  };
}

/** Configs in the setting, or else those in the first folder that Backstage would load. */
async function configsOf(fileSystem: FileSystem): Promise<readonly string[]> {
  const configured = configuredBackstage();
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (configured.length > 0 || !folder) return configured;
  const found: string[] = [];
  for (const name of ['app-config.yaml', 'app-config.local.yaml']) {
    const uri = joinUri(fromUri(folder.uri), name);
    if ((await fileSystem.stat(uri))?.type === 'file') found.push(uri);
  }
  return found;
}

function ownIntegrations(): ReadonlyMap<string, string> {
  return readForgeHosts(readSetting('callboard.templates.integrations'));
}

/** Hosts in the setting, which a workspace can't change. */
export function allowedHosts(): readonly string[] {
  const setting = readSetting('callboard.templates.hosts');
  return Array.isArray(setting) ? setting.filter(host => typeof host === 'string') : [];
}

import { resolve } from 'node:path';
import type { ScaffolderSettings } from '../features/scaffolder/core';
import type { Environment } from '../platform/core/ports';
import { pathToFileUri } from '../platform/node';
import { type CommandContext, UsageError } from './command';
import { pathsRelativeTo } from './paths';

/**
 * Reads the settings in a Backstage's configs that are visible to Templates.
 *
 * @param paths - in the order of the backend's `--config` options
 * @param environment - the variables that configs can read
 * @throws UsageError for configs that a Backstage wouldn't start with
 */
export async function settingsOfConfigs(
  paths: readonly string[],
  environment: Environment,
  { cwd, fileSystem }: CommandContext,
): Promise<ScaffolderSettings> {
  const { defaultRepoHosts } = await import('../features/scm/core/forges');
  const { scaffolderConfigOf } =
    await import('../features/catalog/core/configuredBackstage/config/scaffolderConfigFile');
  const configs = paths.map(path => pathToFileUri(resolve(cwd, path)));
  const {
    integrations,
    integrationSettings,
    issues,
    environment: own,
  } = await scaffolderConfigOf(configs, {
    fileSystem,
    environment,
  });
  const [issue] = issues;
  if (issue) throw new UsageError(`${pathsRelativeTo(cwd)(issue.place.file)}: ${issue.message}`);
  const { readIntegrationAddresses } =
    await import('../features/catalog/core/configuredBackstage/urls/integrationAddresses');
  return {
    hosts: new Map([...defaultRepoHosts, ...integrations]),
    addresses: readIntegrationAddresses(integrationSettings),
    environment: own,
  };
}

import type { Problem } from '../../../../../model';
import type { Environment, FileSystem } from '../../../../../platform/core/ports';
import type { ScaffolderConfig } from '../../../../appConfig/core';
import type { AppConfigFileDeps, AppConfigLink } from './appConfigFile';

// For those who seldom meet an app-config: with the functions behind these comes the parser.

/** The targets in the text of an app-config that lead to one place each. */
export async function appConfigLinks(
  config: { uri: string; text: string },
  fileSystem: FileSystem,
): Promise<readonly AppConfigLink[]> {
  const file = await import('./appConfigFile');
  return file.appConfigLinks(config, fileSystem);
}

/** What is wrong with the `catalog:` part of one app-config by itself, missing files included. */
export async function validateAppConfig(
  uri: string,
  deps: AppConfigFileDeps,
): Promise<readonly Problem[]> {
  const file = await import('./appConfigFile');
  return file.validateAppConfig(uri, deps);
}

/** What the configs of a Backstage (URIs) say of its scaffolder. */
export async function scaffolderConfigOf(
  configs: readonly string[],
  deps: { readonly fileSystem: FileSystem; readonly environment: Environment },
): Promise<ScaffolderConfig> {
  const file = await import('./scaffolderConfig');
  return file.scaffolderConfigOf(configs, deps);
}

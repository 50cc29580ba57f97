import { resolve } from 'node:path';
import { scaffolderConfigOf } from '../core/catalog';
import type { ScaffolderSettings } from '../core/scaffolder';
import { environmentOf, pathToFileUri } from '../node';
import { type CommandContext, UsageError } from './command';
import { pathsRelativeTo } from './paths';

/**
 * What the configs of a Backstage say that Templates see.
 *
 * @param paths - in the order of the `--config` options of the backend
 * @throws UsageError for what would keep a Backstage from it
 */
export async function settingsOfConfigs(
  paths: readonly string[],
  { cwd, env, fileSystem }: CommandContext,
): Promise<ScaffolderSettings> {
  const { defaultRepoHosts } = await import('../core/scaffolder');
  const configs = paths.map(path => pathToFileUri(resolve(cwd, path)));
  const { integrations, environment, issues } = await scaffolderConfigOf(configs, {
    fileSystem,
    environment: environmentOf(env),
  });
  const [issue] = issues;
  if (issue) throw new UsageError(`${pathsRelativeTo(cwd)(issue.place.file)}: ${issue.message}`);
  return { hosts: new Map([...defaultRepoHosts, ...integrations]), environment };
}

import type { ScaffolderActionContext } from '../../../../api';
import type { JsonValue } from '../../../../model';
import { InputError } from '../../../scm/core/forgeFiles';
import { parseRepoUrl, type RepoHosts } from '../../../scm/core/forges';
import { listInput, textInput } from './inputs';

type DryRun = (context: ScaffolderActionContext) => void;

/**
 * Dry runs of actions in Backstage's modules that need no server: they log what they would do and return
 * made-up ids. `publish:gerrit`, `run:yeoman` and `sentry:fetch:dsn` need a server or a program and are
 * missing. Source: the modules of GitHub (0.10) and GitLab (0.12) for `plugins/scaffolder-backend`.
 */
export function dryRuns(hosts: RepoHosts): Readonly<Record<string, DryRun>> {
  return {
    'github:issues:create': ({ input, logger, output }) => {
      const { owner, repo } = parseRepoUrl(textInput(input, 'repoUrl') ?? '', hosts);
      const title = textInput(input, 'title') ?? '';
      logger.info(`Creating issue "${title}" on repo ${repo}`);
      if (!owner) throw new InputError(NO_OWNER);
      logger.info(`Performing dry run of creating issue "${title}"`);
      output('issueUrl', `https://github.com/${owner}/${repo}/issues/42`);
      output('issueNumber', 42);
      logger.info('Dry run complete');
    },
    'github:webhook': ({ input, logger }) => {
      const repoUrl = textInput(input, 'repoUrl') ?? '';
      logger.info(`Creating webhook ${textInput(input, 'webhookUrl')} for repo ${repoUrl}`);
      if (!parseRepoUrl(repoUrl, hosts).owner) throw new InputError(NO_OWNER);
      logger.info('Dry run complete');
    },
    'publish:github:pull-request': ({ input, logger, output, workspace }) => {
      const repoUrl = textInput(input, 'repoUrl') ?? '';
      const target = textInput(input, 'targetPath');
      if (target) checkPathInRepository(target, 'targetPath');
      for (const path of listInput(input, 'filesToDelete') ?? []) {
        checkPathInRepository(path, 'filesToDelete entry');
      }
      const { host, owner, repo } = parseRepoUrl(repoUrl, hosts);
      if (!owner) throw new InputError(`No owner provided for host: ${host}, and repo ${repo}`);
      const source = textInput(input, 'sourcePath');
      if (source) workspace.resolve(source);
      logger.info('Performing dry run of creating pull request');
      output('targetBranchName', textInput(input, 'branchName') ?? '');
      output('remoteUrl', repoUrl);
      output('pullRequestNumber', 43);
      logger.info('Dry run complete');
    },
    'gitlab:group:ensureExists': ({ output }) => output('groupId', 42),
    'gitlab:group:access': ({ input, output }) => {
      const userIds = listInput(input, 'userIds') ?? [];
      const groupIds = listInput(input, 'groupIds') ?? [];
      if (userIds.length === 0 && groupIds.length === 0) {
        throw new InputError('At least one of userIds or groupIds must be provided and non-empty');
      }
      const accessLevel = accessLevelOf(input['accessLevel']);
      if (userIds.length > 0) output('userIds', [...userIds]);
      if (groupIds.length > 0) output('groupIds', [...groupIds]);
      output('path', input['path'] ?? null);
      if (input['action'] !== 'remove') output('accessLevel', accessLevel);
    },
  };
}

const NO_OWNER = 'Invalid repository owner provided in repoUrl';

function checkPathInRepository(path: JsonValue, name: string): void {
  if (typeof path !== 'string') return;
  if (path.startsWith('/') || path.split('/').includes('..')) {
    throw new InputError(
      `Invalid ${name} '${path}': must be a relative path within the target repository, without '..' segments`,
    );
  }
}

const ACCESS_LEVELS: ReadonlyMap<string, number> = new Map([
  ['no_access', 0],
  ['minimal_access', 5],
  ['guest', 10],
  ['planner', 15],
  ['reporter', 20],
  ['developer', 30],
  ['maintainer', 40],
  ['owner', 50],
]);

function accessLevelOf(level: JsonValue = 30): number {
  if (typeof level === 'number') return level;
  const name = typeof level === 'string' ? level : '';
  const known = ACCESS_LEVELS.get(name.toLowerCase());
  if (known === undefined) {
    const names = [...ACCESS_LEVELS.keys()].join(', ');
    throw new InputError(
      `Invalid access level: "${name}". Valid values are: ${names} or a numeric GitLab access level`,
    );
  }
  return known;
}

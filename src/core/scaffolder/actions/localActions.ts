import { parse } from 'yaml';
import type { ScaffolderAction, TaskWorkspace } from '../../../api';
import { isRecord } from '../../../base';
import { readEntityRef, stringifyEntityRef } from '../../../model';
import { backstageActions } from '../../templates';
import { parseRepoUrl, type RepoHosts, type RepoSpec } from '../rendering/repoUrl';
import { backstageSchema } from './backstageSchema';
import { textInput } from './inputs';

/** Those that make a repository on a host; others ask a host for a review of a change. */
const PUBLISHING = /^publish:(?!.*(?:pull-request|merge-request|review)$)/;

/**
 * What Backstage's actions do that leave the task's files, turned to the place where the developer is: files stay
 * in the folder that is written to, and nothing is pushed. They give what Backstage's would, so that the steps
 * behind them go on: the addresses that the repository will have once it is there. A dry run does the same.
 */
export function localActions(hosts: RepoHosts): readonly ScaffolderAction[] {
  return [
    ...backstageActions
      .ids()
      .filter(id => PUBLISHING.test(id))
      .map(id => publishHere(id, hosts)),
    registerHere,
  ];
}

function publishHere(id: string, hosts: RepoHosts): ScaffolderAction {
  return {
    ...backstageSchema(id),
    supportsDryRun: true,
    handler({ input, logger, output }) {
      const repository = parseRepoUrl(textInput(input, 'repoUrl') ?? '', hosts);
      const branch = textInput(input, 'defaultBranch') ?? 'main';
      const { remoteUrl, repoContentsUrl } = addressesOf(repository, {
        type: hosts.get(repository.host),
        branch,
      });
      logger.info(`The files stay here: nothing is pushed to ${remoteUrl}`);
      output('remoteUrl', remoteUrl);
      output('repoContentsUrl', repoContentsUrl);
      return Promise.resolve();
    },
  };
}

function addressesOf(
  { host, owner, repo, organization, workspace, project }: RepoSpec,
  { type, branch }: { type: string | undefined; branch: string },
): { remoteUrl: string; repoContentsUrl: string } {
  switch (type) {
    case 'gitlab': {
      const url = `https://${host}/${project ?? `${owner ?? ''}/${repo ?? ''}`}`;
      return { remoteUrl: `${url}.git`, repoContentsUrl: `${url}/-/blob/${branch}` };
    }
    case 'bitbucketCloud': {
      const url = `https://${host}/${workspace ?? ''}/${repo ?? ''}`;
      return { remoteUrl: `${url}.git`, repoContentsUrl: `${url}/src/${branch}` };
    }
    case 'azure': {
      const url = `https://${host}/${organization ?? ''}/${project ?? ''}/_git/${repo ?? ''}`;
      return { remoteUrl: url, repoContentsUrl: url };
    }
    default: {
      const url = `https://${host}/${owner ?? project ?? ''}/${repo ?? ''}`;
      return { remoteUrl: `${url}.git`, repoContentsUrl: `${url}/blob/${branch}` };
    }
  }
}

const registerHere: ScaffolderAction = {
  ...backstageSchema('catalog:register'),
  supportsDryRun: true,
  handler({ input, workspace, logger, output }) {
    const contents = textInput(input, 'repoContentsUrl');
    const path = textInput(input, 'catalogInfoPath') ?? '/catalog-info.yaml';
    const url =
      textInput(input, 'catalogInfoUrl') ?? `${contents ?? ''}/${path.replace(/^\/+/, '')}`;
    const file = /[^/]+\.ya?ml$/.exec(url)?.[0] ?? 'catalog-info.yaml';
    logger.info(`The catalog of the workspace finds ${file} by itself: nothing is registered`);
    const entityRef = refIn(workspace, contents === undefined ? file : path.replace(/^\/+/, ''));
    if (entityRef !== undefined) output('entityRef', entityRef);
    output('catalogInfoUrl', url);
    return Promise.resolve();
  },
};

/** The ref of the entity that a file of the task begins with, where it can be read. */
function refIn(workspace: TaskWorkspace, path: string): string | undefined {
  if (!workspace.has(path) || workspace.isDirectory(path)) return undefined;
  try {
    const [text = ''] = new TextDecoder().decode(workspace.readFile(path)).split(/^---\s*$/m, 1);
    const entity: unknown = parse(text, { maxAliasCount: 100, logLevel: 'silent' });
    if (!isRecord(entity) || !isRecord(entity['metadata'])) return undefined;
    const { name, namespace } = entity['metadata'];
    const ref = readEntityRef({ kind: entity['kind'], namespace, name });
    return ref.ok ? stringifyEntityRef(ref.value) : undefined;
  } catch {
    return undefined;
  }
}

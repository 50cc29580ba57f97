import type { ScaffolderAction } from '../../../../api';
import { parseRepoUrl, type RepoHosts, type RepoSpec } from '../../../scm/core/forges';
import { backstageActions } from '../../../templates/core';
import { backstageSchema } from './backstageSchema';
import { textInput } from './inputs';
import { registerAction } from './registerAction';

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
    handler({ input, skip, output }) {
      const repository = parseRepoUrl(textInput(input, 'repoUrl') ?? '', hosts);
      const branch = textInput(input, 'defaultBranch') ?? 'main';
      const { remoteUrl, repoContentsUrl } = addressesOf(repository, {
        type: hosts.get(repository.host),
        branch,
      });
      output('remoteUrl', remoteUrl);
      output('repoContentsUrl', repoContentsUrl);
      skip(`Nothing is pushed to ${remoteUrl}: the files stay in the folder`);
      return Promise.resolve();
    },
  };
}

/** Where a repository is once it is there. */
export function addressesOf(
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

const registerHere = registerAction({
  pathOf: () => undefined,
  register: path =>
    Promise.resolve(
      `The catalog of the workspace finds ${path.slice(path.lastIndexOf('/') + 1)} by itself: nothing is registered`,
    ),
});

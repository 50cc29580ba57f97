import type { ScaffolderAction, TaskWorkspace } from '../../../../api';
import { isRecord } from '../../../../base';
import { readEntityRef, stringifyEntityRef } from '../../../../model';
import { parseYaml } from '../../../../platform/core/yaml';
import { parseRepoUrl, type RepoHosts, type RepoSpec } from '../../../scm/core/forges';
import { backstageActions } from '../../../templates/core';
import { backstageAction, textInput } from './inputs';

/** Actions that create a repository, not those that open a pull request or review. */
const PUBLISHING = /^publish:(?!.*(?:pull-request|merge-request|review)$)/;

/**
 * Local versions of Backstage's actions that publish or register: the files stay in the target folder and
 * nothing is pushed. Outputs have the repository's future URLs, so that later steps can run. Dry runs behave
 * the same.
 */
export function localActions(hosts: RepoHosts): readonly ScaffolderAction[] {
  return [
    ...backstageActions
      .ids()
      .filter(id => PUBLISHING.test(id))
      .map(id => publishLocally(id, hosts)),
    registerLocally,
  ];
}

function publishLocally(id: string, hosts: RepoHosts): ScaffolderAction {
  return backstageAction(id, ({ input, skip, output }) => {
    const repository = parseRepoUrl(textInput(input, 'repoUrl') ?? '', hosts);
    const branch = textInput(input, 'defaultBranch') ?? 'main';
    const { remoteUrl, repoContentsUrl } = addressesOf(repository, {
      type: hosts.get(repository.host),
      branch,
    });
    output('remoteUrl', remoteUrl);
    output('repoContentsUrl', repoContentsUrl);
    skip(`Nothing was pushed to ${remoteUrl}. The files stay in the folder`);
  });
}

/** URLs of a repository that may not exist yet. */
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

const registerLocally = registerAction({
  pathOf: () => undefined,
  register: path =>
    Promise.resolve(
      `The workspace catalog finds ${path.slice(path.lastIndexOf('/') + 1)} automatically. Nothing was registered`,
    ),
});

export interface RegisterDeps {
  /** Returns the workspace path of a published URL, or undefined if the URL wasn't published by this run. */
  readonly pathOf: (url: string) => string | undefined;
  /**
   * Registers a file of the task.
   * @returns a sentence about the result, for the log
   */
  readonly register: (path: string, workspace: TaskWorkspace) => Promise<string>;
}

/**
 * `catalog:register` for files of the task. It skips Backstage's server, because a local catalog finds the file
 * itself.
 */
export function registerAction({ pathOf, register }: RegisterDeps): ScaffolderAction {
  return backstageAction('catalog:register', async ({ input, workspace, logger, output }) => {
    const contents = textInput(input, 'repoContentsUrl');
    const below = (textInput(input, 'catalogInfoPath') ?? '/catalog-info.yaml').replace(/^\/+/, '');
    const url = textInput(input, 'catalogInfoUrl') ?? `${contents ?? ''}/${below}`;
    const last = url.slice(url.lastIndexOf('/') + 1);
    const name = /^[^]+\.ya?ml$/.test(last) ? last : 'catalog-info.yaml';
    const path = pathOf(url) ?? (contents === undefined ? name : below);
    logger.info(await register(path, workspace));
    const entityRef = refIn(workspace, path);
    if (entityRef !== undefined) output('entityRef', entityRef);
    output('catalogInfoUrl', url);
  });
}

/** The ref of the first entity in a file of the task, if it can be parsed. */
function refIn(workspace: TaskWorkspace, path: string): string | undefined {
  if (!workspace.has(path) || workspace.isDirectory(path)) return undefined;
  try {
    const [text = ''] = new TextDecoder().decode(workspace.readFile(path)).split(/^---\s*$/m, 1);
    const entity: unknown = parseYaml(text);
    if (!isRecord(entity) || !isRecord(entity['metadata'])) return undefined;
    const { name, namespace } = entity['metadata'];
    const ref = readEntityRef({ kind: entity['kind'], namespace, name });
    return ref.ok ? stringifyEntityRef(ref.value) : undefined;
  } catch {
    // Not a descriptor: the action's output has no ref then, as in Backstage.
    return undefined;
  }
}

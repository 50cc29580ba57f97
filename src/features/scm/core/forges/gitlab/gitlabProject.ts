import { isRecord } from '../../../../../base';
import type { JsonObject } from '../../../../../model';
import { InputError } from '../../forgeFiles';
import { type ForgeRepository, type ForgeRequest } from '../forge';
import type { ForgeApi } from '../forgeApi';
import { ForgeError } from '../forgeError';
import { definedOf, flagOf, recordOf, recordsOf, textOf, textsOf } from '../readInput';

export interface GitlabDeps {
  readonly api: ForgeApi;
  readonly signal: AbortSignal;
}

interface Namespace {
  readonly id: number;
  readonly isUser: boolean;
}

/** A project of an answer. */
interface Project {
  readonly id: number;
  /** Web page. */
  readonly url: string;
  readonly defaultBranch: string | undefined;
}

/**
 * Creates an empty project with the settings of a `publish:gitlab` step.
 *
 * Source: `createPublishGitlabAction` of `plugin-scaffolder-backend-module-gitlab` 0.12, including messages. There,
 * owners are set with a server token, which doesn't exist here; this is logged.
 */
export async function createGitlabProject(
  { input, repository, logger }: ForgeRequest,
  deps: GitlabDeps,
): Promise<ForgeRepository> {
  const { host, owner, repo } = repository;
  if (!owner || !repo) {
    throw new InputError(`No owner provided for host: ${host}, and repo ${repo}`);
  }
  const isPushed = input['sourcePath'] !== false;
  if (isPushed && flagOf(input, 'signCommit', false)) {
    throw new Error(
      'Signing commits is enabled but no signing key is provided in the configuration',
    );
  }
  const namespace = await namespaceOf(owner, deps);
  if (flagOf(input, 'skipExisting', false)) {
    const existing = await projectAt(`${owner}/${repo}`, deps);
    if (existing) {
      logger.info(`Repo ${repo} already exists in namespace ${owner}.`);
      return {
        ...addressesOf(existing, existing.defaultBranch ?? ''),
        output: { projectId: existing.id, created: false },
        skipsPush: true,
      };
    }
  }
  logger.info(`Creating repo ${repo} in namespace ${owner}.`);
  const project = await create({ namespace, repo, input }, deps);
  for (const name of ['setUserAsOwner', 'ownerUsername']) {
    if (input[name])
      logger.warn(`Skipping ${name}: only Backstage can set owners, with its own token`);
  }
  const addVariables = (later: GitlabDeps): Promise<void> =>
    setVariables(project.id, recordsOf(input, 'projectVariables'), later);
  const shared = {
    ...addressesOf(project, textOf(input, 'defaultBranch') ?? 'master'),
    output: { projectId: project.id, created: true },
  };
  if (!isPushed) {
    await addVariables(deps);
    return { ...shared, skipsPush: true };
  }
  return {
    ...shared,
    async afterPush(signal) {
      const later = { ...deps, signal };
      await setBranches({ project: project.id, input, logger }, later);
      await addVariables(later);
    },
  };
}

async function namespaceOf(owner: string, { api, signal }: GitlabDeps): Promise<Namespace> {
  const found = await api.find({ path: ['namespaces', owner], signal });
  const { id, kind } = isRecord(found?.data) ? found.data : {};
  if (typeof id === 'number') return { id, isUser: kind === 'user' };
  throw new InputError(
    `The namespace ${owner} is not found or the user doesn't have permissions to access it`,
  );
}

async function create(
  {
    namespace,
    repo,
    input,
  }: { readonly namespace: Namespace; readonly repo: string; readonly input: JsonObject },
  { api, signal }: GitlabDeps,
): Promise<Project> {
  const topics = textsOf(input, 'topics') ?? [];
  const body: JsonObject = {
    namespace_id: namespace.id,
    name: repo,
    path: repo,
    visibility: textOf(input, 'repoVisibility') ?? 'private',
    ...(topics.length > 0 && { topics: [...topics] }),
    ...recordOf(input, 'settings'),
  };
  const { data } = await api.call('POST', { path: ['projects'], body, signal });
  return projectIn(data, api);
}

async function projectAt(path: string, { api, signal }: GitlabDeps): Promise<Project | undefined> {
  const found = await api.find({ path: ['projects', path], signal });
  return found && projectIn(found.data, api);
}

function projectIn(data: unknown, api: ForgeApi): Project {
  const { id, path_with_namespace: path, default_branch: branch } = isRecord(data) ? data : {};
  // URLs of the answer may name another host, so they are built from the API's own.
  if (typeof id !== 'number' || typeof path !== 'string' || !isPath(path)) {
    throw api.unreadable('the path of the project');
  }
  return {
    id,
    url: `${api.address.webUrl}/${path}`,
    defaultBranch: typeof branch === 'string' ? branch : undefined,
  };
}

function isPath(path: string): boolean {
  return path.split('/').every(name => /^[\w.+-]+$/.test(name) && !/^\.+$/.test(name));
}

function addressesOf({ url }: Project, branch: string): Omit<ForgeRepository, 'output'> {
  return {
    remoteUrl: url,
    repoContentsUrl: `${url}/-/blob/${branch}`,
    pushUrl: `${url}.git`,
  };
}

async function setBranches(
  { project, input, logger }: { readonly project: number } & Pick<ForgeRequest, 'input' | 'logger'>,
  { api, signal }: GitlabDeps,
): Promise<void> {
  const path = ['projects', String(project)];
  for (const branch of recordsOf(input, 'branches')) {
    const name = textOf(branch, 'name') ?? '';
    if (flagOf(branch, 'create', false)) {
      const ref = textOf(branch, 'ref') ?? 'master';
      const query = { branch: name, ref };
      await orFail(`Branch creation failed for ${name}.`, () =>
        api.call('POST', { path: [...path, 'repository', 'branches'], query, signal }),
      );
      logger.info(`Branch ${name} created for ${project} with ref ${ref}`);
    }
    if (flagOf(branch, 'protect', false)) {
      await orFail(`Branch protection failed for ${name}.`, () =>
        api.call('POST', { path: [...path, 'protected_branches'], query: { name }, signal }),
      );
      logger.info(`Branch ${name} protected for ${project}`);
    }
  }
}

async function setVariables(
  project: number,
  variables: readonly JsonObject[],
  { api, signal }: GitlabDeps,
): Promise<void> {
  for (const variable of variables) {
    const { key, value, description } = variable;
    const body = definedOf({
      key,
      value,
      description,
      variable_type: variable['variable_type'] ?? 'env_var',
      protected: flagOf(variable, 'protected', false),
      masked: flagOf(variable, 'masked', false),
      masked_and_hidden: flagOf(variable, 'masked_and_hidden', false),
      raw: flagOf(variable, 'raw', false),
      environment_scope: variable['environment_scope'] ?? '*',
    });
    await orFail(`Environment variable creation failed for ${textOf(variable, 'key')}.`, () =>
      api.call('POST', { path: ['projects', String(project), 'variables'], body, signal }),
    );
  }
}

/** Converts a refusal of the forge to Backstage's error. */
async function orFail(failure: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    throw new InputError(
      `${failure} ${JSON.stringify({ code: error.status, message: error.message })}`,
    );
  }
}

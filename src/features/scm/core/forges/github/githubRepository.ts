import type { ScaffolderLogger } from '../../../../../api';
import { errorMessage, isRecord } from '../../../../../base';
import type { JsonObject, JsonValue } from '../../../../../model';
import type { Clock } from '../../../../../platform/core/ports';
import { InputError } from '../../forgeFiles';
import type { ForgeRepository, ForgeRequest } from '../forge';
import type { ForgeApi } from '../forgeApi';
import { ForgeError } from '../forgeError';
import { definedOf, flagOf, recordOf, recordsOf, textOf, textsOf } from '../readInput';

export interface GithubDeps {
  readonly api: ForgeApi;
  readonly signal: AbortSignal;
}

/** A repository on GitHub, and its access settings. */
interface Repository {
  readonly owner: string;
  readonly repo: string;
  readonly request: ForgeRequest;
}

/**
 * Creates an empty repository with the settings of a `publish:github` step.
 *
 * Source: `createPublishGithubAction` and its helpers of `plugin-scaffolder-backend-module-github` 0.10, including
 * messages. Repository secrets are not supported, which is logged.
 */
export async function createGithubRepository(
  request: ForgeRequest,
  deps: GithubDeps & { readonly clock: Clock },
): Promise<ForgeRepository> {
  const { input, repository, logger } = request;
  const { owner, repo } = repository;
  if (!owner || !repo) throw new InputError('Invalid repository owner provided in repoUrl');
  const { api, signal } = deps;
  const { webUrl } = api.address;
  const { data: account } = await api.call('GET', { path: ['users', owner], signal });
  const type = isRecord(account) && account['type'] === 'Organization' ? 'Organization' : 'User';
  if (type === 'User') await checkUser(owner, deps);
  await checkTeam(textOf(input, 'access'), owner, deps);
  const name = await createEmpty({ owner, repo, request }, type, deps);
  const made = { owner, repo: name, request };
  try {
    await setAccess(made, deps);
    await configure(made, deps);
  } catch (error) {
    logger.warn(`The repository ${owner}/${name} was created and remains empty`);
    throw error;
  }
  const url = `${webUrl}/${owner}/${name}`;
  const branch = textOf(input, 'defaultBranch') ?? 'main';
  return {
    remoteUrl: `${url}.git`,
    repoContentsUrl: `${url}/blob/${branch}`,
    pushUrl: `${url}.git`,
    afterPush: later =>
      protectGithubBranch({ owner, repo: name, branch, input, logger }, { ...deps, signal: later }),
  };
}

/** @returns the name, which differs from the requested one if that has invalid characters */
async function createEmpty(
  { owner, repo, request: { input, logger } }: Repository,
  type: 'Organization' | 'User',
  { api, signal }: GithubDeps,
): Promise<string> {
  const visibility = textOf(input, 'repoVisibility') ?? 'private';
  const settings = definedOf({
    name: repo,
    description: textOf(input, 'description'),
    homepage: textOf(input, 'homepage'),
    private: visibility === 'private',
    has_issues: input['hasIssues'],
    has_projects: input['hasProjects'],
    has_wiki: input['hasWiki'],
    allow_auto_merge: flagOf(input, 'allowAutoMerge', false),
    allow_merge_commit: flagOf(input, 'allowMergeCommit', true),
    allow_rebase_merge: flagOf(input, 'allowRebaseMerge', true),
    allow_squash_merge: flagOf(input, 'allowSquashMerge', true),
    allow_update_branch: flagOf(input, 'allowUpdateBranch', false),
    delete_branch_on_merge: flagOf(input, 'deleteBranchOnMerge', false),
    squash_merge_commit_message: textOf(input, 'squashMergeCommitMessage') ?? 'COMMIT_MESSAGES',
    squash_merge_commit_title: textOf(input, 'squashMergeCommitTitle') ?? 'COMMIT_OR_PR_TITLE',
  });
  const isOrganization = type === 'Organization';
  const body = isOrganization
    ? { ...settings, ...definedOf({ visibility, custom_properties: input['customProperties'] }) }
    : settings;
  const path = isOrganization ? ['orgs', owner, 'repos'] : ['user', 'repos'];
  let data: unknown;
  try {
    ({ data } = await api.call('POST', { path, body, signal }));
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    if (error.reason === 'Resource not accessible by integration') {
      logger.warn(
        `The GitHub app or token provided may not have the required permissions to create the ${type} repository ${owner}/${repo}.`,
      );
    }
    throw new ForgeError(
      `Failed to create the ${type} repository ${owner}/${repo}, ${error.message}`,
    );
  }
  const name = isRecord(data) ? data['name'] : undefined;
  if (typeof name !== 'string' || !/^[\w.-]+$/.test(name)) {
    throw api.unreadable('the name of the repository');
  }
  return name;
}

/** Checks the owner of a user repository, because GitHub creates it for the signed-in user regardless. */
async function checkUser(owner: string, { api, signal }: GithubDeps): Promise<void> {
  const { data } = await api.call('GET', { path: ['user'], signal });
  const login = isRecord(data) ? String(data['login']) : '';
  if (login.toLowerCase() === owner.toLowerCase()) return;
  throw new InputError(
    `You are signed in to ${api.address.host} as ${login} and can't create a repository for the user ${owner}`,
  );
}

/** Checks before anything is created that the team exists. */
async function checkTeam(
  access: string | undefined,
  owner: string,
  { api, signal }: GithubDeps,
): Promise<void> {
  if (!access?.startsWith(`${owner}/`)) return;
  const [org = '', team = ''] = access.split('/');
  if (await api.find({ path: ['orgs', org, 'teams', team], signal })) return;
  throw new ForgeError(
    `Received 'Not Found' from the API; one of org:
        ${org} or team: ${team} was not found within GitHub.`,
  );
}

async function setAccess(repository: Repository, deps: GithubDeps): Promise<void> {
  const { owner, request } = repository;
  const { input, logger } = request;
  const access = textOf(input, 'access');
  if (access?.startsWith(`${owner}/`)) {
    await grantAccess({ team: access.split('/')[1] }, 'admin', repository, deps);
  } else if (access && access !== owner) {
    await grantAccess({ user: access }, 'admin', repository, deps);
  }
  for (const collaborator of recordsOf(input, 'collaborators')) {
    const user = textOf(collaborator, 'user');
    const team = textOf(collaborator, 'team');
    const permission = textOf(collaborator, 'access') ?? '';
    try {
      if (user === undefined && team === undefined) continue;
      const named = { user: user && nameIn(user), team: team && nameIn(team) };
      await grantAccess(named, permission, repository, deps);
    } catch (error) {
      rethrowUnexpected(error, deps);
      const name = user ?? team ?? '';
      logger.warn(`Skipping ${permission} access for ${name}, ${errorMessage(error)}`);
    }
  }
}

/** Extracts the name: `user:default/ada` and `ada` are the same. Source: `entityRefToName`. */
function nameIn(ref: string): string {
  return ref.replace(/^.*[:/]/g, '');
}

/** Grants access to a user or to a team of the owner. */
async function grantAccess(
  { user, team = '' }: { readonly user?: string | undefined; readonly team?: string | undefined },
  permission: string,
  { owner, repo }: Repository,
  { api, signal }: GithubDeps,
): Promise<void> {
  const path =
    user === undefined
      ? ['orgs', owner, 'teams', team, 'repos', owner, repo]
      : ['repos', owner, repo, 'collaborators', user];
  await api.call('PUT', { path, body: { permission }, signal });
}

async function configure(
  { owner, repo, request: { input, logger } }: Repository,
  deps: GithubDeps,
): Promise<void> {
  const { api, signal } = deps;
  const repository = ['repos', owner, repo];
  const topics = textsOf(input, 'topics');
  if (topics) {
    const body = { names: topics.map(topic => topic.toLowerCase()) };
    try {
      await api.call('PUT', { path: [...repository, 'topics'], body, signal });
    } catch (error) {
      rethrowUnexpected(error, deps);
      logger.warn(`Skipping topics ${topics.join(' ')}, ${errorMessage(error)}`);
    }
  }
  for (const [name, value] of Object.entries(recordOf(input, 'repoVariables') ?? {})) {
    const path = [...repository, 'actions', 'variables'];
    await api.call('POST', { path, body: { name, value }, signal });
  }
  const secrets = Object.keys(recordOf(input, 'secrets') ?? {});
  if (secrets.length > 0) {
    logger.warn(
      `Skipping secrets ${secrets.join(' ')}: only Backstage can set them. Set them on the repository's page`,
    );
  }
  const claims = recordOf(input, 'oidcCustomization');
  if (claims) {
    const body: JsonObject = definedOf({
      use_default: claims['useDefault'],
      include_claim_keys: claims['includeClaimKeys'],
    });
    const path = [...repository, 'actions', 'oidc', 'customization', 'sub'];
    await api.call('PUT', { path, body, signal });
  }
  if (flagOf(input, 'subscribe', false)) {
    const body = { subscribed: true, ignored: false };
    await api.call('PUT', { path: [...repository, 'subscription'], body, signal });
  }
}

/** Rethrows errors other than refusals of the forge. */
function rethrowUnexpected(error: unknown, { signal }: GithubDeps): void {
  signal.throwIfAborted();
  if (!(error instanceof ForgeError)) throw error;
}

interface ProtectedBranch {
  readonly owner: string;
  readonly repo: string;
  readonly branch: string;
  /** Inputs of the step. */
  readonly input: JsonObject;
  readonly logger: ScaffolderLogger;
}

interface ProtectionDeps {
  readonly api: ForgeApi;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Milliseconds before GitHub recognizes a pushed branch. */
const SETTLING = 600;

/**
 * Protects the pushed branch, unless the step doesn't want it. Failures are logged, because the repository is
 * usable without.
 *
 * Source: `enableBranchProtectionOnDefaultRepoBranch` of the module for GitHub 0.10, including messages.
 */
async function protectGithubBranch(branch: ProtectedBranch, deps: ProtectionDeps): Promise<void> {
  const { input, logger, repo } = branch;
  if (!flagOf(input, 'protectDefaultBranch', true)) return;
  try {
    await protect(branch, deps).catch(async (error: unknown) => {
      if (!errorMessage(error).includes('Branch not found')) throw error;
      await deps.clock.delay(SETTLING, deps.signal);
      await protect(branch, deps);
    });
  } catch (error) {
    deps.signal.throwIfAborted();
    if (!(error instanceof ForgeError)) throw error;
    logger.warn(
      error.reason.includes('Upgrade to GitHub Pro or make this repository public')
        ? 'Branch protection was not enabled as it requires GitHub Pro for private repositories'
        : `Skipping: default branch protection on '${repo}', ${error.message}`,
    );
  }
}

async function protect(
  { owner, repo, branch, input }: ProtectedBranch,
  { api, signal }: ProtectionDeps,
): Promise<void> {
  const path = ['repos', owner, repo, 'branches', branch, 'protection'];
  await api.call('PUT', { path, body: protectionOf(input), signal });
  if (flagOf(input, 'requiredCommitSigning', false)) {
    await api.call('POST', { path: [...path, 'required_signatures'], signal });
  }
}

function protectionOf(input: JsonObject): JsonObject {
  const or = (name: string, fallback: JsonValue): JsonValue => input[name] ?? fallback;
  return {
    required_status_checks: {
      strict: or('requireBranchesToBeUpToDate', true),
      contexts: or('requiredStatusCheckContexts', []),
    },
    restrictions: or('restrictions', null),
    enforce_admins: or('protectEnforceAdmins', true),
    required_pull_request_reviews: definedOf({
      required_approving_review_count: or('requiredApprovingReviewCount', 1),
      require_code_owner_reviews: or('requireCodeOwnerReviews', false),
      bypass_pull_request_allowances: input['bypassPullRequestAllowances'],
      dismiss_stale_reviews: or('dismissStaleReviews', false),
      require_last_push_approval: or('requireLastPushApproval', false),
    }),
    required_conversation_resolution: or('requiredConversationResolution', false),
    required_linear_history: or('requiredLinearHistory', false),
    block_creations: or('blockCreations', false),
  };
}

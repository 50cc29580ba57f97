import type { ScaffolderLogger } from '../../../../../api';
import { errorMessage } from '../../../../../base';
import type { JsonObject, JsonValue } from '../../../../../model';
import type { Clock } from '../../../../../platform/core/ports';
import type { ForgeApi } from '../forgeApi';
import { ForgeError } from '../forgeError';
import { definedOf, flagOf } from '../readInput';

export interface ProtectedBranch {
  readonly owner: string;
  readonly repo: string;
  readonly branch: string;
  /** Of the step. */
  readonly input: JsonObject;
  readonly logger: ScaffolderLogger;
}

interface ProtectionDeps {
  readonly api: ForgeApi;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Milliseconds after which GitHub knows a branch that was pushed. */
const SETTLING = 600;

/**
 * Protects the branch that was pushed, unless the step does not want that. A repository without protection is one
 * still: what is in the way is told, and no failure.
 *
 * Source: `enableBranchProtectionOnDefaultRepoBranch` of the module for GitHub 0.10, messages included.
 */
export async function protectGithubBranch(
  branch: ProtectedBranch,
  deps: ProtectionDeps,
): Promise<void> {
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

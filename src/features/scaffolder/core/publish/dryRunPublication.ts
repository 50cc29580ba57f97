import type { ScaffolderAction } from '../../../../api';
import type { JsonObject } from '../../../../model';
import { parseRepoUrl, type RepoHosts, type RepoSpec } from '../../../scm/core/forges';
import { backstageActions } from '../../../templates/core';
import { dryRuns } from '../actions/dryRuns';
import { backstageAction, textInput } from '../actions/inputs';
import { addressesOf, localActions } from '../actions/localActions';
import { outputExample } from '../task/exampleOutput';
import { publishKind } from './publishPlace';

/** Publishing actions of a dry run. They record the targets on git hosts and call none. */
export class DryRunPublication {
  readonly actions: readonly ScaffolderAction[];
  readonly #targets = new Map<string, PublishTarget>();

  constructor(hosts: RepoHosts) {
    const own = dryRuns(hosts);
    const local = localActions(hosts);
    const ids = new Set(backstageActions.ids().filter(id => publishKind(id) !== undefined));
    const publishing = [...ids].map((id): ScaffolderAction => {
      const here = local.find(other => other.id === id);
      const pretend = own[id];
      const action = backstageAction(id, context => {
        const repository = parseRepoUrl(textInput(context.input, 'repoUrl') ?? '', hosts);
        const target = publishTarget({ id, repository, input: context.input }, hosts);
        this.#targets.set(keyOf(target), target);
        if (here) return here.handler(context);
        if (pretend) return pretend(context);
        outputExample(action, context);
      });
      return action;
    });
    this.actions = [...local.filter(({ id }) => !ids.has(id)), ...publishing];
  }

  /** Recorded targets. */
  get targets(): Iterable<PublishTarget> {
    return this.#targets.values();
  }

  has(target: PublishTarget): boolean {
    return this.#targets.has(keyOf(target));
  }
}

/** A repository or branch that a step publishes to. */
export interface PublishTarget {
  /** Display name with the host: `github.com/acme/shop`. */
  readonly repository: string;
  /** Branch of a change. Undefined for a new repository. */
  readonly branch?: string;
  /** Whether the step overwrites the branch if it has an open pull request. */
  readonly overwrites?: boolean;
}

export function publishTarget(
  step: { readonly id: string; readonly repository: RepoSpec; readonly input: JsonObject },
  hosts: RepoHosts,
): PublishTarget {
  const type = hosts.get(step.repository.host);
  const { remoteUrl } = addressesOf(step.repository, { type, branch: '' });
  const repository = remoteUrl.replace(/^https:\/\//, '').replace(/\.git$/, '');
  if (publishKind(step.id) !== 'change') return { repository };
  const branch = branchInput(step.input) ?? '';
  const overwrites = step.id === 'publish:github:pull-request' && step.input['update'] === true;
  return { repository, branch, overwrites };
}

/** Branch of a change. */
export function branchInput(input: JsonObject): string | undefined {
  return textInput(input, 'branchName') ?? textInput(input, 'sourceBranch');
}

function keyOf({ repository, branch, overwrites }: PublishTarget): string {
  return JSON.stringify([repository, branch ?? null, overwrites ?? false]);
}

import { describe, expect, it } from 'vitest';
import type { ForgeRepository } from '../../../../../../../src/features/scm/core/forges';
import type { JsonObject } from '../../../../../../../src/model';
import { type Step, stepOf, TOKEN } from '../../../../../../support/standInForge';
import { StandInGithub } from '../../../../../../support/standInGithub';

const { signal } = new AbortController();

const publish = (input: JsonObject = {}, owner = 'acme', repo = 'shop'): Step =>
  stepOf('publish:github', input, { owner, repo });

async function created(github: StandInGithub, step: Step): Promise<ForgeRepository> {
  return (await github.forge.open('github')).createRepository(step, signal);
}

/** Requests for changes, with their bodies. */
const changes = ({ forge }: StandInGithub): readonly unknown[] =>
  forge.requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, body }) => [`${method} ${path.join('/')}`, body]);

describe('GitHub repository', () => {
  it('is created for an organization, private by default', async () => {
    const github = await StandInGithub.start();
    const input = { description: 'Sells', homepage: 'https://shop.example', hasWiki: false };
    const { afterPush, ...repository } = await created(github, publish(input));
    const url = `${github.forge.url}/acme/shop`;
    expect(repository).toEqual({
      remoteUrl: `${url}.git`,
      repoContentsUrl: `${url}/blob/main`,
      pushUrl: `${url}.git`,
    });
    expect(afterPush).toBeDefined();
    expect(changes(github)).toEqual([
      [
        'POST orgs/acme/repos',
        {
          name: 'shop',
          ...input,
          hasWiki: undefined,
          has_wiki: false,
          private: true,
          visibility: 'private',
          allow_auto_merge: false,
          allow_merge_commit: true,
          allow_rebase_merge: true,
          allow_squash_merge: true,
          allow_update_branch: false,
          delete_branch_on_merge: false,
          squash_merge_commit_message: 'COMMIT_MESSAGES',
          squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
        },
      ],
    ]);
  });

  it('is created for the signed-in user and for no other user', async () => {
    const github = await StandInGithub.start();
    const input = { repoVisibility: 'public', defaultBranch: 'trunk' };
    const own = await created(github, publish(input, 'ada', 'my notes'));
    expect(own.repoContentsUrl).toBe(`${github.forge.url}/ada/my-notes/blob/trunk`);
    expect(github.created).toMatchObject([{ name: 'my notes', private: false }]);
    await expect(created(github, publish({}, 'grace'))).rejects.toThrow(
      /as ada and can't create a repository for the user grace$/,
    );
    expect(github.created).toHaveLength(1);
  });

  it('has the access and settings of the step', async () => {
    const github = await StandInGithub.start();
    const step = publish({
      access: 'acme/crew',
      collaborators: [
        { access: 'push', user: 'user:default/ada' },
        { access: 'pull', team: 'ops' },
      ],
      topics: ['Java', 'ferry'],
      repoVariables: { STAGE: 'test' },
      oidcCustomization: { useDefault: false, includeClaimKeys: ['repo'] },
      subscribe: true,
      secrets: { KEY: 'hidden' },
    });
    await created(github, step);
    expect(changes(github).slice(1)).toEqual([
      ['PUT orgs/acme/teams/crew/repos/acme/shop', { permission: 'admin' }],
      ['PUT repos/acme/shop/collaborators/ada', { permission: 'push' }],
      ['PUT orgs/acme/teams/ops/repos/acme/shop', { permission: 'pull' }],
      ['PUT repos/acme/shop/topics', { names: ['java', 'ferry'] }],
      ['POST repos/acme/shop/actions/variables', { name: 'STAGE', value: 'test' }],
      [
        'PUT repos/acme/shop/actions/oidc/customization/sub',
        { use_default: false, include_claim_keys: ['repo'] },
      ],
      ['PUT repos/acme/shop/subscription', { subscribed: true, ignored: false }],
    ]);
    expect(step.log).toEqual([
      "warn: Skipping secrets KEY: only Backstage can set them. Set them on the repository's page",
    ]);
  });

  it('skips rejected settings with a warning', async () => {
    const github = await StandInGithub.start();
    const data = { message: 'Not allowed' };
    github.forge.override('PUT repos/acme/shop/collaborators/eve', { status: 422, data });
    github.forge.override('PUT repos/acme/shop/topics', { status: 422, data });
    const step = publish({ collaborators: [{ access: 'push', user: 'eve' }], topics: ['a', 'b'] });
    await created(github, step);
    expect(step.log).toEqual([
      'warn: Skipping push access for eve, Not allowed',
      'warn: Skipping topics a b, Not allowed',
    ]);
  });

  it('is not created if a team is missing or GitHub rejects it', async () => {
    const github = await StandInGithub.start();
    await expect(created(github, publish({ access: 'acme/none' }))).rejects.toThrow(
      /one of org:\s+acme or team: none was not found within GitHub\.$/,
    );
    expect(github.forge.changes).toEqual([]);
    github.forge.override('POST orgs/acme/repos', {
      status: 422,
      data: {
        message: 'Repository creation failed.',
        errors: [
          {
            resource: 'Repository',
            code: 'custom',
            field: 'name',
            message: 'name already exists on this account',
          },
        ],
      },
    });
    await expect(created(github, publish())).rejects.toThrow(
      'Failed to create the Organization repository acme/shop, Repository creation failed.: name already exists on this account',
    );
  });

  it('is reported as left over if a later request fails', async () => {
    const github = await StandInGithub.start();
    const data = { message: 'Bad variable' };
    github.forge.override('POST repos/acme/shop/actions/variables', { status: 422, data });
    const step = publish({ repoVariables: { X: '1' } });
    await expect(created(github, step)).rejects.toThrow('Bad variable');
    expect(step.log).toEqual(['warn: The repository acme/shop was created and remains empty']);
  });

  it('gets branch protection after the push', async () => {
    const github = await StandInGithub.start();
    const input = { requiredApprovingReviewCount: 2, requiredCommitSigning: true };
    const { afterPush } = await created(github, publish(input));
    let tries = 0;
    const path = 'repos/acme/shop/branches/main/protection';
    github.forge.override(`PUT ${path}`, () =>
      tries++ === 0 ? { status: 404, data: { message: 'Branch not found' } } : { data: {} },
    );
    await afterPush?.(signal);
    expect(changes(github).slice(2)).toEqual([
      [
        `PUT ${path}`,
        {
          required_status_checks: { strict: true, contexts: [] },
          restrictions: null,
          enforce_admins: true,
          required_pull_request_reviews: {
            required_approving_review_count: 2,
            require_code_owner_reviews: false,
            dismiss_stale_reviews: false,
            require_last_push_approval: false,
          },
          required_conversation_resolution: false,
          required_linear_history: false,
          block_creations: false,
        },
      ],
      [`POST ${path}/required_signatures`, {}],
    ]);
  });

  it('has no branch protection if GitHub or the step disables it', async () => {
    const github = await StandInGithub.start();
    const message = 'Upgrade to GitHub Pro or make this repository public to enable this feature.';
    github.forge.override('PUT repos/acme/shop/branches/main/protection', {
      status: 403,
      data: { message },
    });
    const step = publish();
    await (await created(github, step)).afterPush?.(signal);
    expect(step.log).toEqual([
      'warn: Branch protection was not enabled as it requires GitHub Pro for private repositories',
    ]);
    const before = github.forge.changes.length;
    const open = await created(github, publish({ protectDefaultBranch: false }));
    await open.afterPush?.(signal);
    expect(github.forge.changes).toHaveLength(before + 1);
  });

  it('is pushed to with the token as a password', async () => {
    const github = await StandInGithub.start();
    const { authorization } = await github.forge.open('github');
    expect(authorization).toBe(`Basic ${btoa(`x-access-token:${TOKEN}`)}`);
  });
});

describe('GitHub lists', () => {
  it('have owners, repositories and branches by name', async () => {
    const github = await StandInGithub.start();
    const forge = await github.forge.open('github');
    expect(await forge.owners(signal)).toEqual(['acme', 'ada']);
    expect(await forge.repositories('ACME', signal)).toEqual(['api', 'shop']);
    expect(await forge.branches('acme', 'shop', signal)).toEqual(['main']);
  });
});

import { describe, expect, it } from 'vitest';
import type { ForgeRepository } from '../../../../../../../src/features/scm/core/forges';
import type { JsonObject } from '../../../../../../../src/model';
import { type Step, stepOf, TOKEN } from '../../../../../../support/standInForge';
import { StandInGitlab } from '../../../../../../support/standInGitlab';

const { signal } = new AbortController();

const publish = (input: JsonObject = {}, owner = 'acme', repo = 'shop'): Step =>
  stepOf('publish:gitlab', input, { owner, repo });

async function created(gitlab: StandInGitlab, step: Step): Promise<ForgeRepository> {
  return (await gitlab.forge.open('gitlab')).createRepository(step, signal);
}

describe('GitLab project', () => {
  it('is created with the options of the step', async () => {
    const gitlab = await StandInGitlab.start();
    const step = publish({
      topics: ['a'],
      settings: { description: 'Sells', squash_option: 'never' },
    });
    const url = `${gitlab.forge.url}/acme/shop`;
    expect(await created(gitlab, step)).toMatchObject({
      remoteUrl: url,
      repoContentsUrl: `${url}/-/blob/master`,
      pushUrl: `${url}.git`,
      output: { projectId: 10, created: true },
    });
    expect(gitlab.created).toEqual([
      {
        namespace_id: 4,
        name: 'shop',
        path: 'shop',
        visibility: 'private',
        topics: ['a'],
        description: 'Sells',
        squash_option: 'never',
      },
    ]);
    expect(step.log).toEqual(['info: Creating repo shop in namespace acme.']);
  });

  it('gets branches and variables after the push', async () => {
    const gitlab = await StandInGitlab.start();
    const step = publish({
      branches: [{ name: 'next', create: true, ref: 'main', protect: true }, { name: 'x' }],
      projectVariables: [{ key: 'STAGE', value: 'test', masked: true }],
    });
    const { afterPush } = await created(gitlab, step);
    expect(gitlab.forge.changes).toEqual(['POST projects']);
    await afterPush?.(signal);
    const changes = gitlab.forge.requests.filter(({ method }) => method === 'POST').slice(1);
    expect(
      changes.map(({ path, query, body }) => [path.join('/'), Object.fromEntries(query), body]),
    ).toEqual([
      ['projects/10/repository/branches', { branch: 'next', ref: 'main' }, {}],
      ['projects/10/protected_branches', { name: 'next' }, {}],
      [
        'projects/10/variables',
        {},
        {
          key: 'STAGE',
          value: 'test',
          variable_type: 'env_var',
          environment_scope: '*',
          protected: false,
          masked: true,
          masked_and_hidden: false,
          raw: false,
        },
      ],
    ]);
  });

  it("reports failures with Backstage's messages", async () => {
    const gitlab = await StandInGitlab.start();
    await expect(created(gitlab, publish({}, 'nobody'))).rejects.toThrow(
      "The namespace nobody is not found or the user doesn't have permissions to access it",
    );
    await expect(created(gitlab, publish({ signCommit: true }))).rejects.toThrow(
      'Signing commits is enabled but no signing key is provided in the configuration',
    );
    expect(gitlab.created).toEqual([]);
    const { afterPush } = await created(
      gitlab,
      publish({ branches: [{ name: 'b', create: true }] }),
    );
    const data = { message: 'Invalid reference name: master' };
    gitlab.forge.override('POST projects/10/repository/branches', { status: 400, data });
    await expect(afterPush?.(signal)).rejects.toThrow(
      'Branch creation failed for b. {"code":400,"message":"Invalid reference name: master"}',
    );
  });

  it('is not pushed to if it exists or stays empty', async () => {
    const gitlab = await StandInGitlab.start();
    const step = publish({ skipExisting: true });
    const url = `${gitlab.forge.url}/acme/shop`;
    expect(await created(gitlab, step)).toEqual({
      remoteUrl: url,
      repoContentsUrl: `${url}/-/blob/main`,
      pushUrl: `${url}.git`,
      output: { projectId: 9, created: false },
      skipsPush: true,
    });
    expect(step.log).toEqual(['info: Repo shop already exists in namespace acme.']);
    expect(gitlab.created).toEqual([]);
    const input = { skipExisting: true, sourcePath: false };
    const empty = await created(gitlab, publish(input, 'acme', 'other'));
    expect(empty).toMatchObject({ skipsPush: true, output: { created: true } });
  });

  it('warns about options that only Backstage supports', async () => {
    const gitlab = await StandInGitlab.start();
    const step = publish({ setUserAsOwner: true, ownerUsername: 'eve' });
    await created(gitlab, step);
    expect(step.log.slice(1)).toEqual([
      'warn: Skipping setUserAsOwner: only Backstage can set owners, with its own token',
      'warn: Skipping ownerUsername: only Backstage can set owners, with its own token',
    ]);
  });

  it("is pushed to on the API's host, whatever the answer", async () => {
    const gitlab = await StandInGitlab.start();
    const answer = (path: unknown) => ({
      data: { id: 1, path_with_namespace: path, http_url_to_repo: 'https://evil.example/x.git' },
    });
    gitlab.forge.override('POST projects', answer('acme/shop'));
    expect((await created(gitlab, publish())).pushUrl).toBe(`${gitlab.forge.url}/acme/shop.git`);
    for (const path of ['../x', 'a b', '', 'a?b', undefined]) {
      gitlab.forge.override('POST projects', answer(path));
      await expect(created(gitlab, publish())).rejects.toThrow(
        "doesn't contain the path of the project",
      );
    }
    const { authorization } = await gitlab.forge.open('gitlab');
    expect(authorization).toBe(`Basic ${btoa(`oauth2:${TOKEN}`)}`);
  });
});

describe('GitLab lists', () => {
  it('have owners, repositories and branches by name', async () => {
    const gitlab = await StandInGitlab.start();
    const forge = await gitlab.forge.open('gitlab');
    expect(await forge.owners(signal)).toEqual(['acme', 'acme/crew', 'ada']);
    expect(await forge.repositories('acme', signal)).toEqual(['shop']);
    expect(await forge.repositories('ada', signal)).toEqual(['shop']);
    expect(await forge.branches('acme', 'shop', signal)).toEqual(['main']);
  });
});

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../../../src/model';
import type { CommittedFile } from '../../../../../../../src/platform/core/ports';
import { fileOf, type Step, stepOf } from '../../../../../../support/standInForge';
import { StandInGithub } from '../../../../../../support/standInGithub';

const { signal } = new AbortController();

const before = { 'README.md': '# Shop\n', 'src/old.ts': 'old', 'src/kept.ts': 'kept' };

const pullRequest = (
  input: JsonObject,
  files: readonly CommittedFile[] = [],
  author?: Step['author'],
): Step =>
  stepOf(
    'publish:github:pull-request',
    { branchName: 'add/it', title: 'Add it', description: 'Why', ...input },
    { files, ...(author ? { author } : {}) },
  );

async function opened(github: StandInGithub, step: Step): Promise<unknown> {
  return (await github.forge.open('github')).openPullRequest(step, signal);
}

describe('pull request', () => {
  it('commits files to its branch byte by byte, with executable flags', async () => {
    const github = await StandInGithub.start(before);
    const bytes = new Uint8Array([0, 159, 146, 150]);
    const step = pullRequest({}, [
      fileOf('README.md', '\ufeff# Shop ü\n'),
      fileOf('bin/run', '#!/bin/sh\n', true),
      fileOf('logo.png', bytes),
    ]);
    expect(await opened(github, step)).toEqual({
      remoteUrl: `${github.forge.url}/acme/shop/pull/1`,
      pullRequestNumber: 1,
      targetBranchName: 'main',
    });
    expect(github.filesOn('add/it')).toEqual({
      ...before,
      'README.md': Buffer.from('\ufeff# Shop ü\n').toString('latin1'),
      'bin/run': '*#!/bin/sh\n',
      'logo.png': Buffer.from(bytes).toString('latin1'),
    });
    expect(github.filesOn('main')).toEqual(before);
    expect(github.pulls).toMatchObject([
      { head: 'acme:add/it', base: 'main', title: 'Add it', body: 'Why', draft: false },
    ]);
    expect(github.commitOn('add/it')).toMatchObject({ message: 'Add it', author: undefined });
  });

  it('has the options of its step', async () => {
    const github = await StandInGithub.start(before);
    await opened(github, pullRequest({ branchName: 'release' }));
    const author = { name: 'Ada', email: 'ada@acme.example' };
    const input = { targetBranchName: 'release', draft: true, commitMessage: 'Do it' };
    const outcome = await opened(github, pullRequest(input, [fileOf('a', 'a')], author));
    expect(outcome).toMatchObject({ pullRequestNumber: 2, targetBranchName: 'release' });
    expect(github.pulls[1]).toMatchObject({ base: 'release', draft: true });
    expect(github.commitOn('add/it')).toMatchObject({ message: 'Do it', author });
  });

  it('deletes existing files', async () => {
    const github = await StandInGithub.start(before);
    const input = { filesToDelete: ['old.ts', 'nothing.ts'], targetPath: 'src' };
    await opened(github, pullRequest(input, [fileOf('src/new.ts', 'new')]));
    expect(Object.keys(github.filesOn('add/it')).sort()).toEqual([
      'README.md',
      'src/kept.ts',
      'src/new.ts',
    ]);
  });

  it('requests reviewers', async () => {
    const github = await StandInGithub.start(before);
    const step = pullRequest({ reviewers: ['ada'], teamReviewers: ['crew', 'crew'] });
    await opened(github, step);
    expect(step.log).toEqual([
      'info: Added users [ada] and teams [crew] as reviewers to Pull request 1',
    ]);
  });

  it('is created even if reviewers are rejected', async () => {
    const github = await StandInGithub.start(before);
    const data = { message: 'Reviews may only be requested from collaborators.' };
    github.forge.override('POST repos/acme/shop/pulls/1/requested_reviewers', {
      status: 422,
      data,
    });
    github.forge.override('POST repos/acme/shop/issues/1/assignees', { status: 422, data });
    const step = pullRequest({ reviewers: ['x'], assignees: Array.from('abcdefghijk') });
    expect(await opened(github, step)).toMatchObject({ pullRequestNumber: 1 });
    expect(step.log).toEqual([
      `error: Failure when adding reviewers to Pull request 1 ${data.message}`,
      'warn: Assignees list is too long, only the first 10 will be used.',
      `error: Failure when adding assignees to Pull request 1 ${data.message}`,
    ]);
  });

  it('is not created without changes if the step requests it', async () => {
    const github = await StandInGithub.start(before);
    const same = [fileOf('README.md', '# Shop\n')];
    const step = pullRequest({ createWhenEmpty: false }, same);
    expect(await opened(github, step)).toBeUndefined();
    expect(step.log).toEqual(['info: No changes to commit, pull request was not created']);
    expect(github.branches).toEqual(['main']);
    expect(await opened(github, pullRequest({}, same))).toMatchObject({ pullRequestNumber: 1 });
  });

  it('overwrites a branch and updates a pull request only with `update`', async () => {
    const github = await StandInGithub.start(before);
    await opened(github, pullRequest({}, [fileOf('a', '1')]));
    const second = pullRequest({ title: 'Another' }, [fileOf('a', '2')]);
    await expect(opened(github, second)).rejects.toThrow(
      `Pull request creation failed; caused by Pull request already exists: ${github.forge.url}/acme/shop/pull/1. Set update=true to enable updating`,
    );
    expect(github.filesOn('add/it')).toMatchObject({ a: '1' });
    const update = pullRequest({ title: 'Another', update: true }, [fileOf('a', '2')]);
    expect(await opened(github, update)).toMatchObject({ pullRequestNumber: 1 });
    expect(github.filesOn('add/it')).toMatchObject({ a: '2' });
    expect(github.pulls).toMatchObject([{ title: 'Another' }]);
  });

  it.each<[string, JsonObject, (github: StandInGithub) => void, string]>([
    [
      'the default branch',
      { branchName: 'main', targetBranchName: 'release' },
      github => github.pulls.push({ number: 1, head: 'acme:main', base: 'release' }),
      "main is the default branch and can't be overwritten. Use another name",
    ],
    [
      'one without a pull request',
      { branchName: 'release' },
      () => {},
      'The branch release already exists without an open pull request. Use another name',
    ],
    [
      'a branch with a closed pull request',
      { branchName: 'release' },
      github => github.pulls.push({ number: 1, head: 'acme:release', state: 'closed' }),
      'The branch release already exists without an open pull request. Use another name',
    ],
    [
      'one that has a pull request in a fork of the same owner',
      { branchName: 'release' },
      github => github.pulls.push({ number: 1, head: 'acme:release', from: 'acme/shop-fork' }),
      'The branch release already exists without an open pull request. Use another name',
    ],
  ])('overwrites no branch without its own pull request: %s', async (_, input, plant, message) => {
    const github = await StandInGithub.start(before);
    await opened(github, pullRequest({ branchName: 'release' }, [fileOf('theirs', '1')]));
    github.pulls.length = 0;
    plant(github);
    for (const update of [true, false]) {
      const step = pullRequest({ ...input, update }, [fileOf('a', 'a')]);
      await expect(opened(github, step)).rejects.toThrow(
        `Pull request creation failed; caused by ${message}`,
      );
    }
    expect(github.filesOn('main')).toEqual(before);
    expect(github.filesOn('release')).toEqual({ ...before, theirs: '1' });
  });

  it('is rejected before any request if it is invalid', async () => {
    const github = await StandInGithub.start(before);
    const refusals: readonly (readonly [JsonObject, string])[] = [
      [{ forceFork: true }, 'Pull requests from forks are not supported'],
      [{ targetPath: '/etc' }, "Invalid targetPath '/etc': must be a relative path"],
      [{ filesToDelete: ['../x'] }, "Invalid filesToDelete entry '../x'"],
    ];
    for (const [input, message] of refusals) {
      await expect(opened(github, pullRequest(input))).rejects.toThrow(message);
    }
    const withoutOwner = stepOf('publish:github:pull-request', {}, { owner: '' });
    await expect(opened(github, withoutOwner)).rejects.toThrow(
      'No owner provided for host: forge, and repo shop',
    );
    expect(github.forge.requests).toEqual([]);
  });

  it('leaves the branch unchanged after a failure', async () => {
    const github = await StandInGithub.start(before);
    github.forge.override('POST repos/acme/shop/git/commits', { status: 502, text: '<html>' });
    await expect(opened(github, pullRequest({}, [fileOf('a', 'a')]))).rejects.toThrow(
      /^Pull request creation failed; caused by 127\.0\.0\.1:\d+ has a server error \(502\)\. Try again later\.$/,
    );
    expect(github.branches).toEqual(['main']);
  });

  it('creates one tree for many texts', async () => {
    const github = await StandInGithub.start(before);
    const files = Array.from({ length: 100 }, (_, n) => fileOf(`f/${n}`, 'x'.repeat(50_000)));
    await opened(github, pullRequest({}, files));
    const trees = github.forge.changes.filter(change => change.endsWith('/git/trees'));
    expect(trees).toHaveLength(2);
    expect(github.forge.changes).not.toContain('POST repos/acme/shop/git/blobs');
    expect(Object.keys(github.filesOn('add/it'))).toHaveLength(103);
  });
});

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../../../src/model';
import type { CommittedFile, GitAuthor } from '../../../../../../../src/platform/core/ports';
import { fileOf, type Step, stepOf } from '../../../../../../support/standInForge';
import { StandInGitlab } from '../../../../../../support/standInGitlab';

const { signal } = new AbortController();

const before = { 'README.md': '# Shop\n', 'bin/run': 'run', 'src/kept.ts': 'kept' };

const mergeRequest = (
  input: JsonObject,
  files: readonly CommittedFile[] = [],
  author?: GitAuthor,
): Step =>
  stepOf(
    'publish:gitlab:merge-request',
    { branchName: 'add/it', title: 'Add it', description: 'Why', ...input },
    { files, ...(author ? { author } : {}) },
  );

async function opened(gitlab: StandInGitlab, step: Step): Promise<unknown> {
  return (await gitlab.forge.open('gitlab')).openPullRequest(step, signal);
}

describe('merge request', () => {
  it('commits files to its branch byte by byte, with executable flags', async () => {
    const gitlab = await StandInGitlab.start(before);
    const bytes = new Uint8Array([0, 159, 146, 150]);
    const step = mergeRequest({}, [
      fileOf('README.md', '# Shop ü\n'),
      fileOf('bin/run', 'run', true),
      fileOf('bin/new', 'new', true),
      fileOf('src/kept.ts', 'kept'),
      fileOf('logo.png', bytes),
    ]);
    const url = `${gitlab.forge.url}/acme/shop/-/merge_requests/1`;
    expect(await opened(gitlab, step)).toEqual({
      remoteUrl: url,
      pullRequestNumber: 1,
      targetBranchName: 'main',
      output: { projectid: 'acme/shop', projectPath: 'acme/shop', mergeRequestUrl: url },
    });
    expect(gitlab.filesOn('add/it')).toEqual({
      'README.md': Buffer.from('# Shop ü\n').toString('latin1'),
      'bin/run': '*run',
      'bin/new': '*new',
      'src/kept.ts': 'kept',
      'logo.png': Buffer.from(bytes).toString('latin1'),
    });
    expect(gitlab.filesOn('main')).toEqual(before);
    expect(gitlab.commits).toMatchObject([{ commit_message: 'Add it', start_branch: 'main' }]);
    expect(JSON.stringify(gitlab.commits)).not.toContain('src/kept.ts');
  });

  it('has the options of its step', async () => {
    const gitlab = await StandInGitlab.start(before);
    const author = { name: 'Ada', email: 'ada@acme.example' };
    const input = {
      assignee: 'ada',
      reviewers: ['ada', 'eve'],
      labels: ['a', 'b'],
      removeSourceBranch: true,
      autoMerge: true,
      assignReviewersFromApprovalRules: true,
    };
    gitlab.forge.override('GET projects/acme/shop/merge_requests/1/approval_rules', {
      data: [{ eligible_approvers: [{ id: 8 }, { id: 7 }] }, {}],
    });
    const step = mergeRequest(input, [fileOf('a', 'a')], author);
    await opened(gitlab, step);
    expect(gitlab.mergeRequests).toMatchObject([
      {
        source_branch: 'add/it',
        target_branch: 'main',
        title: 'Add it',
        description: 'Why',
        assignee_id: 7,
        reviewer_ids: [7],
        labels: 'a,b',
        remove_source_branch: true,
      },
    ]);
    expect(gitlab.commits).toMatchObject([
      { author_name: 'Ada', author_email: 'ada@acme.example' },
    ]);
    const puts = gitlab.forge.requests.filter(({ method }) => method === 'PUT');
    expect(puts.map(({ path, body }) => [path.at(-1), body])).toEqual([
      ['1', { reviewer_ids: [8, 7] }],
      ['merge', { merge_when_pipeline_succeeds: true }],
    ]);
    expect(step.log).toEqual([
      'warn: Failed to find gitlab user id for eve: there is no such user. Proceeding with MR creation without reviewer.',
    ]);
  });

  it('deletes files or skips the commit as requested', async () => {
    const gitlab = await StandInGitlab.start(before);
    const missing = mergeRequest({ commitAction: 'delete' }, [fileOf('src/kept.ts', '')]);
    await opened(gitlab, missing);
    expect(Object.keys(gitlab.filesOn('add/it'))).toEqual(['README.md', 'bin/run']);
    const skip = { commitAction: 'skip', branchName: 'none' };
    await opened(gitlab, mergeRequest(skip, [fileOf('a', 'a')]));
    expect(gitlab.filesOn('none')).toEqual(before);
    const second = mergeRequest({ ...skip, branchName: 'add/it' });
    await opened(gitlab, second);
    expect(second.log).toEqual(['info: Using existing branch add/it without modification.']);
  });

  it('does not overwrite a branch', async () => {
    const gitlab = await StandInGitlab.start(before);
    await opened(gitlab, mergeRequest({}, [fileOf('a', '1')]));
    const url = `${gitlab.forge.url}/acme/shop/-`;
    await expect(opened(gitlab, mergeRequest({}, [fileOf('a', '2')]))).rejects.toThrow(
      `The branch creation failed because the branch already exists at: ${url}/tree/add/it. Additionally, there is a Merge Request for this branch: ${url}/merge_requests/1`,
    );
    expect(gitlab.filesOn('add/it')).toMatchObject({ a: '1' });
  });

  it('deletes its branch if the commit is rejected', async () => {
    const gitlab = await StandInGitlab.start(before);
    const step = mergeRequest({ commitAction: 'create' }, [fileOf('README.md', 'x')]);
    await expect(opened(gitlab, step)).rejects.toThrow(
      'Committing the changes to add/it failed. Please check that none of the files created by the template already exists. A file with this name already exists',
    );
    expect(gitlab.branches).toEqual(['main']);
  });

  it('can be for a project without a group', async () => {
    const gitlab = await StandInGitlab.start(before);
    const input = { branchName: 'b', title: 'B' };
    const parts = { owner: '', repo: '', project: 'acme/shop' };
    const step = stepOf('publish:gitlab:merge-request', input, parts);
    expect(await opened(gitlab, step)).toMatchObject({ pullRequestNumber: 1 });
    const nothing = stepOf('publish:gitlab:merge-request', input, { owner: '', repo: '' });
    await expect(opened(gitlab, nothing)).rejects.toThrow('No owner provided');
  });
});

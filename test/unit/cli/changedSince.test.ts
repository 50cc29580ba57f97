import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { aComponent, aDescriptor, documents } from '../../support/descriptors';
import { TestRepository } from '../../support/gitRepository';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { callboard } from './capture';

let folder: string;
let repository: TestRepository;

useTemporaryFolder(path => (folder = path));
beforeEach(() => {
  repository = new TestRepository(join(folder, 'repository'));
  repository.commit({
    'org.yaml': aDescriptor('group:team'),
    'used.yaml': aComponent('used'),
    'user.yaml': aComponent('user', { dependsOn: ['component:used'] }),
    'old.yaml': aComponent('old', { owner: 'nobody' }),
  });
  repository.git('checkout', '--quiet', '-b', 'feature');
});

async function problems(line = 'main', cwd = repository.folder): Promise<readonly string[]> {
  const args = ['validate', '--format', 'json', '--changed-since', ...line.split(' ')];
  const { stdout, stderr } = await callboard(args, { cwd });
  expect(stderr).toBe('');
  const printed = JSON.parse(stdout) as { problems: { file: string; code: string }[] };
  return printed.problems.map(({ file, code }) => `${file} ${code}`);
}

describe('callboard validate --changed-since', () => {
  it('reports no earlier problems', async () => {
    expect(await problems()).toEqual([]);
    const { code, stdout } = await callboard(['validate', '--changed-since', 'main'], {
      cwd: repository.folder,
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'No descriptors changed since main.\n' });
  });

  it('reports all problems of changed files: committed, saved, and unknown to git', async () => {
    const dangling = { system: 'nothing' };
    repository.commit({ 'committed.yaml': aComponent('committed', dangling) });
    repository.write({
      'untracked.yaml': aComponent('untracked', dangling),
      'old.yaml': aComponent('old', { owner: 'nobody', type: 'website' }),
    });
    repository.git('mv', 'used.yaml', 'moved.yaml');
    repository.write({ 'moved.yaml': aComponent('used', dangling) });
    expect(await problems()).toEqual([
      'committed.yaml dangling-reference',
      'moved.yaml dangling-reference',
      'old.yaml dangling-reference',
      'untracked.yaml dangling-reference',
    ]);
  });

  it('reports a missing owner at the changed places and counts them', async () => {
    const messages = async (): Promise<unknown> => {
      const args = ['validate', '--format', 'json', '--changed-since', 'main'];
      const { stdout } = await callboard(args, { cwd: repository.folder });
      const printed = JSON.parse(stdout) as { problems: { file: string; message: string }[] };
      return printed.problems.map(({ file, message }) => `${file} ${message}`);
    };
    const missing = 'group:default/nobody, which is not in the catalog';
    repository.write({ 'x.yaml': aComponent('x', { owner: 'nobody' }) });
    expect(await messages()).toEqual([`x.yaml spec.owner refers to ${missing}`]);
    repository.write({ 'y.yaml': aComponent('y', { owner: 'nobody' }) });
    expect(await messages()).toEqual([`x.yaml 2 places refer to ${missing}`]);
  });

  it('reports only new problems of unchanged files', async () => {
    repository.write({
      'user.yaml': documents(
        aComponent('user', { owner: 'nobody', dependsOn: ['component:used'] }),
      ),
    });
    repository.commit();
    repository.git('branch', '--force', 'main');
    repository.remove('used.yaml');
    expect(await problems()).toEqual(['user.yaml dangling-reference']);
    const { code, stdout } = await callboard(
      ['validate', '--changed-since', 'main', '--max-warnings', '0'],
      { cwd: repository.folder },
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^user\.yaml\n.*component:default\/used.*\n +10 \| - component:used\n +\| +\^+\n\n0 errors, 1 warning in 1 file \(1 entity\)\n$/,
    );
  });

  it.skipIf(process.platform === 'win32')(
    'reads both versions of a config that is named through links',
    async () => {
      const config = { catalog: { locations: [{ type: 'file', target: './old.yaml' }] } };
      repository.commit({ 'app-config.yaml': JSON.stringify(config) });
      repository.git('branch', '--force', 'main');
      repository.write({ 'old.yaml': aComponent('old', { owner: 'nobody', type: 'website' }) });
      const link = join(folder, 'link');
      symlinkSync(repository.folder, link);
      expect(await problems(`main --config ${link}/app-config.yaml`)).toEqual([
        'old.yaml dangling-reference',
      ]);
    },
  );

  it('compares with the merge base, not with the tip of the other branch', async () => {
    repository.git('checkout', '--quiet', 'main');
    repository.commit({ 'theirs.yaml': aComponent('theirs'), 'old.yaml': aComponent('old') });
    repository.git('checkout', '--quiet', 'feature');
    expect(await problems()).toEqual([]);
  });

  it('ignores changed line ends', async () => {
    repository.write({
      'old.yaml': aComponent('old', { owner: 'nobody' }).replaceAll('\n', '\r\n'),
    });
    expect(await problems()).toEqual([]);
  });

  it('limits results to the given paths', async () => {
    repository.write({
      'a/a.yaml': aComponent('a', { owner: 'nobody' }),
      'b/b.yaml': aComponent('b', { owner: 'nobody' }),
    });
    expect(await problems('main a')).toContain('a.yaml dangling-reference');
    expect(await problems('main b/b.yaml')).toEqual(['b/b.yaml dangling-reference']);
    expect(await problems('main old.yaml')).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('finds the repository through a link', async () => {
    repository.write({ 'a.yaml': aComponent('a', { owner: 'nobody' }) });
    symlinkSync(repository.folder, join(folder, 'link'));
    expect(await problems('main', join(folder, 'link'))).toEqual(['a.yaml dangling-reference']);
    expect(await problems('main link', folder)).toEqual(['a.yaml dangling-reference']);
  });

  it('supports --location', async () => {
    repository.write({
      'a.yaml': aComponent('a', { owner: 'nobody' }),
      'b.yaml': aComponent('b', { owner: 'nobody' }),
    });
    expect(await problems('main --location a.yaml --location old.yaml')).toEqual([
      'a.yaml dangling-reference',
    ]);
  });

  it.each([
    ['nothing', '.', 'Commit "nothing" not found'],
    ['main', '..', 'not a git repository'],
  ])('reports an error for %s in %s', async (revision, path, message) => {
    const { code, stdout, stderr } = await callboard(
      ['validate', '--changed-since', revision, path],
      { cwd: repository.folder },
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

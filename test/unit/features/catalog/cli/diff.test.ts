import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { pathToFileUri } from '../../../../../src/platform/node';
import { aComponent, aDescriptor, aLocation } from '../../../../support/descriptors';
import { TestRepository } from '../../../../support/gitRepository';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';
import { callboard } from '../../../cli/capture';

let folder: string;
let repository: TestRepository;

const team = { 'org.yaml': aDescriptor('group:team') };

useTemporaryFolder(path => (folder = path));
beforeEach(() => {
  repository = new TestRepository(join(folder, 'repository'));
});

const run = (line: string, cwd = repository.folder): ReturnType<typeof callboard> =>
  callboard(['diff', ...line.split(' ')], { cwd });

interface Printed {
  base: object;
  head: object;
  entities: Record<'added' | 'removed' | 'changed', { ref: string; file: string }[]>;
  relations: Record<'fixed' | 'mended', object[]>;
  problems: Record<'added' | 'fixed', { code: string; file: string }[]>;
}

async function json(line: string, cwd?: string): Promise<Printed> {
  const { code, stdout, stderr } = await run(`${line} --format json`, cwd);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Printed;
}

/** `+ref`, `-ref` and `~ref` of the entities. */
async function entities(line: string, cwd?: string): Promise<readonly string[]> {
  const { added, removed, changed } = (await json(line, cwd)).entities;
  return [
    ...added.map(({ ref }) => `+${ref}`),
    ...removed.map(({ ref }) => `-${ref}`),
    ...changed.map(({ ref }) => `~${ref}`),
  ];
}

describe('`callboard diff`', () => {
  it.each(['mkdocs.yml', 'docs/index.md'])(
    'checks for documentation in commits: %s',
    async path => {
      const annotations = { 'backstage.io/techdocs-ref': 'dir:.' };
      repository.commit({ ...team, 'a.yaml': aDescriptor('component:a', {}, { annotations }) });
      repository.git('checkout', '--quiet', '-b', 'feature');
      repository.commit({ [path]: 'site_name: A\n' });
      const { problems } = await json('main feature');
      expect(problems.fixed.map(({ code, file }) => [code, file])).toEqual([
        ['techdocs-ref-missing', 'a.yaml'],
      ]);
    },
  );

  it('compares a branch with its merge base', async () => {
    const start = repository.commit({ ...team, 'a.yaml': aComponent('a') });
    repository.git('checkout', '--quiet', '-b', 'feature');
    const tip = repository.commit({ 'b.yaml': aComponent('b') });
    repository.git('checkout', '--quiet', 'main');
    const main = repository.commit({ 'c.yaml': aComponent('c') });

    const printed = await json('main feature');
    expect(printed.base).toEqual({ revision: 'main', commit: start, isStartOfChanges: true });
    expect(printed.head).toEqual({ revision: 'feature', commit: tip });
    expect(await entities('main feature')).toEqual(['+component:default/b']);
    expect(await entities('main feature --no-merge-base')).toEqual([
      '+component:default/b',
      '-component:default/c',
    ]);
    expect((await json('main feature --no-merge-base')).base).toEqual({
      revision: 'main',
      commit: main,
      isStartOfChanges: false,
    });
  });

  it('includes changed, new and deleted files of the working tree, not ignored ones', async () => {
    repository.commit({
      ...team,
      'a.yaml': aComponent('a'),
      'b.yaml': aComponent('b'),
      '.gitignore': 'ignored/\n',
    });
    repository.write({
      'a.yaml': aComponent('a', { lifecycle: 'deprecated' }),
      'new/c.yaml': aComponent('c'),
      'ignored/d.yaml': aComponent('d'),
    });
    repository.remove('b.yaml');
    expect(await entities('HEAD')).toEqual([
      '+component:default/c',
      '-component:default/b',
      '~component:default/a',
    ]);
  });

  it('ignores remotes, branches and line endings changed by git', async () => {
    repository.commit({ ...team, 'a.yaml': aComponent('a') });
    repository.git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');
    repository.git('checkout', '--quiet', '-b', 'feature');
    repository.write({ 'a.yaml': aComponent('a').replaceAll('\n', '\r\n') });
    expect(await run('main')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^Catalog: the working tree compared with main .*\nNo changes\.\n$/,
      ),
    });
    expect((await run('main --format markdown')).stdout).toMatch(
      /^<!-- callboard-diff -->\n### Catalog: no changes\n/,
    );
  });

  it('prints entities, fields, relations and problems as text', async () => {
    repository.commit({
      ...team,
      'a.yaml': aComponent('a', { dependsOn: ['component:b', 'component:c'] }),
      'b.yaml': aComponent('b'),
      'c.yaml': aComponent('c'),
    });
    repository.write({
      'a.yaml': aComponent('a', { dependsOn: ['component:b', 'component:d'], type: 'website' }),
      'c.yaml': aComponent('c', { lifecycle: undefined }),
    });
    repository.git('mv', 'b.yaml', 'b2.yaml');
    const { stdout } = await run('HEAD');
    expect(stdout.split('\n').slice(1)).toEqual([
      '',
      'Entities: 1 removed, 2 changed',
      '  - component:default/c  its descriptor in c.yaml has errors',
      '  ~ component:default/a  a.yaml:4',
      '      spec.type  -service +website',
      '      spec.dependsOn  -component:c +component:d',
      '  ~ component:default/b  b2.yaml:4, was in b.yaml',
      '',
      'Relations: 1 added, 2 removed',
      '  + component:default/a dependsOn component:default/d  component:default/d is not in the catalog',
      '  - component:default/a dependsOn component:default/c',
      '  - component:default/c ownedBy group:default/team',
      '',
      'Problems: 1 error, 1 warning new',
      expect.stringMatching(
        /^ {2}\+ a\.yaml:11 {2}warning {2}spec\.dependsOn\[1\] refers to .* {2}dangling-reference$/,
      ),
      expect.stringMatching(/^ {2}\+ c\.yaml:5 {2}error {2}.*lifecycle.* {2}invalid-spec$/),
      '',
    ]);
  });

  it('calls relations fixed whose target exists again, in counts and rows', async () => {
    const dependent = aDescriptor('component:a', { owner: 'team', dependsOn: ['component:b'] });
    repository.commit({ ...team, 'a.yaml': dependent });
    repository.commit({ 'b.yaml': aComponent('b', { owner: 'team' }) });
    const { stdout } = await run('HEAD~1');
    expect(stdout).toMatch(/^Relations: .*\b1 fixed$/m);
    expect(stdout).toMatch(/~ component:default\/a dependsOn component:default\/b +fixed/);
    const { stdout: markdown } = await run('HEAD~1 --format markdown');
    expect(markdown).toContain('fixed:');
    expect(stdout + markdown).not.toContain('mended');
    const { relations } = await json('HEAD~1');
    expect(relations.fixed).toMatchObject([{ type: 'dependsOn', target: 'component:default/b' }]);
    expect(relations.mended).toEqual(relations.fixed);
  });

  it('fails on new problems only with --fail-on', async () => {
    repository.commit({ ...team, 'a.yaml': aComponent('a', { owner: 'nobody' }) });
    expect((await run('HEAD --fail-on new-problems')).code).toBe(0);
    repository.write({ 'b.yaml': aComponent('b', { owner: 'nobody' }) });
    expect((await run('HEAD --fail-on new-errors')).code).toBe(0);
    expect((await run('HEAD --fail-on new-problems')).code).toBe(1);
    repository.write({ 'c.yaml': aComponent('c', { lifecycle: undefined }) });
    expect((await run('HEAD --fail-on new-errors')).code).toBe(1);
    expect((await run('HEAD')).code).toBe(0);
  });

  it('compares a folder whose name is also a branch', async () => {
    repository.commit({ 'services/a.yaml': aComponent('a'), 'other/b.yaml': aComponent('b') });
    repository.git('branch', 'services');
    repository.write({ 'services/c.yaml': aComponent('c'), 'other/d.yaml': aComponent('d') });
    expect(await entities('HEAD ./services')).toEqual(['+component:default/c']);
    expect(await entities('HEAD services')).toEqual([]);
    expect(await entities('HEAD other')).toEqual(['+component:default/d']);
    expect(await entities('HEAD', join(repository.folder, 'other'))).toEqual([
      '+component:default/d',
    ]);
    expect((await json('HEAD ./other')).entities.added[0]?.file).toBe('other/d.yaml');
    expect(await entities('main ./repository/other', folder)).toEqual(['+component:default/d']);
  });

  it('compares a folder within the rest of the catalog', async () => {
    const a = aComponent('a', { owner: 'team', dependsOn: ['component:b'] });
    repository.commit({
      'org.yaml': aDescriptor('group:team'),
      'services/a.yaml': a,
      'other/b.yaml': aComponent('b', { owner: 'team' }),
    });
    repository.write({
      'services/a.yaml': a.replace('type: service', 'type: website'),
      'other/b.yaml': aComponent('b', { owner: 'team', type: 'website' }),
    });
    expect(await entities('HEAD ./services')).toEqual(['~component:default/a']);
    expect((await json('HEAD ./services')).problems.added).toEqual([]);
    repository.remove('other/b.yaml');
    expect((await json('HEAD ./services')).problems.added).toHaveLength(1);
  });

  it('compares a new folder and rejects a missing one', async () => {
    repository.commit({ 'old/a.yaml': aComponent('a') });
    repository.git('tag', 'before');
    repository.remove('old');
    repository.commit({ 'new/b.yaml': aComponent('b') });
    expect(await entities('before HEAD new')).toEqual(['+component:default/b']);
    expect(await run('before HEAD old')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("old doesn't exist in HEAD"),
    });
  });

  it('applies the settings of the newer side to both', async () => {
    repository.commit({ 'a.yaml': aComponent('a'), 'old/b.yaml': aComponent('b') });
    repository.write({
      '.vscode/settings.json': '{ "callboard.catalog.exclude": ["old"] }',
      'old/c.yaml': aComponent('c'),
    });
    expect(await entities('HEAD')).toEqual([]);
  });

  it('resolves Locations and placeholders within the commit', async () => {
    const api = aDescriptor('api:x', { definition: { $text: './x.txt' } });
    repository.commit({
      ...team,
      'all.yaml': aLocation('all', './sub/*.yml'),
      'sub/x.yml': api,
      'sub/x.txt': 'old',
    });
    repository.write({ 'sub/x.txt': 'new' });
    const { entities: found } = await json('HEAD');
    expect(found.changed).toMatchObject([
      {
        ref: 'api:default/x',
        fields: [{ path: ['spec', 'definition'], before: 'old', after: 'new' }],
      },
    ]);
  });

  it('works on a detached HEAD, a linked worktree and a symbolic link', async () => {
    repository.commit({ ...team, 'a.yaml': aComponent('a') });
    repository.git('worktree', 'add', '--quiet', '--detach', join(folder, 'linked'));
    const linked = join(folder, 'linked');
    writeFileSync(join(linked, 'b.yaml'), aComponent('b'));
    expect(await entities('main', linked)).toEqual(['+component:default/b']);
    if (process.platform === 'win32') return;
    symlinkSync(linked, join(folder, 'link'));
    expect(await entities('main', join(folder, 'link'))).toEqual(['+component:default/b']);
  });

  it('compares two commits of a bare repository', async () => {
    repository.commit({ ...team, 'sub/a.yaml': aComponent('a') });
    repository.commit({ 'sub/b.yaml': aComponent('b'), 'c.yaml': aComponent('c') });
    const bare = join(folder, 'bare.git');
    repository.git('clone', '--quiet', '--bare', repository.folder, bare);
    expect(await entities('HEAD~1 HEAD', bare)).toEqual([
      '+component:default/b',
      '+component:default/c',
    ]);
    expect(await entities('HEAD~1 HEAD sub', bare)).toEqual(['+component:default/b']);
    expect(await run('HEAD~1', bare)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no working tree'),
    });
  });

  it('reports missing commits in shallow, partial and missing clones', async () => {
    repository.commit({ ...team, 'a.yaml': aComponent('a') });
    repository.git('branch', 'feature');
    repository.commit({ 'a.yaml': aComponent('a', { type: 'x' }) });
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const origin = pathToFileUri(repository.folder);
    const clone = (name: string, ...options: string[]): string => {
      repository.git('clone', '--quiet', ...options, origin, join(folder, name));
      return join(folder, name);
    };
    const shallow = clone('shallow', '--depth=1', '--no-single-branch');
    const partial = clone('partial', '--filter=blob:none');
    mkdirSync(join(folder, 'none'));
    for (const [line, cwd, message] of [
      ['origin/main origin/feature', shallow, 'shallow: fetch more'],
      ['HEAD~1', shallow, 'Commit "HEAD~1" not found'],
      ['HEAD~1', partial, '--no-filter'],
      ['HEAD', join(folder, 'none'), 'not a git repository'],
      ['HEAD nothing', repository.folder, 'No commit or folder named "nothing"'],
      ['HEAD HEAD ..', repository.folder, 'not a git repository'],
      ['--format json', repository.folder, 'diff BASE'],
    ] as const) {
      const { code, stdout, stderr } = await run(line, cwd);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(message);
    }
  });

  it("compares Backstage mode with each side's own config", async () => {
    const config = (...targets: string[]): string =>
      JSON.stringify({
        catalog: { locations: targets.map(target => ({ type: 'file', target })) },
      });
    repository.commit({
      ...team,
      'app-config.yaml': config('./org.yaml', './a.yaml'),
      'a.yaml': aComponent('a'),
      'b.yaml': aComponent('b'),
    });
    repository.write({
      'app-config.yaml': config('./org.yaml', './b.yaml'),
      'c.yaml': aComponent('c'),
    });
    const withoutLocations = (await entities('HEAD --config app-config.yaml')).filter(
      entity => !entity.includes('location:'),
    );
    expect(withoutLocations).toEqual(['+component:default/b', '-component:default/a']);
    expect(await run('HEAD --config none.yaml')).toMatchObject({ code: 2, stdout: '' });
  });

  it.skipIf(process.platform === 'win32')(
    'reads configs and locations of a commit through symbolic links',
    async () => {
      const config = (target: string): string =>
        JSON.stringify({ catalog: { locations: [{ type: 'file', target }] } });
      repository.commit({ 'app-config.yaml': config('./a.yaml'), 'a.yaml': aComponent('a') });
      repository.commit({ 'app-config.yaml': config('./b.yaml'), 'b.yaml': aComponent('b') });
      const link = join(folder, 'link');
      symlinkSync(repository.folder, link);
      expect(await entities(`HEAD~1 HEAD --config ${link}/app-config.yaml`)).toEqual(
        expect.arrayContaining(['+component:default/b', '-component:default/a']),
      );
      expect(await entities(`HEAD~1 HEAD --location ${link}/[ab].yaml`)).toContain(
        '+component:default/b',
      );
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'ignores files with invalid UTF-8 names on both sides',
    async () => {
      repository.commit({ 'first.yaml': aComponent('first') });
      const name = Buffer.concat([Buffer.from(`${repository.folder}/x`), Buffer.from([0xff])]);
      writeFileSync(Buffer.concat([name, Buffer.from('.yaml')]), aComponent('odd'));
      repository.commit({ 'a.yaml': aComponent('a') });
      expect(await entities('HEAD')).toEqual([]);
      expect(await entities('HEAD~1 HEAD')).toEqual(['+component:default/a']);
    },
  );

  it('rejects branches without a common ancestor', async () => {
    repository.commit({ ...team, 'a.yaml': aComponent('a') });
    repository.git('checkout', '--quiet', '--orphan', 'other');
    repository.commit({ 'b.yaml': aComponent('b') });
    expect(await run('main other')).toMatchObject({ code: 2, stdout: '' });
    expect(await entities('main other --no-merge-base')).toEqual(['+component:default/b']);
  });
});

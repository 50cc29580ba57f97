import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { aComponent, aDescriptor } from '../../../support/descriptors';
import { writeFiles } from '../../../support/folders';
import { TestRepository } from '../../../support/gitRepository';
import { serve } from '../../../support/loopbackServer';
import { servedComponent, StandInBackstage } from '../../../support/standInBackstage';
import { WildcardPlace } from '../../../support/wildcardPlace';
import { callboard } from '../capture';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

/** Runs a command in a folder with a cache of its own. */
async function run(...args: readonly string[]): ReturnType<typeof callboard> {
  const env = { CALLBOARD_CACHE_DIR: join(folder, 'cache') };
  writeFiles(join(folder, 'work'), { '.keep': '' });
  return callboard(args, { cwd: join(folder, 'work'), env });
}

/** Entities with their files. */
async function entities(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr, code } = await run('entities', '--format', 'json', ...args);
  if (code !== 0) throw new Error(stderr);
  const { entities: found } = JSON.parse(stdout) as {
    entities: {
      entity: { kind: string; metadata: { name: string } };
      location: { file: string };
    }[];
  };
  return found
    .filter(({ entity }) => entity.kind !== 'Location')
    .map(({ entity, location }) => `${entity.kind}:${entity.metadata.name} ${location.file}`);
}

function repository(files: Readonly<Record<string, string>>): string {
  const repo = new TestRepository(join(folder, 'repo'));
  repo.commit(files);
  return `git+file://${repo.folder}`;
}

describe('callboard --source', () => {
  it('adds entities of a repository folder, which local entities override', async () => {
    const url = repository({
      'catalog/b.yaml': `${aComponent('b')}---\n${aComponent('a')}`,
      'other/c.yaml': aComponent('c'),
    });
    writeFiles(join(folder, 'work'), { 'a.yaml': aComponent('a') });
    expect(await entities('--source', `${url}#main:catalog`)).toEqual([
      'Component:a a.yaml',
      `Component:b git+file://${folder}/repo#main:catalog/b.yaml`,
    ]);
  });

  it('includes people and teams only if they are allowed', async () => {
    const url = repository({
      'a.yaml': `${aDescriptor('group:team')}---\n${aDescriptor('user:ann')}`,
    });
    expect(await entities('--source', url)).toEqual([]);
    expect(await entities('--source', url, '--source-allow', 'group')).toEqual([
      expect.stringMatching(/^Group:team /),
    ]);
    expect(await entities('--source', url, '--source-allow', '*')).toHaveLength(2);
  });

  it('reports problems of the source only without paths', async () => {
    const url = repository({ 'a.yaml': aComponent('a', { lifecycle: 3 }) });
    const all = await run('validate', '--format', 'unix', '--source', url);
    expect([all.code, all.stdout]).toEqual([1, expect.stringMatching(/repo#main:a\.yaml:\d+:/)]);
    const own = await run('validate', '.', '--format', 'unix', '--source', url);
    expect([own.code, own.stdout]).toEqual([0, expect.not.stringContaining('a.yaml')]);
  });

  it('does not count entities of the source as changed since a commit', async () => {
    const url = repository({ 'a.yaml': aComponent('a', { lifecycle: 3 }) });
    const work = new TestRepository(join(folder, 'work'));
    work.commit({ 'b.yaml': aComponent('b', { dependsOn: ['component:a'] }) });
    const args = ['--changed-since', 'HEAD', '--format', 'unix', '--source', url];
    expect(await run('validate', ...args)).toMatchObject({
      code: 0,
      stdout: 'No descriptors changed since HEAD.\n',
    });
    writeFiles(join(folder, 'work'), {
      'b.yaml': aComponent('b', { dependsOn: ['component:a', 'component:gone'] }),
    });
    const { stdout } = await run('validate', ...args);
    expect(stdout).toMatch(/component:default\/gone, which is not in the catalog/);
    expect(stdout).not.toContain('#main:a.yaml');
  });

  it('resolves references to entities of the source', async () => {
    const url = repository({ 'team.yaml': aDescriptor('group:team') });
    writeFiles(join(folder, 'work'), { 'a.yaml': aComponent('a') });
    const args = ['--max-warnings', '0', '--source', url, '--source-allow', 'Group'];
    expect((await run('validate', '.', '--max-warnings', '0')).code).toBe(1);
    expect((await run('validate', '.', ...args)).code).toBe(0);
  });

  it('reads sources of the settings only with --sources-of-settings', async () => {
    const url = repository({ 'team.yaml': `${aDescriptor('group:team')}---\n${aComponent('b')}` });
    const source = { type: 'git', url: url.slice('git+'.length), allow: ['Grup', 'Group'] };
    writeFiles(join(folder, 'work'), {
      '.vscode/settings.json': JSON.stringify({ 'callboard.catalog.sources': [source, {}] }),
    });
    expect(await entities()).toEqual([]);
    const { stdout, stderr } = await run('entities', '--sources-of-settings');
    expect(stdout).toMatch(/team[^]*2 entities/);
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'warning: settings: Source 1 of callboard.catalog.sources allows the unknown kind Grup. Did you mean Group?',
      'warning: settings: Source 2 of callboard.catalog.sources must have a "type"',
    ]);
    // The command line overrides settings of the same source.
    const both = await run('entities', '--sources-of-settings', '--source', url);
    expect(both.stdout).toContain('1 entity');
  });

  it('fetches files for wildcards by git and caches them', async () => {
    const place = await WildcardPlace.open({
      'services/a/catalog-info.yaml': aComponent('a'),
      'services/b/catalog-info.yaml': aComponent('b'),
    });
    writeFiles(join(folder, 'work'), {
      '.vscode/settings.json': JSON.stringify({
        'callboard.templates.integrations': Object.fromEntries(place.types),
        'callboard.catalog.sources': [{ type: 'url', url: place.url('*/*/catalog-info.yaml') }],
      }),
    });
    expect(await entities('--sources-of-settings')).toEqual([
      expect.stringMatching(/^Component:a http.*services\/a\/catalog-info\.yaml$/),
      expect.stringMatching(/^Component:b /),
    ]);
    expect(new Set(place.takeRequests())).toEqual(new Set(['git']));
    const kept = readdirSync(join(folder, 'cache', 'git'));
    expect(kept).toEqual([expect.stringMatching(/^wildcards-\w+$/)]);
    expect(await entities('--sources-of-settings', '--offline')).toHaveLength(2);
    expect(place.takeRequests()).toEqual([]);
  });

  it('sends no token of the environment to sources of the settings', async () => {
    const requests: (string | undefined)[] = [];
    const port = await serve(({ headers }, response) => {
      requests.push(headers.authorization);
      response.writeHead(404).end();
    });
    const url = `http://127.0.0.1:${port}`;
    const env = { CALLBOARD_CACHE_DIR: join(folder, 'cache'), BACKSTAGE_TOKEN: 'of-the-company' };
    writeFiles(join(folder, 'work'), {
      '.vscode/settings.json': JSON.stringify({
        'callboard.catalog.sources': [{ type: 'backstage', url }],
      }),
    });
    const cwd = join(folder, 'work');
    await callboard(['entities', '--sources-of-settings'], { cwd, env });
    expect([requests.length > 0, new Set(requests)]).toEqual([true, new Set([undefined])]);
    await callboard(['entities', '--source', `backstage+${url}`], { cwd, env });
    expect(requests.at(-1)).toBe('Bearer of-the-company');
  });

  it.each(['entities', 'search entity', 'graph component:entity'])(
    'reports entities that are not allowed, and how to allow them: %s',
    async command => {
      const url = repository({
        'a.yaml': `${aDescriptor('group:team')}---\n${aDescriptor('user:ann')}---\n${aDescriptor('user:bob')}---\n${aComponent('entity')}`,
      });
      const { stderr } = await run(...command.split(' '), '--source', url);
      expect(stderr).toContain(
        'repo brings 1 of 4 entities; 3 not allowed (User: 2, Group: 1). To allow them, use --source-allow User --source-allow Group',
      );
      const allowed = await run(...command.split(' '), '--source', url, '--source-allow', '*');
      expect(allowed.stderr).not.toContain('not allowed');
    },
  );

  it('rejects unknown kinds', async () => {
    const url = repository({ 'a.yaml': aComponent('a') });
    writeFiles(join(folder, 'work'), {
      '.vscode/settings.json': JSON.stringify({
        'callboard.catalog.customKinds': [{ kind: 'Boat', apiVersions: ['acme.org/v1'] }],
      }),
    });
    const allow = async (kind: string): Promise<readonly unknown[]> => {
      const args = ['entities', '--source', url, '--source-allow', kind];
      const { code, stderr } = await run(...args);
      return [kind, code, ...(stderr.match(/--source-allow names.*/) ?? [])];
    };
    expect(await Promise.all(['Grup', 'Xyzzy', 'boat', 'USER', '*'].map(allow))).toEqual([
      ['Grup', 2, '--source-allow names the unknown kind Grup. Did you mean Group?'],
      ['Xyzzy', 2, '--source-allow names the unknown kind Xyzzy'],
      ...['boat', 'USER', '*'].map(kind => [kind, 0]),
    ]);
  });

  it('adds entities to graphs and search', async () => {
    const url = repository({ 'team.yaml': aDescriptor('group:team') });
    writeFiles(join(folder, 'work'), { 'a.yaml': aComponent('a') });
    const source = ['--source', url, '--source-allow', 'Group', '--format', 'json'];
    const graph = await run('graph', 'component:a', ...source);
    expect(graph.stdout).toContain(`"git+file://${folder}/repo#main:team.yaml"`);
    const found = await run('search', 'team', ...source);
    expect([found.code, found.stderr]).toEqual([0, '']);
  });

  it('queries a partially fetched Backstage for referenced entities', async () => {
    const team = { ...servedComponent('team'), kind: 'Group' };
    const server = await new StandInBackstage([team, servedComponent('other')]).listen();
    onTestFinished(() => server.close());
    writeFiles(join(folder, 'work'), {
      'a.yaml': aComponent('a', { dependsOn: ['component:gone'] }),
    });
    const args = ['--format', 'unix', '--source', `backstage+${server.url}?hold=referenced`];
    const { stdout } = await run('validate', '.', ...args);
    expect(stdout.match(/\S+(?=, which is not in the catalog)/g)).toEqual([
      'component:default/gone',
    ]);
    server.fault = (_, response) => {
      response.writeHead(403).end();
      return true;
    };
    const offline = await run('validate', '.', ...args, '--offline');
    expect([offline.stdout, offline.stderr]).toEqual([stdout, '']);
    writeFiles(join(folder, 'work'), { 'b.yaml': aComponent('b', { owner: 'other' }) });
    const refused = await run('validate', '.', ...args);
    expect(refused.stderr).toMatch(/can't be fetched. Using the copy from a moment ago/);
    expect(refused.stderr).toMatch(/can.t be queried for referenced entities/);
  });

  it('reads an entity at an address, with the annotations that Backstage adds', async () => {
    const port = await serve((_, response) => response.end(aComponent('a')));
    const url = `http://127.0.0.1:${port}/catalog-info.yaml`;
    expect(await entities('--source', url)).toEqual([`Component:a ${url}`]);
    const { stdout } = await run('entities', '--format', 'json', '--source', url);
    expect(stdout).toContain(`"backstage.io/managed-by-location": "url:${url}"`);
  });

  it('uses the cached copy with a warning if the server fails', async () => {
    let isUp = true;
    const port = await serve((_, response) =>
      isUp ? response.end(aComponent('a')) : response.writeHead(404).end(),
    );
    const url = `http://127.0.0.1:${port}/catalog-info.yaml`;
    expect(await entities('--source', url, '--offline').catch(String)).toMatch(
      /.* has no cached copy\. Run the command without --offline first/,
    );
    await entities('--source', url);
    isUp = false;
    const { code, stderr, stdout } = await run('entities', '--source', url);
    expect([code, stdout]).toEqual([0, expect.stringContaining('a')]);
    expect(stderr).toMatch(
      /warning: .* can't be fetched. Using the copy from a moment ago: .*\.yaml\. Check the address\./,
    );
    expect(await entities('--source', url, '--offline')).toEqual([`Component:a ${url}`]);
  });

  it.skipIf(process.platform === 'win32')('stores copies for the user only', async () => {
    await entities('--source', repository({ 'catalog-info.yaml': aComponent('a') }));
    expect((statSync(join(folder, 'cache')).mode & 0o077).toString(8)).toBe('0');
  });

  it("exits with 3 if a source can't be fetched and has no copy", async () => {
    const { code, stderr } = await run(
      'entities',
      '--source',
      'http://127.0.0.1:9/catalog-info.yaml',
    );
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^callboard: .* can.t be fetched/)]);
  });

  it("reports all sources that can't be fetched, and none that it aborted", async () => {
    let isUp = true;
    const port = await serve((_, response) => {
      if (isUp) response.end(aComponent('a'));
      else setTimeout(() => response.writeHead(404).end(), 100);
    });
    const url = `http://127.0.0.1:${port}/a.yaml`;
    await entities('--source', url);
    isUp = false;
    const never = ['http://127.0.0.1:9/x.yaml', `http://127.0.0.1:${port}/y.yaml`];
    const { code, stderr } = await run(
      ...['entities', '--source', url],
      ...never.flatMap(source => ['--source', source]),
    );
    expect(code).toBe(3);
    expect(stderr).toMatch(/a\.yaml can.t be fetched\. Using the copy from .*has nothing at/);
    expect(stderr).toMatch(/^callboard: .*(?:x|y)\.yaml can.t .*; .*(?:x|y)\.yaml can.t /m);
    expect(stderr).not.toMatch(/abort/);
  });

  it('explains how to allow a host or a kind on the command line', async () => {
    const port = await serve((_, response) =>
      response.end(
        `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: l\nspec:\n  target: https://elsewhere.example/x.yaml\n---\n${aDescriptor('group:team')}`,
      ),
    );
    const url = `http://127.0.0.1:${port}/catalog-info.yaml`;
    const { stdout } = await run('validate', '--format', 'unix', '--source', url);
    expect(stdout).toMatch(/add elsewhere\.example .*--allow-host/);
    expect(stdout).toMatch(/kind Group\. .*--source-allow/);
    const secure = await run('entities', '--source', url.replace('http:', 'https:'));
    expect(secure.stderr).toMatch(/[^:.]\. The server does not use https there/);
  });

  it.each(['git+http://git.invalid/a/b', 'git+git://git.invalid/a/b'])(
    'requires the host of %s on the allowlist',
    async url => {
      const refused = await run('entities', '--source', url);
      expect([refused.code, refused.stderr]).toEqual([
        3,
        expect.stringContaining('is not encrypted'),
      ]);
      const output = await run('entities', '--source', url, '--allow-host', 'git.invalid');
      expect([output.code, output.stderr]).toEqual([
        3,
        expect.not.stringContaining('is not encrypted'),
      ]);
    },
  );

  it.each([
    [['--source', 'nonsense'], 'A source must be an address'],
    [['--source', 'https://u:secret@host/x.yaml'], 'must not contain credentials'],
    [['--source', 'github+https://github.com/'], 'has no owner of repositories'],
    [['--source', 'git+ext::sh -c id'], 'source'],
    [['--offline'], '--offline needs --source'],
    [['--source', 'https://a.example/x.yaml', '--allow-host', 'https://b'], '--allow-host must be'],
  ])('rejects %j', async (args, message) => {
    const { code, stderr } = await run('entities', ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr).not.toContain('secret');
  });
});

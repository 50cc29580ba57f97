import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UserCache } from '../../../src/cli/userCache';
import { aComponent, aDescriptor, documents } from '../../support/descriptors';
import { TestRepository } from '../../support/gitRepository';
import { longRun } from '../../support/longRun';
import { callboard } from './capture';
import { repositoryEdit } from './repositoryEdits';

let folder = '';
let repository: TestRepository;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-'));
  repository = new TestRepository(join(folder, 'repository'));
  repository.write({
    'README.md': '# Here\n',
    'org.yaml': documents(aDescriptor('group:team'), aComponent('d', { owner: 'team' })),
    'x/catalog-info.yaml': aComponent('x', { owner: 'nobody' }),
  });
  repository.commit();
});
afterEach(() => rmSync(folder, { recursive: true }));

const pathOf = (name: string): string => join(repository.folder, name);

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const cache = new UserCache(join(folder, 'cache'), async () => new Uint8Array(1));
  return callboard(args, { cwd: repository.folder, cache, env });
}

/** Runs a command, and returns whether it repeated its stored output. */
async function isReplayed(args: readonly string[], env?: Record<string, string>): Promise<boolean> {
  const before = outputs();
  const found = await run(args, env);
  expect(found).toEqual(await run([...args, '--no-cache'], env));
  return before === outputs();
}

/** Ids and times of all stored outputs. */
function outputs(): string {
  const cache = join(folder, 'cache');
  return readdirSync(cache, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('output'))
    .map(name => `${name} ${readFileSync(join(cache, name), 'latin1')}`)
    .sort()
    .join('\n');
}

const commands: readonly (readonly string[])[] = [
  ['validate', '--format', 'json'],
  ['validate', '--format', 'sarif', 'x'],
  ['validate', '--changed-since', 'main'],
  ['entities', '--format', 'json'],
  ['entities'],
];

it.each(commands.map(command => [command.join(' '), command] as const))(
  'repeats %s if nothing has changed',
  async (_, command) => {
    await run(command);
    expect(await isReplayed(command)).toBe(true);
    // Each command line has its own output.
    await run(['validate', '--max-warnings', '0']);
    expect(await isReplayed(command)).toBe(true);
  },
);

it('repeats a command after file times changed, as in another checkout', async () => {
  await run(['validate']);
  cpSync(repository.folder, join(folder, 'copy'), { recursive: true });
  rmSync(repository.folder, { recursive: true });
  cpSync(join(folder, 'copy'), repository.folder, { recursive: true });
  expect(await isReplayed(['validate'])).toBe(true);
  utimesSync(pathOf('org.yaml'), 1000, 1000);
  expect(await isReplayed(['validate'])).toBe(true);
});

const changes: readonly (readonly [name: string, change: () => void])[] = [
  [
    'content of the same size and age',
    () => {
      const { atime, mtime } = statSync(pathOf('x/catalog-info.yaml'));
      const text = readFileSync(pathOf('x/catalog-info.yaml'), 'utf8');
      writeFileSync(pathOf('x/catalog-info.yaml'), text.replace('nobody', 'anyone'));
      utimesSync(pathOf('x/catalog-info.yaml'), atime, mtime);
    },
  ],
  ['a new file', () => repository.write({ 'new/catalog-info.yaml': aComponent('new') })],
  ['a removed file', () => repository.remove('x/catalog-info.yaml')],
  ['a removed folder', () => repository.remove('x')],
  ['an ignored folder', () => repository.write({ '.gitignore': 'x/\n' })],
  [
    'new settings',
    () => repository.write({ '.vscode/settings.json': '{"callboard.catalog.exclude": ["x"]}' }),
  ],
  [
    'a file that became a link',
    () => {
      repository.remove('x/catalog-info.yaml');
      symlinkSync('../org.yaml', pathOf('x/catalog-info.yaml'));
    },
  ],
  [
    'a file that became a folder',
    () => {
      repository.remove('x/catalog-info.yaml');
      mkdirSync(pathOf('x/catalog-info.yaml'));
    },
  ],
];

it.each(changes)('runs a command again after %s', async (_, change) => {
  const whole = commands.filter(command => command.includes('json'));
  for (const command of whole) await run(command);
  change();
  for (const command of whole) expect(await isReplayed(command)).toBe(false);
});

it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'runs a command again after a file became unreadable',
  async () => {
    await run(['validate']);
    chmodSync(pathOf('x/catalog-info.yaml'), 0);
    expect(await isReplayed(['validate'])).toBe(false);
    chmodSync(pathOf('x/catalog-info.yaml'), 0o600);
    expect(await isReplayed(['validate'])).toBe(false);
  },
);

it('runs a command again when a branch has moved', async () => {
  const command = ['validate', '--changed-since', 'main'];
  repository.git('checkout', '--quiet', '-b', 'feature');
  repository.write({ 'y/catalog-info.yaml': aComponent('y', { owner: 'nobody' }) });
  await run(command);
  expect(await isReplayed(command)).toBe(true);
  repository.commit();
  expect(await isReplayed(command)).toBe(false);
  repository.git('branch', '--force', 'main', 'HEAD');
  expect(await isReplayed(command)).toBe(false);
  expect(await isReplayed(command)).toBe(true);
});

it('runs a command again with another environment', async () => {
  const command = ['validate', '--format', 'github'];
  await run(command, { GITHUB_WORKSPACE: repository.folder });
  expect(await isReplayed(command, { GITHUB_WORKSPACE: repository.folder })).toBe(true);
  expect(await isReplayed(command, { GITHUB_WORKSPACE: folder, OTHER: '1' })).toBe(false);
  expect(await isReplayed(command, { GITHUB_WORKSPACE: folder, OTHER: '2' })).toBe(true);
});

it('does not store a command that failed', async () => {
  const command = ['validate', '--changed-since', 'nothing'];
  expect((await run(command)).code).toBe(2);
  repository.git('branch', 'nothing');
  expect((await run(command)).code).toBe(0);
});

it('returns the same output as a command without a cache after any edits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(repositoryEdit, { minLength: 1, maxLength: 8 }), async edits => {
      rmSync(folder, { recursive: true });
      repository = new TestRepository(join(folder, 'repository'));
      repository.write({
        'README.md': '# Here\n',
        'org.yaml': documents(aDescriptor('group:team'), aComponent('d', { owner: 'team' })),
      });
      repository.commit();
      repository.git('checkout', '--quiet', '-b', 'feature');
      for (const edit of edits) {
        edit(repository);
        for (const command of [commands[0]!, commands[2]!, commands[3]!]) {
          const expected = await run([...command, '--no-cache']);
          expect([await run(command), await run(command)]).toEqual([expected, expected]);
        }
      }
    }),
    longRun({ runs: 4, seed: 20261202 }),
  );
}, 600_000);

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../src/cli/commands/allCommands';
import { completeWords } from '../../../src/cli/completion/completeWords';
import { builtProgram } from '../../support/builtProgram';
import { aDescriptor, documents } from '../../support/descriptors';
import { writeFiles } from '../../support/folders';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { callboard } from './capture';

let cwd: string;

useTemporaryFolder(path => (cwd = path));

const files = {
  'catalog.yaml': documents(
    aDescriptor('group:team-a'),
    aDescriptor('component:shop', { owner: 'team-a' }),
    aDescriptor('component:other/shop', { owner: 'group:default/team-a' }),
  ),
};

/** Completes the last word of a line, or a new word after a space. */
function complete(line: string): unknown {
  const completions = completeWords(line.split(' '), commands);
  return completions.type === 'words' ? completions.words.map(([word]) => word) : completions;
}

describe('completeWords', () => {
  it.each([
    ['ent', ['entities']],
    ['template ru', ['run']],
    ['help template up', ['update']],
    ['help he', ['help']],
    ['validate --fo', ['--format']],
    ['validate --format j', ['json', 'junit']],
    ['validate --format=j', ['--format=json', '--format=junit']],
    ['--vers', ['--version']],
    ['entities -h --fi', ['--filter']],
    ['completion z', ['zsh']],
    ['entities --filter ki', ['kind=']],
    ['nonsense --fo', []],
    ['validate --nonsense=', []],
    ['validate -- --fo', { type: 'files' }],
    ['validate a.yaml b', { type: 'files' }],
    ['validate --config ', { type: 'files' }],
    ['dependents comp', { type: 'refs', prefix: '', written: 'comp' }],
    ['dependents shop ', { type: 'files' }],
    ['entities --filter kind=c', { type: 'kinds', prefix: 'kind=', written: 'c' }],
    ['entities --filter=kind=', { type: 'kinds', prefix: '--filter=kind=', written: '' }],
    ['mcp --source-allow ', { type: 'kinds', prefix: '', written: '' }],
  ])('completes "%s"', (line, expected) => {
    expect(complete(line)).toEqual(expected);
  });

  it('offers every command', () => {
    expect(complete('')).toEqual(commands.map(({ name }) => name));
  });
});

describe('callboard completion', () => {
  it('prints a script for each shell and rejects other shells', async () => {
    for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
      const { code, stdout } = await callboard(['completion', shell]);
      expect({ code, stdout }).toMatchObject({ code: 0 });
      expect(stdout).toContain('callboard completion --words');
    }
    expect(await callboard(['completion', 'tcsh'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Unknown shell "tcsh". Available: bash, zsh') as string,
    });
    expect(await callboard(['completion'])).toMatchObject({ code: 2 });
  });

  it.each([
    ['graph comp', 'component:shop\ncomponent:other/shop\n'],
    ['graph component:default/', 'component:default/shop\n'],
    ['entities --filter kind=G', 'kind=group\n'],
  ])('completes refs and kinds of the catalog: %s', async (line, expected) => {
    writeFiles(cwd, files);
    const { stdout } = await callboard(['completion', '--words', '--', ...line.split(' ')], {
      cwd,
    });
    expect(stdout.replaceAll('\t', '')).toBe(expected);
  });

  it('completes a new word with --next', async () => {
    const { stdout } = await callboard(['completion', '--words', '--next', '--', 'docs']);
    expect(stdout).toMatch(/^build\tBuild /m);
  });

  it.skipIf(process.platform === 'win32').each([
    ['callboard val', 'validate'],
    ['callboard validate --format ', 'pretty json unix github sarif junit'],
    ['callboard graph component:sh', 'shop'],
    ['callboard entities --filter=kind=c', 'component'],
    ['callboard dependents component:other/', 'other/shop'],
  ])('completes in bash: %s', { timeout: 300_000 }, async (line, expected) => {
    writeFiles(cwd, files);
    const script = `
      callboard() { "${process.execPath}" "${await builtProgram()}" "$@"; }
      source <(callboard completion bash)
      COMP_LINE='${line}' COMP_POINT=${line.length}
      _callboard
      echo "\${COMPREPLY[@]}"`;
    const env = { ...process.env, CALLBOARD_CACHE_DIR: join(cwd, '.cache') };
    expect(execFileSync('bash', ['-c', script], { cwd, env, encoding: 'utf8' })).toBe(
      `${expected}\n`,
    );
  });
});

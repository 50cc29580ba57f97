import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  desktopHost,
  restrictedArguments,
  windowArguments,
} from '../../../scripts/lib/desktopHost.mjs';
import { packageFolder } from '../../../scripts/lib/packageExtension.mjs';

type HostRun = Parameters<typeof windowArguments>[0];

const aRun = (parts: Partial<HostRun> = {}): HostRun => ({
  name: 'basics',
  bundle: '/out/basics.js',
  folder: '/ws/work shop',
  workspaceFile: undefined,
  trusted: true,
  extensionsFolder: '/ws/extensions',
  settings: {},
  env: {},
  results: '/out/basics.json',
  logFile: '/out/basics.log',
  ...parts,
});

describe('command line of a desktop window', () => {
  it('opens a folder in a profile of its own', () => {
    expect(windowArguments(aRun(), '/state')).toEqual([
      '/ws/work shop',
      '--user-data-dir',
      '/state',
      '--extensions-dir',
      '/ws/extensions',
    ]);
  });

  it.each([
    ['a workspace file', { workspaceFile: '/ws/two.code-workspace' }, '/ws/two.code-workspace'],
    ['a folder', { folder: '/ws/one' }, '/ws/one'],
    ['nothing', { folder: undefined }, '--user-data-dir'],
  ])('opens %s', (_, parts, first) => {
    expect(windowArguments(aRun(parts), '/state')[0]).toBe(first);
  });

  it('keeps workspace trust on for a restricted run', () => {
    const args = restrictedArguments(aRun({ trusted: false }), '/state', false);
    expect(args).toContain(`--extensionDevelopmentPath=${packageFolder}`);
    expect(args).not.toContain('--disable-workspace-trust');
  });

  it('disables the sandbox for root', () => {
    expect(restrictedArguments(aRun(), '/state', true)).toContain('--no-sandbox');
  });
});

describe.skipIf(process.platform === 'win32').for([true, false])(
  'run in a desktop window, trusted: %s',
  trusted => {
    let folder = '';

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'callboard-test-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    async function runWith(
      script: string,
    ): Promise<{ code: number; results: string; log: string }> {
      const executable = join(folder, 'code');
      writeFileSync(executable, `#!/bin/sh\n${script}\n`);
      chmodSync(executable, 0o755);
      const [results, logFile] = [join(folder, 'results'), join(folder, 'log')];
      writeFileSync(results, '');
      writeFileSync(logFile, '');
      const run = aRun({
        trusted,
        settings: { 'git.enabled': false },
        env: { CALLBOARD_TEST_RESULTS: results },
        results,
        logFile,
      });
      const code = await desktopHost({ cli: executable, executable }).run(run);
      return { code, results: readFileSync(results, 'utf8'), log: readFileSync(logFile, 'utf8') };
    }

    it('has the settings and the environment of the run', async () => {
      const { code, results } = await runWith(
        'while [ "$1" != --user-data-dir ]; do shift; done; cat "$2/User/settings.json" > "$CALLBOARD_TEST_RESULTS"',
      );
      expect(code).toBe(0);
      expect(JSON.parse(results)).toMatchObject({ 'git.enabled': false, 'files.autoSave': 'off' });
    });

    it('ignores the VS Code that started the tests', async () => {
      process.env.VSCODE_IPC_HOOK = '/surrounding';
      try {
        const { results } = await runWith(
          'echo "${VSCODE_IPC_HOOK:-none}" > "$CALLBOARD_TEST_RESULTS"',
        );
        expect(results).toBe('none\n');
      } finally {
        delete process.env.VSCODE_IPC_HOOK;
      }
    });

    it('fails with the log if the window fails', async () => {
      const { code, log } = await runWith('echo "It went wrong." >&2; exit 3');
      expect(code).not.toBe(0);
      expect(log).toMatch(trusted ? /failed/ : /It went wrong/);
    });

    it('has the requested trust', async () => {
      const { results } = await runWith('echo "$@" > "$CALLBOARD_TEST_RESULTS"');
      expect(results.includes('--disable-workspace-trust')).toBe(trusted);
    });

    it('reports a missing program', async () => {
      const logFile = join(folder, 'log');
      const host = desktopHost({ cli: '/nowhere/code', executable: '/nowhere/code' });
      expect(await host.run(aRun({ trusted, logFile }))).not.toBe(0);
      expect(readFileSync(logFile, 'utf8')).toMatch(trusted ? /failed/ : /ENOENT/);
    });
  },
);

import type { SearchCollator } from '../../../src/api';
import { english } from '../../../src/base';
import type { CommandContext } from '../../../src/cli/command';
import { createPaint } from '../../../src/cli/style';
import { runCommandLine } from '../../../src/cli/run';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../../../src/node';
import { problemsOfDefinitions } from '../../../src/plugins/apis';
import { inProject } from '../../../scripts/lib/project.mjs';

/** Runs a command line in this process; says what it printed and how it ended. */
export async function callboard(
  args: readonly string[],
  {
    cwd = process.cwd(),
    env = {},
    signal = new AbortController().signal,
    collators = [],
  }: {
    cwd?: string;
    env?: Record<string, string>;
    signal?: AbortSignal;
    collators?: readonly SearchCollator[] | CommandContext['collators'];
  } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  const code = await runCommandLine(args, {
    terminal: {
      write: text => (stdout += text),
      writeError: line => (stderr += `${line}\n`),
      showProgress() {},
      paint: createPaint(false),
      width: undefined,
    },
    fileSystem: new NodeFileSystem(),
    inspect: (catalog, files) => problemsOfDefinitions({ catalog, files, translate: english }),
    collators: typeof collators === 'function' ? collators : async () => collators,
    clock: new NodeClock(),
    cwd,
    env,
    signal,
    version: '1.2.3',
    problemsPage: pathToFileUri(inProject('docs/problems.md')),
    siteTheme: pathToFileUri(inProject('test/fixtures/techdocs/theme')),
    templates: pathToFileUri(inProject('templates')),
  });
  return { code, stdout, stderr };
}

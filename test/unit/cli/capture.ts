import { Writable } from 'node:stream';
import { inProject } from '../../../scripts/lib/project.mjs';
import type { SearchCollator } from '../../../src/api';
import { english } from '../../../src/base';
import type { CommandContext } from '../../../src/cli/command';
import { runCommandLine } from '../../../src/cli/run';
import { ProcessTerminal } from '../../../src/cli/terminal';
import type { UserCache } from '../../../src/cli/userCache';
import { DefinitionProblemCache } from '../../../src/features/apis/core';
import { problemsOfDefinitions } from '../../../src/features/apis/plugin';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../../../src/platform/node';

/** Runs a command line in this process, and returns its output and exit code. */
export async function callboard(
  args: readonly string[],
  {
    cwd = process.cwd(),
    env = {},
    signal = new AbortController().signal,
    collators = [],
    cache,
    ...plugins
  }: {
    cwd?: string;
    env?: Record<string, string>;
    signal?: AbortSignal;
    cache?: UserCache;
    collators?: readonly SearchCollator[] | CommandContext['collators'];
  } & Pick<CommandContext, 'startPlugin' | 'pluginDeadline' | 'modelExporter'> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  const code = await runCommandLine(args, {
    terminal: new ProcessTerminal({
      stdout: aStream(text => (stdout += text)),
      stderr: aStream(text => (stderr += text)),
      env: {},
      onWriteError: error => (stderr += error.message),
    }),
    fileSystem: new NodeFileSystem(),
    async inspect(catalog, files, { cache: own, ...options }) {
      const verdicts =
        own && new DefinitionProblemCache(own.storeOf('definitions'), await own.version());
      const deps = { catalog, files, translate: english, cache: verdicts };
      return problemsOfDefinitions(deps, options);
    },
    cache,
    ...plugins,
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

/** A stream that isn't a terminal. */
export function aStream(write: (text: string) => void): NodeJS.WriteStream {
  return new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      write(chunk);
      done();
    },
  }) as unknown as NodeJS.WriteStream;
}

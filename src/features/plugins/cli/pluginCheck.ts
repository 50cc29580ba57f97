import { resolve } from 'node:path';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { readLines } from '../../../cli/output/codeFrame';
import { stringify } from '../../../cli/output/jsonOutput';
import { problemLines } from '../../../cli/output/prettyOutput';
import { countProblems, describeCounts } from '../../../cli/output/problems';
import { pathsRelativeTo } from '../../../cli/paths';
import type { Problem } from '../../../model';
import { pathToFileUri } from '../../../platform/node';
import { readPluginManifest } from './pluginManifest';

/** `callboard plugin check`: checks a manifest. Exits with 1 on errors. */
export const runPluginCheck: RunCommand = async ({ positionals, options }, context) => {
  const folder = await pluginFolder(positionals[0], context);
  const { problems } = await readPluginManifest(folder, context.fileSystem);
  const isJson = options.get('format')?.at(-1) === 'json';
  context.terminal.write(
    isJson ? problemsJson(problems, context) : await problemsText(problems, context),
  );
  return countProblems(problems).error > 0 ? exitCodes.problems : exitCodes.ok;
};

/** Returns the URI of the folder that an argument names. @throws UsageError */
export async function pluginFolder(
  path = '.',
  { cwd, fileSystem }: CommandContext,
): Promise<string> {
  const folder = pathToFileUri(resolve(cwd, path));
  if ((await fileSystem.stat(folder))?.type === 'directory') return folder;
  throw new UsageError(`Folder ${path} doesn't exist`);
}

/** Formats problems with their lines, and their number. */
export async function problemsText(
  problems: readonly Problem[],
  { terminal: { paint }, fileSystem, cwd }: CommandContext,
): Promise<string> {
  if (!problems.length) return 'No problems in the manifest\n';
  const lines = await readLines(problems, fileSystem);
  const shown = problemLines(problems, { show: pathsRelativeTo(cwd), paint, lines });
  return `${[...shown, describeCounts(countProblems(problems))].join('\n')}\n`;
}

function problemsJson(problems: readonly Problem[], { cwd }: CommandContext): string {
  const show = pathsRelativeTo(cwd);
  return stringify({
    problems: problems.map(({ code, severity, message, file = '', range }) => ({
      code,
      severity,
      message,
      file: show(file),
      range,
    })),
  });
}

import type { Problem } from '../../model';
import type { CommandContext } from '../command';
import type { problemFormatNames } from '../commands/sharedOptions';
import { pathsRelativeTo } from '../paths';
import { readLines } from './codeFrame';
import { githubOutput, unixOutput } from './githubOutput';
import { type ValidationCounts, validationJson } from './jsonOutput';
import { junitOutput } from './junitOutput';
import { prettyOutput, summary } from './prettyOutput';
import { sarifOutput } from './sarifOutput';

/** The result of `callboard validate`. */
export interface ValidationReport {
  readonly problems: readonly Problem[];
  readonly counts: ValidationCounts;
  /** URIs of the checked files with descriptors. */
  readonly files: readonly string[];
  /** The folder that paths in JSON are relative to. */
  readonly folder: string;
  /** The folder that paths in other formats are relative to. */
  readonly cwd: string;
  /** Whether there are more warnings than allowed. */
  readonly warningsFail: boolean;
}

export type ProblemFormat = (
  report: ValidationReport,
  context: CommandContext,
) => string | Promise<string>;

export const prettyFormat: ProblemFormat = async (
  { problems, counts, cwd },
  { terminal: { paint }, fileSystem },
) =>
  prettyOutput(problems, counts, {
    show: pathsRelativeTo(cwd),
    paint,
    lines: await readLines(problems, fileSystem),
  });

/** Formats by the name in `--format`, the default first. */
export const problemFormats: ReadonlyMap<string, ProblemFormat> = new Map<
  (typeof problemFormatNames)[number],
  ProblemFormat
>([
  ['pretty', prettyFormat],
  [
    'json',
    ({ problems, counts, folder }) => validationJson(problems, counts, pathsRelativeTo(folder)),
  ],
  [
    'unix',
    ({ problems, counts, cwd }, { terminal: { paint } }) =>
      `${unixOutput(problems, pathsRelativeTo(cwd))}${summary(problems, counts, paint)}\n`,
  ],
  [
    'github',
    ({ problems, counts, cwd }, { terminal: { paint }, env }) =>
      `${githubOutput(problems, pathsRelativeTo(checkout(cwd, env)))}${summary(problems, counts, paint)}\n`,
  ],
  [
    'sarif',
    async ({ problems, cwd }, { fileSystem, problemsPage, env, version }) =>
      sarifOutput(problems, {
        root: checkout(cwd, env),
        version,
        documentation: await readText(problemsPage, fileSystem),
      }),
  ],
  [
    'junit',
    ({ problems, files, cwd, warningsFail }) =>
      junitOutput(problems, { files, show: pathsRelativeTo(cwd), warningsFail }),
  ],
]);

/** Returns the root of the checkout, which paths of annotations are relative to. */
export function checkout(cwd: string, env: CommandContext['env']): string {
  return env['GITHUB_WORKSPACE'] ?? cwd;
}

/** Returns an empty text for an unreadable file: only descriptions of rules need it. */
async function readText(uri: string, fileSystem: CommandContext['fileSystem']): Promise<string> {
  try {
    return new TextDecoder().decode(await fileSystem.readFile(uri));
  } catch {
    // Only the fingerprint is less exact without the text of the line.
    return '';
  }
}

import type { Problem } from '../../model';
import type { CommandContext } from '../command';
import type { problemFormatNames } from '../commands/sharedOptions';
import { pathsRelativeTo } from '../paths';
import { githubOutput, unixOutput } from './githubOutput';
import { type ValidationCounts, validationJson } from './jsonOutput';
import { junitOutput } from './junitOutput';
import { prettyOutput, summary } from './prettyOutput';
import { sarifOutput } from './sarifOutput';

/** What `callboard validate` found. */
export interface ValidationReport {
  readonly problems: readonly Problem[];
  readonly counts: ValidationCounts;
  /** URIs of the files with descriptors that were checked. */
  readonly files: readonly string[];
  /** The path that JSON tells paths from. */
  readonly folder: string;
  /** The path that people and programs beside the terminal tell paths from. */
  readonly cwd: string;
  /** Whether there are more warnings than may be. */
  readonly warningsFail: boolean;
}

export type ProblemFormat = (
  report: ValidationReport,
  context: CommandContext,
) => string | Promise<string>;

export const prettyFormat: ProblemFormat = ({ problems, counts, cwd }, { terminal: { paint } }) =>
  prettyOutput(problems, counts, { show: pathsRelativeTo(cwd), paint });

/** By the name that `--format` gives them, the default first. */
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

/** Annotations find their files from the repository's root, wherever the step runs. */
export function checkout(cwd: string, env: CommandContext['env']): string {
  return env['GITHUB_WORKSPACE'] ?? cwd;
}

/** Empty where there is none: what a rule is called is known without it. */
async function readText(uri: string, fileSystem: CommandContext['fileSystem']): Promise<string> {
  try {
    return new TextDecoder().decode(await fileSystem.readFile(uri));
  } catch {
    return '';
  }
}

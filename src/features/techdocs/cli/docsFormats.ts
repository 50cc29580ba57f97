import type { CommandContext } from '../../../cli/command';
import { githubOutput } from '../../../cli/output/githubOutput';
import { stringify, toProblems } from '../../../cli/output/jsonOutput';
import { problemLines } from '../../../cli/output/prettyOutput';
import { checkout } from '../../../cli/output/problemFormats';
import { countProblems, describeCounts, plural } from '../../../cli/output/problems';
import type { Paint } from '../../../cli/output/style';
import { pathsRelativeTo } from '../../../cli/paths';
import type { Problem } from '../../../model';

/** Results of `callboard docs check`. */
export interface DocsReport {
  readonly problems: readonly Problem[];
  /** Number of checked sites. */
  readonly sites: number;
  readonly pages: number;
  /** Base of relative paths in JSON. */
  readonly folder: string;
  /** Base of relative paths for people and for programs in the terminal. */
  readonly cwd: string;
}

type DocsFormat = (report: DocsReport, context: CommandContext) => string;

export const prettyDocs: DocsFormat = (report, { terminal: { paint } }) => {
  const show = pathsRelativeTo(report.cwd);
  return [...problemLines(report.problems, { show, paint }), summary(report, paint), ''].join('\n');
};

/** Formats by the value of `--format`, the default first. */
export const docsFormats: ReadonlyMap<string, DocsFormat> = new Map<string, DocsFormat>([
  ['pretty', prettyDocs],
  [
    'json',
    ({ problems, sites, pages, folder }) =>
      stringify({ problems: toProblems(problems, pathsRelativeTo(folder)), sites, pages }),
  ],
  [
    'github',
    (report, { terminal: { paint }, env }) =>
      `${githubOutput(report.problems, pathsRelativeTo(checkout(report.cwd, env)))}${summary(report, paint)}\n`,
  ],
]);

function summary({ problems, sites, pages }: DocsReport, paint: Paint): string {
  if (sites === 0) return 'No docs found.';
  const found = countProblems(problems);
  const style = found.error > 0 ? 'red' : found.warning > 0 ? 'yellow' : 'bold';
  const summary = problems.length ? describeCounts(found) : 'No problems';
  return `${paint(style, summary)} in ${plural(sites, 'site')} (${plural(pages, 'page')})`;
}

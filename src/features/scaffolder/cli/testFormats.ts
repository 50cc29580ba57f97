import { decodeExactly } from '../../../base';
import type { CommandContext } from '../../../cli/command';
import { githubOutput } from '../../../cli/output/githubOutput';
import { stringify, toProblems } from '../../../cli/output/jsonOutput';
import { escapeXml, xmlAttributes } from '../../../cli/output/junitOutput';
import { problemLines } from '../../../cli/output/prettyOutput';
import { checkout } from '../../../cli/output/problemFormats';
import { plural } from '../../../cli/output/problems';
import { paintedDiff, unifiedDiff } from '../../../cli/output/unifiedDiff';
import { type Paint, printable } from '../../../cli/output/style';
import { pathsRelativeTo, type ShowPath } from '../../../cli/paths';
import type { Problem } from '../../../model';
import type { TestFailure, TestOutcome } from '../core';

/** Result of `callboard template test`. */
export interface TestReport {
  /** Outcomes with the URI of their fixture, in the order of the runs. */
  readonly outcomes: readonly (TestOutcome & { readonly file: string })[];
  /** Problems in the fixtures themselves. */
  readonly problems: readonly Problem[];
  /** URIs of all fixtures. */
  readonly fixtures: readonly string[];
  /** Base of paths in JSON. */
  readonly folder: string;
  /** Base of paths in the other formats. */
  readonly cwd: string;
}

type TestFormat = (report: TestReport, context: CommandContext) => Promise<string>;

export const prettyTests: TestFormat = async (report, { terminal: { paint } }) => {
  const { outcomes, problems, fixtures, cwd } = report;
  const show = pathsRelativeTo(cwd);
  const lines: string[] = [];
  for (const file of fixtures) {
    const ofFile = outcomes.filter(outcome => outcome.file === file);
    if (ofFile.length === 0) continue;
    lines.push(paint('underline', printable(show(file))));
    for (const { test, status, failures } of ofFile) {
      const word = paint(status === 'passed' ? 'green' : 'red', status);
      lines.push(`  ${word}  ${printable(test.name)}`);
      for (const failure of failures) lines.push(...(await failureLines(failure, paint)));
    }
    lines.push('');
  }
  return [...problemLines(problems, { show, paint }), ...lines, summary(report, paint), ''].join(
    '\n',
  );
};

async function failureLines(
  { message, range: { start }, difference }: TestFailure,
  paint: Paint,
): Promise<readonly string[]> {
  const [first = '', ...more] = message.split('\n').map(printable);
  const diff = difference ? await unifiedDiff(difference) : [];
  const place = paint('dim', `${start.line + 1}:${start.character + 1}`);
  return [
    `    ${place}  ${first}`,
    ...more.map(line => `      ${line}`),
    ...diff.map(line => `      ${paintedDiff(printable(line), paint)}`.trimEnd()),
  ];
}

/** Formats by their `--format` name, the default first. */
export const testFormats: ReadonlyMap<string, TestFormat> = new Map<string, TestFormat>([
  ['pretty', prettyTests],
  [
    'json',
    async ({ outcomes, problems, folder }) => {
      const show = pathsRelativeTo(folder);
      const tests = outcomes.map(({ file, test, status, failures }) => ({
        file: show(file),
        name: test.name,
        status,
        range: test.range,
        failures: failures.map(failure => failureJson(failure, show)),
      }));
      const passed = outcomes.filter(({ status }) => status === 'passed').length;
      return stringify({
        tests,
        problems: toProblems(problems, show),
        passed,
        failed: outcomes.length - passed,
      });
    },
  ],
  [
    'github',
    async (report, { terminal: { paint }, env }) => {
      const failed: Problem[] = [];
      for (const { test, failures } of report.outcomes) {
        for (const { message, file, range, difference } of failures) {
          const diff = difference ? await unifiedDiff(difference) : [];
          failed.push({
            code: 'template-test-failed',
            severity: 'error',
            file,
            range,
            document: 0,
            message: [`${test.name}: ${message}`, ...diff].join('\n'),
          });
        }
      }
      const show = pathsRelativeTo(checkout(report.cwd, env));
      return `${githubOutput([...report.problems, ...failed], show)}${summary(report, paint)}\n`;
    },
  ],
  ['junit', junitTests],
]);

/** Omits content that is not text. Programs can read it themselves. */
function failureJson({ message, range, difference }: TestFailure, show: ShowPath): object {
  if (!difference) return { message, range };
  const { name, expected, actual, golden } = difference;
  return {
    message,
    range,
    name,
    golden: golden === undefined ? null : show(golden),
    expected: (expected && decodeExactly(expected)) ?? null,
    actual: (actual && decodeExactly(actual)) ?? null,
  };
}

/** One suite for each fixture. Problems in the fixture itself are errors of its suite. */
async function junitTests({ outcomes, problems, fixtures, cwd }: TestReport): Promise<string> {
  const show = pathsRelativeTo(cwd);
  const suites: string[] = [];
  const isFailed = ({ status }: TestOutcome): boolean => status !== 'passed';
  for (const file of fixtures) {
    const path = show(file);
    const ofFile = outcomes.filter(outcome => outcome.file === file);
    const broken = problems.filter(problem => problem.file === file);
    const attributes = {
      name: path,
      tests: ofFile.length + broken.length,
      failures: ofFile.filter(isFailed).length,
      errors: broken.length,
      skipped: 0,
    };
    suites.push(`  <testsuite${xmlAttributes(attributes)}>`);
    for (const { code, message, range } of broken) {
      const name = `${code} ${path}:${range.start.line + 1}:${range.start.character + 1}`;
      suites.push(
        `    <testcase${xmlAttributes({ name, classname: path, file: path, line: range.start.line + 1 })}>`,
        `      <error${xmlAttributes({ message, type: code })}/>`,
        '    </testcase>',
      );
    }
    for (const { test, failures, duration } of ofFile) {
      const time = (duration / 1000).toFixed(3);
      const line = test.range.start.line + 1;
      const head = xmlAttributes({ name: test.name, classname: path, file: path, line, time });
      if (failures.length === 0) {
        suites.push(`    <testcase${head}/>`);
        continue;
      }
      suites.push(`    <testcase${head}>`);
      for (const { message, range, difference } of failures) {
        const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
        const diff = difference ? await unifiedDiff(difference) : [];
        const text = [`${place}: ${message}`, ...diff].join('\n');
        const about = xmlAttributes({ message, type: 'template-test-failed' });
        suites.push(`      <failure${about}>${escapeXml(text)}</failure>`);
      }
      suites.push('    </testcase>');
    }
    suites.push('  </testsuite>');
  }
  const all = {
    name: 'callboard',
    tests: outcomes.length + problems.length,
    failures: outcomes.filter(isFailed).length,
    errors: problems.length,
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes(all)}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function summary({ outcomes, problems, fixtures }: TestReport, paint: Paint): string {
  if (fixtures.length === 0) return 'No tests of templates found.';
  const passed = outcomes.filter(({ status }) => status === 'passed').length;
  const failed = outcomes.length - passed;
  const parts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(problems.length > 0 ? [`${plural(problems.length, 'error')} in fixtures`] : []),
  ];
  const style = failed + problems.length > 0 ? 'red' : 'bold';
  return `${paint(style, parts.join(', '))} (${plural(fixtures.length, 'file')})`;
}

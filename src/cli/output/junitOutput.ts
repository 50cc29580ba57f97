import type { Problem } from '../../model';
import type { ShowPath } from '../paths';
import { fileOrSubjectOf, placeOf, sortProblems, suggestionOf } from './problems';

/**
 * Formats problems as JUnit XML, which most build servers show: a suite for each file, a test for each problem. Errors
 * are failures, and so are warnings if there are too many.
 *
 * @param files - URIs of all checked files: those without a problem passed
 */
export function junitOutput(
  problems: readonly Problem[],
  {
    files,
    show,
    warningsFail,
  }: { files: readonly string[]; show: ShowPath; warningsFail: boolean },
): string {
  const byFile = new Map<string, readonly Problem[]>([
    ...files.map(file => [show(file), []] as const),
    ...Map.groupBy(sortProblems(problems), problem => fileOrSubjectOf(problem, show)),
  ]);
  const fails = ({ severity }: Problem): boolean =>
    severity === 'error' || (warningsFail && severity === 'warning');
  const suites = [...byFile].sort(([a], [b]) => (a < b ? -1 : 1));
  const tests = suites.reduce((sum, [, ofFile]) => sum + Math.max(1, ofFile.length), 0);
  const failures = problems.filter(fails).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="callboard" tests="${tests}" failures="${failures}" errors="0">`,
    ...suites.flatMap(([path, ofFile]) => suite(path, ofFile, fails)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(
  path: string,
  problems: readonly Problem[],
  fails: (problem: Problem) => boolean,
): string[] {
  const attributes = {
    name: path,
    tests: Math.max(1, problems.length),
    failures: problems.filter(fails).length,
    errors: 0,
    skipped: 0,
  };
  return [
    `  <testsuite${xmlAttributes(attributes)}>`,
    ...(problems.length
      ? problems.flatMap(problem => testCase(path, problem, fails(problem)))
      : [`    <testcase${xmlAttributes({ name: 'no problems', classname: path, file: path })}/>`]),
    '  </testsuite>',
  ];
}

function testCase(path: string, problem: Problem, isFailure: boolean): string[] {
  const { code, severity, message, file, range, entityRef, provider } = problem;
  const isInFile = file !== undefined;
  const place = isInFile ? `${path}:${placeOf(range)}` : path;
  const text = `${place}: ${severity}: ${[message, ...suggestionOf(problem)].join('\n')}`;
  const attributes = {
    name: `${code} ${place}`,
    classname: path,
    ...(isInFile && { file: path, line: range.start.line + 1 }),
  };
  const properties = {
    code,
    severity,
    ...(entityRef !== undefined && { entity: entityRef }),
    ...(provider !== undefined && { provider }),
  };
  return [
    `    <testcase${xmlAttributes(attributes)}>`,
    '      <properties>',
    ...Object.entries(properties).map(
      ([name, value]) => `        <property${xmlAttributes({ name, value })}/>`,
    ),
    '      </properties>',
    isFailure
      ? `      <failure${xmlAttributes({ message, type: code })}>${escapeXml(text)}</failure>`
      : `      <system-out>${escapeXml(text)}</system-out>`,
    '    </testcase>',
  ];
}

/** Returns XML attributes, each with a leading space. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(`${value}`).replaceAll('\n', '&#10;')}"`)
    .join('');
}

const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

// XML 1.0 can't represent most control characters and lone surrogates. Bidirectional controls are excluded too, because
// they would reorder text in a terminal or on a web page.
const unwritable =
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu;

export function escapeXml(text: string): string {
  return text
    .replace(unwritable, '\ufffd')
    .replace(/[&<>"]/g, character => entities.get(character) ?? character)
    .replaceAll('\r', '&#13;');
}

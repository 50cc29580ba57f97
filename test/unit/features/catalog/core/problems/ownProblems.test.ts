import { expect, it } from 'vitest';
import type { Range } from '../../../../../../src/base';
import { ownProblems } from '../../../../../../src/features/catalog/core/shared';
import type { Problem } from '../../../../../../src/model';

const lineOf = (line: number): Range => ({
  start: { line, character: 0 },
  end: { line, character: 4 },
});

const problem = (code: string, line: number, severity: Problem['severity']): Problem => ({
  code,
  severity,
  message: code,
  file: 'file:///a.yaml',
  document: 0,
  range: lineOf(line),
});

const own = [problem('schema-mismatch', 1, 'warning'), problem('schema-refused', 2, 'info')];
const seen = (problems: readonly Problem[]): readonly unknown[] =>
  problems.map(({ code, severity }) => [code, severity]);

it('applies severity settings', () => {
  const severities = { 'schema-mismatch': 'error', 'schema-refused': 'off' } as const;
  expect(seen(ownProblems(own, { text: '', found: [], severities }))).toEqual([
    ['schema-mismatch', 'error'],
  ]);
});

it.each([
  ['a: # callboard-disable-next-line\nb:\nc:', [['schema-refused', 'info']]],
  ['a:\nb:\nc: # callboard-disable-line schema-refused', [['schema-mismatch', 'warning']]],
  ['a:\nb:\nc: # callboard-disable-line schema-mismatch', seen(own)],
  // In Markdown, a number sign starts a heading.
  ['<!-- callboard-disable-next-line schema-refused -->\na', seen(own)],
  ['a <!-- callboard-disable-next-line -->\nb', [['schema-refused', 'info']]],
])('is disabled by comments: %j', (text, left) => {
  expect(seen(ownProblems(own, { text, found: [], severities: {} }))).toEqual(left);
});

it('is dropped where the engine reports the same position', () => {
  const found = [problem('invalid-spec', 1, 'error'), problem('dangling-reference', 2, 'warning')];
  expect(seen(ownProblems(own, { text: '', found, severities: {} }))).toEqual([
    ['schema-refused', 'info'],
  ]);
});

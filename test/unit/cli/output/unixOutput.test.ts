import { expect, it } from 'vitest';
import { contributes } from '../../../../package.json';
import { unixOutput } from '../../../../src/cli/output/githubOutput';
import { pathsRelativeTo } from '../../../../src/cli/paths';
import { aProblem } from './problems';

const lines = unixOutput(
  [
    aProblem('2:5-2:9'),
    aProblem('4:1', { severity: 'warning', code: 'dangling-reference', suggestions: ['a:b/c'] }),
    aProblem('1:1', { file: 'file:///w/sub%20folder/%3A%201%3A2.yaml', message: 'two\nlines [x]' }),
  ],
  pathsRelativeTo('/w'),
);

it('prints a line for each problem', () => {
  expect(lines.split('\n')).toEqual([
    'a.yaml:2:5: error: It is wrong [invalid-spec]',
    'a.yaml:4:1: warning: It is wrong Did you mean a:b/c? [dangling-reference]',
    'sub folder/: 1:2.yaml:1:1: error: two\\nlines [x] [invalid-spec]',
    '',
  ]);
});

it('names the entity of a problem in no file, where the problem matcher sees no path', () => {
  const details = { file: undefined, entityRef: 'resource:default/printer', provider: 'devices' };
  expect(unixOutput([aProblem('1:1', details)], pathsRelativeTo('/w'))).toBe(
    'resource:default/printer (provider devices): error: It is wrong [invalid-spec]\n',
  );
});

it('matches the problem matcher of the manifest', () => {
  const [{ pattern }] = contributes.problemMatchers as unknown as [
    { pattern: { regexp: string; file: number; line: number; severity: number; code: number } },
  ];
  const found = lines.split('\n').flatMap(line => {
    const match = new RegExp(pattern.regexp).exec(line);
    return match
      ? [[pattern.file, pattern.line, pattern.severity, pattern.code].map(group => match[group])]
      : [];
  });
  expect(found).toEqual([
    ['a.yaml', '2', 'error', 'invalid-spec'],
    ['a.yaml', '4', 'warning', 'dangling-reference'],
    ['sub folder/: 1:2.yaml', '1', 'error', 'invalid-spec'],
  ]);
});

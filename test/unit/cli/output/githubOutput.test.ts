import { describe, expect, it } from 'vitest';
import { githubOutput } from '../../../../src/cli/output/githubOutput';
import { pathsRelativeTo } from '../../../../src/cli/paths';
import type { Problem } from '../../../../src/model';
import { aProblem } from './problems';

const github = (...problems: Problem[]): string => githubOutput(problems, pathsRelativeTo('/w'));

describe('githubOutput', () => {
  it.each([
    ['2:5-2:9', 'line=2,endLine=2,col=5,endColumn=8'],
    ['2:5', 'line=2,endLine=2,col=5,endColumn=5'],
    ['2:5-4:3', 'line=2,endLine=4'],
    ['2:5-4:1', 'line=2,endLine=3'],
    ['2:5-3:1', 'line=2,endLine=2'],
  ])("converts %s to GitHub's positions", (range, properties) => {
    expect(github(aProblem(range))).toBe(
      `::error file=a.yaml,${properties},title=invalid-spec::It is wrong\n`,
    );
  });

  it('writes errors, warnings and notices', () => {
    const severities = ['error', 'warning', 'info', 'hint'] as const;
    const written = github(
      ...severities.map((severity, i) => aProblem(`${i + 1}:1`, { severity })),
    );
    expect(written.match(/^::\w+/gm)).toEqual(['::error', '::warning', '::notice', '::notice']);
  });

  it('escapes text in messages and properties', () => {
    const problem = aProblem('1:1', {
      file: 'file:///w/a%2Cb%3A%25.yaml',
      message: '100%\r\n::error::no, really: not',
      suggestions: ['a:b/c'],
    });
    expect(github(problem)).toBe(
      '::error file=a%2Cb%3A%25.yaml,line=1,endLine=1,col=1,endColumn=1,title=invalid-spec::' +
        '100%25%0D%0A::error::no, really: not%0ADid you mean a:b/c?\n',
    );
  });

  it('omits the place if a problem has none', () => {
    expect(github(aProblem('1:1', { file: undefined }))).toBe(
      '::error title=invalid-spec::It is wrong\n',
    );
  });

  it('names the entity of a problem in no file', () => {
    const details = { file: undefined, entityRef: 'resource:default/printer', provider: 'devices' };
    expect(github(aProblem('1:1', details))).toBe(
      '::error title=invalid-spec::resource:default/printer (provider devices): It is wrong\n',
    );
  });
});

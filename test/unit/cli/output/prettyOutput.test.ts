import { describe, expect, it } from 'vitest';
import { prettyOutput } from '../../../../src/cli/output/prettyOutput';
import { createPaint } from '../../../../src/cli/output/style';
import { pathsRelativeTo } from '../../../../src/cli/paths';
import type { Problem } from '../../../../src/model';
import { aProblem, aRange } from './problems';

const counts = { files: 2, documents: 3, entities: 1 };
const pretty = (problems: readonly Problem[], colors = false): string[] =>
  prettyOutput(problems, counts, {
    show: pathsRelativeTo('/w'),
    paint: createPaint(colors),
  }).split('\n');

describe('prettyOutput', () => {
  it('lists problems under their files, in order, aligned', () => {
    const problems = [
      aProblem('12:3', { severity: 'warning', code: 'dangling-reference', message: 'Odd' }),
      aProblem('2:10'),
      aProblem('1:1', { file: 'file:///w/B%20b/b.yaml' }),
    ];
    expect(pretty(problems)).toEqual([
      'B b/b.yaml',
      '  1:1  error  It is wrong  invalid-spec',
      '',
      'a.yaml',
      '  2:10  error    It is wrong  invalid-spec',
      '  12:3  warning  Odd  dangling-reference',
      '',
      '2 errors, 1 warning in 2 files (1 entity)',
      '',
    ]);
  });

  it('lists problems in no file under their entity and its provider', () => {
    const provided = {
      file: undefined,
      entityRef: 'resource:default/printer',
      provider: 'devices',
    };
    const problems = [
      aProblem('2:10'),
      aProblem('1:1', provided),
      aProblem('1:1', { ...provided, message: 'one\ntwo', severity: 'warning' }),
      aProblem('1:1', { file: undefined, provider: 'devices', message: 'No name' }),
      aProblem('1:1', { file: undefined, message: 'Not read' }),
    ];
    expect(pretty(problems).slice(0, -2)).toEqual([
      '(no file)',
      '  error  Not read  invalid-spec',
      '',
      'provider devices',
      '  error  No name  invalid-spec',
      '',
      'resource:default/printer (provider devices)',
      '  error    It is wrong  invalid-spec',
      '  warning  one  invalid-spec',
      '           two',
      '',
      'a.yaml',
      '  2:10  error  It is wrong  invalid-spec',
      '',
    ]);
  });

  it('shows suggestions, related places and further lines below a problem', () => {
    const problem = aProblem('1:1', {
      message: 'first\nsecond',
      suggestions: ['group:default/a', 'group:default/b'],
      related: [{ message: 'Wins', file: 'file:///w/b.yaml', range: aRange('7:3') }],
    });
    expect(pretty([problem]).slice(1, 5)).toEqual([
      '  1:1  error  first  invalid-spec',
      '              second',
      '              Did you mean group:default/a or group:default/b?',
      '              Wins: b.yaml:7:3',
    ]);
  });

  it('does not repeat suggestions of the message', () => {
    const message = 'Did you mean "a" or "b"?';
    const problem = aProblem('1:1', { message, suggestions: ['a', 'b'] });
    expect(pretty([problem])[2]).toBe('');
  });

  it('escapes control characters of messages and paths', () => {
    const problem = aProblem('1:1', {
      message: 'red \u001b[31m \u202e back \u009b',
      file: 'file:///w/%1B%5D0%3Btitle%07.yaml',
    });
    expect(pretty([problem]).slice(0, 2)).toEqual([
      '\\u001b]0;title\\u0007.yaml',
      '  1:1  error  red \\u001b[31m \\u202e back \\u009b  invalid-spec',
    ]);
  });

  it('reports that there are no problems or no descriptors', () => {
    expect(pretty([])).toEqual(['No problems in 2 files (1 entity)', '']);
    const none = { files: 0, documents: 0, entities: 0 };
    const style = { show: pathsRelativeTo('/w'), paint: createPaint(false) };
    expect(prettyOutput([], none, style)).toBe('No descriptors found.\n');
  });

  it('uses colors if enabled', () => {
    expect(pretty([aProblem('1:1')], true)[1]).toContain('\u001b[31merror\u001b[0m');
  });
});

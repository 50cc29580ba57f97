import { describe, expect, it } from 'vitest';
import { codeFrame, readLines } from '../../../../src/cli/output/codeFrame';
import { createPaint } from '../../../../src/cli/output/style';
import { InMemoryFileSystem } from '../../../support/inMemoryFileSystem';
import { aProblem } from './problems';

const frame = (text: string, place: string): readonly string[] =>
  codeFrame(aProblem(place), new Map([['file:///w/a.yaml', text.split('\n')]]), {
    paint: createPaint(false),
    style: 'red',
  });

describe('codeFrame', () => {
  it('marks the range below the line, without its indentation', () => {
    expect(frame('spec:\n    owner: grop # who\n', '2:12-2:16')).toEqual([
      '2 | owner: grop # who',
      '  |        ^^^^',
    ]);
  });

  it('marks one character of an empty range, and the first line of a longer one', () => {
    expect(frame('a\nb: 1', '2:2-2:2')[1]).toBe('  |  ^');
    expect(frame('ab: 1\ncd: 2', '1:2-2:3')[1]).toBe('  |  ^^^^');
  });

  it('counts wide characters as two columns and shows tabs and control characters', () => {
    expect(frame('\t漢\u001b: x\ty', '1:5-1:6')).toEqual(['1 | 漢\\u001b: x y', '  |          ^']);
  });

  it('truncates long lines around the range', () => {
    const [line = '', carets = ''] = frame(`${'a'.repeat(500)}X${'b'.repeat(500)}`, '1:501-1:502');
    expect(line.length).toBeLessThan(130);
    expect(line[carets.indexOf('^')]).toBe('X');
  });

  it('is empty for the whole file and for missing lines', () => {
    expect(frame('a', '1:1-1:1')).toEqual([]);
    expect(frame('a', '7:2-7:3')).toEqual([]);
  });

  it('uses colors if enabled', () => {
    const lines = new Map([['file:///w/a.yaml', ['abc']]]);
    const painted = codeFrame(aProblem('1:2'), lines, { paint: createPaint(true), style: 'red' });
    expect(painted[1]).toMatch(/\^+/);
    expect(painted[1]).toContain('\u001b[31m^');
    expect(painted[1]?.endsWith('^\u001b[0m')).toBe(true);
  });
});

it('reads each file once and skips unreadable files', async () => {
  const files = new InMemoryFileSystem({ '/w/a.yaml': 'one\r\ntwo' });
  const problems = [aProblem('2:1'), aProblem('2:2'), aProblem('1:2', { file: 'https://a.b/c' })];
  const lines = await readLines([...problems, aProblem('1:2', { file: 'file:///no' })], files);
  expect([...lines]).toEqual([['file:///w/a.yaml', ['one', 'two']]]);
});

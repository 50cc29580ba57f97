import { describe, expect, it } from 'vitest';
import { fitText, printable, textWidth, wantsColors } from '../../../../src/cli/output/style';

describe('wantsColors', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ])('for %j on a terminal (%s) is %s', (env, isTerminal, expected) => {
    expect(wantsColors(env, isTerminal)).toBe(expected);
  });
});

describe('printable', () => {
  it('escapes control characters and keeps letters, marks and emoji', () => {
    expect(printable('a é 表 👩‍🔧\tb')).toBe('a é 表 👩‍🔧 b');
    expect(printable('a\nb\r\u001b[2J\u061c\ud800')).toBe('a\\nb\\u000d\\u001b[2J\\u061c\\ud800');
  });
});

describe('fitText', () => {
  it('counts columns, not characters', () => {
    expect(textWidth('表e\u0301x')).toBe(4);
    expect(fitText('abcdef', 6)).toBe('abcdef');
    expect(fitText('abcdef', 4)).toBe('abc…');
    expect(fitText('表表表', 5)).toBe('表表…');
    expect(fitText('abcdef', 4, 'end')).toBe('…def');
  });
});

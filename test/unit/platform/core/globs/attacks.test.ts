import { describe, expect, it } from 'vitest';
import {
  Glob,
  isTooComplex,
  PicomatchGlob,
  readIgnoreRules,
} from '../../../../../src/platform/core/globs';
import { MinimatchGlob } from '../../../../../src/platform/core/globs/minimatchGlob';
import { StepMeter } from '../../../../../src/platform/core/globs/stepMeter';
import { StepsSpentError } from '../../../../../src/platform/core/linearRegExp';

function nested(count: number, open: string, content = 'a'): string {
  return open.repeat(count) + content + ')'.repeat(count);
}

const NAME = 'a'.repeat(200);
const MIXED = 'ab'.repeat(120);
const DEEP = `${'a/'.repeat(60)}c`;

/** Patterns that can divide a text among their parts in too many ways to try, and whether they match. */
const ATTACKS: readonly (readonly [
  title: string,
  pattern: string,
  path: string,
  isMatch: boolean,
])[] = [
  ['wildcards in a name', `${'*a'.repeat(12)}*b`, NAME, false],
  ['folders', `${'**/a*/'.repeat(9)}b`, DEEP, false],
  ['folders and a name', `${'**/'.repeat(60)}*a*a*b`, `${'a/'.repeat(60)}${NAME}`, false],
  ['wildcards in wildcards', '*(*a)b', NAME, false],
  ['wildcards at an end', '+(a*)b', NAME, false],
  ['the same twice', '*([a-b]|a)c', NAME, false],
  ['a class and its member', '+(a|[a])b', NAME, false],
  ['common prefixes', '+(@(a|aa))b', NAME, false],
  ['options', `${'?(a)'.repeat(25)}b`, NAME, false],
  ['exceptions', `${'!(b)'.repeat(8)}c`, NAME, false],
  ['exceptions again and again', '+(!(b))c', NAME, false],
  ['exceptions with paths', `${'!(b/c)/'.repeat(8)}d`, DEEP, false],
  ['nested exceptions', `${nested(50, '!(')}b`, NAME, false],
  ['nested exceptions after wildcards', `${nested(8, '*!(*a')}c`, MIXED, false],
  ['escapes between wildcards', `${'*\\a'.repeat(8)}b`, NAME, false],
  ['nested repetitions', `${nested(50, '*(')}b`, NAME, false],
  ['nested repetitions of choices', `${nested(50, '+(a|')}b`, NAME, false],
  ['classes', `${'*[a-b]'.repeat(40)}c`, MIXED, false],
  ['nested alternatives', `${'{a,'.repeat(40)}a${'}'.repeat(40)}b`, NAME, false],
  ['far ends', `*a${'?'.repeat(39)}`, MIXED, true],
  ['a group that never closes', '+(a', NAME, false],
];

describe('patterns that cause backtracking in other matchers', () => {
  it.each(ATTACKS)('match %s in few steps', (_, pattern, path, isMatch) => {
    for (const glob of [new PicomatchGlob(pattern), new MinimatchGlob(pattern)]) {
      const budget = { left: 200_000 };
      expect(glob.matches(path, budget)).toBe(isMatch);
    }
    expect(isTooComplex(pattern)).toBe(false);
    expect(new Glob(pattern).test(path)).toBe(isMatch);
  });

  it('take linear steps for a longer path', () => {
    const glob = new PicomatchGlob(`${'*a'.repeat(12)}*b`);
    const stepsFor = (path: string): number => {
      const budget = { left: 10_000_000 };
      glob.matches(path, budget);
      return 10_000_000 - budget.left;
    };
    stepsFor('a'.repeat(100));
    expect(stepsFor('a'.repeat(20_000))).toBeLessThan(25 * stepsFor('a'.repeat(1000)));
  });

  it.each(['services/**', '**/*.yml', 'a/**/b*'])(
    'take about one step per character of a path: %s',
    pattern => {
      const glob = new PicomatchGlob(pattern);
      const path = `services${'/a-longer-name'.repeat(20)}`;
      glob.matches(path, { left: Infinity });
      expect(() => glob.matches(path, { left: path.length * 1.5 })).not.toThrow();
    },
  );

  it('match alternatives without expanding them', () => {
    const glob = new PicomatchGlob('{a,b}'.repeat(30));
    const budget = { left: 20_000 };
    expect(glob.matches('ab'.repeat(15), budget)).toBe(true);
    expect(glob.matches(`${'ab'.repeat(14)}ac`, budget)).toBe(false);
  });

  it.each([
    ['more than 1000 alternatives', '{a,b}'.repeat(30)],
    ['a long range', '{1..100000}'],
    ['more than 4096 characters', `${'a'.repeat(5000)}*`],
    ['more than 256 groups in a name', '@(a)'.repeat(300)],
  ])("are rejected with %s in Backstage's globs", (_, pattern) => {
    expect(isTooComplex(pattern)).toBe(true);
    const glob = new Glob(pattern);
    expect([glob.test('a'), glob.isTooComplex]).toEqual([false, true]);
  });

  it.each([
    ['more than 4096 characters', `${'a'.repeat(5000)}*`],
    ['more than 50 groups', nested(51, '+(')],
    ['references to groups', '(a)\\1'],
  ])('are rejected with %s in settings', (_, pattern) => {
    expect(() => new PicomatchGlob(pattern)).toThrow();
  });
});

describe('rules of a .gitignore', () => {
  it.each([
    ['wildcards in a name', `${'*a'.repeat(12)}*b`, NAME, false],
    ['folders', `/${'**/a*/'.repeat(9)}b`, DEEP, false],
    ['many folders', `${'**/'.repeat(200)}c`, DEEP, true],
    ['classes', `${'*[a-b]'.repeat(100)}c`, MIXED, false],
    ['wildcards between characters', `${'*?'.repeat(100)}`, NAME, true],
  ])('match %s in few steps', (_, rule, path, isMatch) => {
    const skipped: string[] = [];
    const rules = readIgnoreRules(rule, text => skipped.push(text));
    for (let count = 0; count < 100; count++) {
      expect(rules.match(path, false)).toBe(isMatch ? 'ignored' : undefined);
    }
    expect(skipped).toEqual([]);
  });

  it('skip and report an overlong rule', () => {
    const skipped: string[] = [];
    const rules = readIgnoreRules(`${'é'.repeat(4000)}\n*.log`, text => skipped.push(text));
    expect(skipped).toEqual(['é'.repeat(4000)]);
    expect(rules.match('a.log', false)).toBe('ignored');
  });
});

describe('step meter', () => {
  const greedy = {
    text: 'greedy',
    matches: (_: string, budget: { left: number }) => {
      budget.left -= 10_000;
      if (budget.left < 0) throw new StepsSpentError();
      return true;
    },
  };

  it('drops the most expensive pattern and keeps the others', () => {
    const dropped: string[] = [];
    const meter = new StepMeter(pattern => dropped.push(pattern));
    const modest = new PicomatchGlob('*b');
    const matched = Array.from({ length: 1000 }, () => [
      meter.matches(modest, 'ab'),
      meter.matches(greedy, 'ab'),
    ]);
    expect(dropped).toEqual(['greedy']);
    expect(matched.every(([isMatch]) => isMatch)).toBe(true);
    expect([matched[0], matched.at(-1)]).toEqual([
      [true, true],
      [true, false],
    ]);
  });
});

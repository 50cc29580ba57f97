import { describe, expect, it } from 'vitest';
import {
  effectTables,
  librariesTable,
  replacePart,
  settingsTable,
} from '../../../scripts/lib/trustTables.mjs';

type Found = Parameters<typeof effectTables>[0];

const row: Found['rows'][number] = {
  kind: 'process',
  what: 'git',
  by: ['a trusted workspace'],
  effect: 'gitHistory',
  guard: 'src/guard.ts#mayRun',
  tests: ['test/a.test.ts'],
  places: ['src/git.ts'],
};
const files = new Map([
  ['src/guard.ts', 'if (!mayRun()) return;'],
  ['test/a.test.ts', ''],
  ['test/support/a.ts', ''],
]);
const whole: Found = {
  rows: [row],
  places: [{ kind: 'process', file: 'src/git.ts', names: ['spawn'] }],
  effects: ['gitHistory'],
  guardedSettings: ['callboard.user'],
  texts: new Map([['src/features/a/vscode/a.ts', "if (mayCause('gitHistory')) git();"]]),
  read: path => files.get(path),
};
const problemsOf = (changes: Partial<Found>): readonly string[] =>
  effectTables({ ...whole, ...changes }).problems;
const problemsOfRow = (changes: Partial<typeof row>): readonly string[] =>
  problemsOf({ rows: [{ ...row, ...changes }] });

describe('tables of effects', () => {
  it('have no problems if they are complete', () => {
    const { text, problems } = effectTables(whole);
    expect(problems).toEqual([]);
    expect(text).toContain(
      "| git | a trusted workspace | `mayCause('gitHistory')`; `mayRun` in `guard.ts` | `a.test.ts` | `git.ts` |",
    );
  });

  it('report a place without a row of its kind', () => {
    const place = { kind: 'write' as const, file: 'src/git.ts', names: ['rm'] };
    expect(problemsOf({ places: [...whole.places, place] })).toEqual([
      'src/git.ts (rm) has no row of kind "write".',
    ]);
  });

  it.each([
    [{ places: ['src/git.ts', 'src/gone.ts'] }, 'src/gone.ts has no such effect.'],
    [{ guard: 'src/gone.ts#mayRun' }, 'there is no mayRun in src/gone.ts.'],
    [{ guard: 'src/guard.ts#isTrusted' }, 'there is no isTrusted in src/guard.ts.'],
    [{ tests: ['test/gone.test.ts'] }, 'test/gone.test.ts is no test.'],
    [{ tests: ['test/support/a.ts'] }, 'test/support/a.ts is no test.'],
    [{ tests: [] }, 'it has no test.'],
    [{ settings: ['callboard.docs.builder'] }, 'callboard.docs.builder is no guarded setting.'],
  ])('report a row that is out of date: %j', (changes, problem) => {
    expect(problemsOfRow(changes)).toEqual([`"git": ${problem}`]);
  });

  it('report an unguarded row that a workspace can cause', () => {
    expect(problemsOfRow({ effect: undefined })).toEqual([
      '"git": nothing withholds it from untrusted workspaces.',
      '"gitHistory" has no row.',
    ]);
    expect(problemsOfRow({ effect: undefined, settings: ['callboard.user'] })).toEqual([
      '"gitHistory" has no row.',
    ]);
  });

  it('report a file that uses an effect without a guard', () => {
    const texts = new Map([
      ...whole.texts,
      ['src/features/a/vscode/b.ts', "mayCause('mkdocs') && git();"],
      ['src/features/a/vscode/desktop/a.ts', 'git();'],
    ]);
    expect(problemsOf({ rows: [{ ...row, entries: ['git'] }], texts })).toEqual([
      `"git": src/features/a/vscode/b.ts uses git without asking mayCause('gitHistory').`,
    ]);
  });

  it('report an effect without a guard', () => {
    expect(problemsOf({ texts: new Map([['a.ts', 'mayCause(effect)']]) })).toEqual([
      "Nothing asks mayCause('gitHistory').",
    ]);
  });
});

describe('table of settings', () => {
  const settings = { 'a.b': { scope: 'window' }, 'a.c': { scope: 'machine' } };
  const guarded = { trusted: ['a.b'], user: ['a.c'] };

  it('lists the scope and the reason of each setting', () => {
    const { text, problems } = settingsTable(settings, guarded, { 'a.b': 'B', 'a.c': 'C' });
    expect(problems).toEqual([]);
    expect(text.split('\n').slice(2)).toEqual([
      '| `a.b` | window | a trusted workspace | B |',
      '| `a.c` | machine | the user alone | C |',
    ]);
  });

  it('reports a setting without a reason and a reason without a setting', () => {
    expect(settingsTable(settings, guarded, { 'a.b': 'B', 'a.d': 'D' }).problems).toEqual([
      'a.c has no reason in scripts/trust/settings.mjs.',
      'scripts/trust/settings.mjs has a reason for a.d, which is no setting.',
    ]);
  });
});

it('reports a bundled package without a row, and a row without a package', () => {
  const libraries = [
    { name: 'a', uses: ['fs'] },
    { name: 'b', uses: ['net'] },
  ];
  const { text, problems } = librariesTable(libraries, { a: 'Reads.', c: 'Nothing.' });
  expect(text).toContain('| `a` | `fs` | Reads. |');
  expect(problems).toEqual([
    'b (net) has no row in scripts/trust/libraries.mjs.',
    'scripts/trust/libraries.mjs has a row for c, which has no effects.',
  ]);
});

it('replaces only the named part of a document', () => {
  const before = 'A\n\n<!-- x: npm run trust -->\n\nold\n\n<!-- end of x -->\n\nB\n';
  expect(replacePart(before, 'x', 'new')).toBe(before.replace('old', 'new'));
  expect(() => replacePart(before, 'y', 'new')).toThrow('no part "y"');
});

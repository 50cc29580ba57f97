import { describe, expect, it } from 'vitest';
import {
  globPaths,
  type GlobbedTree,
} from '../../../../../../src/features/scaffolder/core/actions/globFiles';
import { InputError } from '../../../../../../src/features/scm/core/forgeFiles';

const treeOf = (...paths: readonly string[]): GlobbedTree => {
  const folders = new Set(
    paths.flatMap(path => {
      const segments = path.split('/').slice(0, -1);
      return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
    }),
  );
  return {
    entries: [
      ...[...folders].map(path => ({ path, isDirectory: true })),
      ...paths.map(path => ({ path, isDirectory: false })),
    ],
    isDirectory: path => folders.has(path),
  };
};

const tree = treeOf(
  ...['a.txt', 'b.md', 'c.TXT', '.dot', 'dir/a.txt', 'dir/sub/a.txt', 'dir/sub/.h'],
  ...['.github/ci.yml', '[id].ts', '(g)/p.ts', '!bang', 'a{b}.c', 'one/x', 'two/x'],
);

const find = (...patterns: readonly string[]): readonly string[] =>
  [...globPaths(patterns, tree, { onlyFiles: true })].sort();

describe('patterns find', () => {
  it.each([
    ['a file by its name', ['a.txt'], ['a.txt']],
    ['names with wildcards', ['*.txt'], ['a.txt']],
    ['names at any depth', ['**/*.txt'], ['a.txt', 'dir/a.txt', 'dir/sub/a.txt']],
    ['names with a dot before them', ['.*'], ['.dot']],
    ['all in a folder', ['dir/sub'], ['dir/sub/.h', 'dir/sub/a.txt']],
    [
      'all files in a folder with a trailing slash',
      ['./dir/sub/'],
      ['dir/sub/.h', 'dir/sub/a.txt'],
    ],
    ['files in one folder only', ['dir/*'], ['dir/a.txt']],
    ['one or the other', ['{one,two}/x'], ['one/x', 'two/x']],
    ['alternatives in alternatives', ['{a.{txt,md},b.{md,txt}}'], ['a.txt', 'b.md']],
    ['one character of several', ['[ab].*'], ['a.txt', 'b.md']],
    ['one character that is not among several', ['[!a].md'], ['b.md']],
    ['a class of characters', ['[[:alpha:]].md'], ['b.md']],
    ['escaped names', ['\\[id\\].ts', '\\(g\\)/*'], ['(g)/p.ts', '[id].ts']],
    ['parts of names', ['@(a|b).*'], ['a.txt', 'b.md']],
    ['a name that is spelled like the pattern', ['[id].ts'], ['[id].ts']],
    ['double slashes as one', ['dir//a.txt'], ['dir/a.txt']],
  ] as const)('%s', (_, patterns, expected) => {
    expect(find(...patterns)).toEqual(expected);
  });

  it.each([
    ['another case', ['A.txt']],
    ['literal parentheses', ['(g)/p.ts']],
    ['another way to a file', ['./a.txt', 'dir/../a.txt', 'dir/./a.txt']],
    ['files outside', ['/a.txt', '../a.txt', '/**', '../**']],
    ['paths below a file', ['a.txt/', 'a.txt/**']],
    ['an empty alternative', ['{,none}']],
  ] as const)("don't find %s", (_, patterns) => {
    expect(find(...patterns)).toEqual([]);
  });

  it('exclude files by later patterns with !', () => {
    expect(find('**/*.txt', '!dir/sub/**')).toEqual(['a.txt', 'dir/a.txt']);
    expect(find('**/*.txt', '!dir/sub')).toEqual(['a.txt', 'dir/a.txt']);
    expect(find('**/*.txt', '!**/sub')).toEqual(['a.txt', 'dir/a.txt']);
    expect(find('!a.txt', '*.txt')).toEqual(['a.txt']);
    expect(find('*', '!*', 'a.txt')).toEqual(['a.txt']);
    expect(find('**', '!')).toEqual([]);
  });

  it('find folders if requested', () => {
    const all = (...patterns: readonly string[]): readonly string[] =>
      globPaths(patterns, tree, { onlyFiles: false });
    expect(all('*/')).toEqual(['dir', '.github', '(g)', 'one', 'two']);
    expect(all('dir/**')).toEqual(['dir/sub', 'dir/a.txt', 'dir/sub/a.txt', 'dir/sub/.h']);
    expect(all('**/sub/')).toEqual(['dir/sub']);
    expect(all('{one,two}/**')).toEqual(['one/x', 'two/x']);
  });

  it('match paths with many wildcards', () => {
    const shared = treeOf(
      ...['src/app.module.test.ts', 'a/b/c/d/e.ts', 'my-long_file name@2x.png', 'é-à-ü-ö.md'],
      ...['😀-😀-😀.md', '.a.b.c.d', 'a]b-c^d.e'],
    );
    const found = (pattern: string): readonly string[] =>
      globPaths([pattern], shared, { onlyFiles: true });
    expect(found('**/*.*.*.*')).toEqual(['src/app.module.test.ts', '.a.b.c.d']);
    expect(found('*/**/*/**/d/**/*')).toEqual(['a/b/c/d/e.ts']);
    expect(found('*-*_* *@*.png')).toEqual(['my-long_file name@2x.png']);
    expect(found('é*-*-*-*')).toEqual(['é-à-ü-ö.md']);
    expect(found('😀*😀*😀*.*')).toEqual(['😀-😀-😀.md']);
    expect(found('*[\\]]*[-]*[\\^]*[.]*')).toEqual(['a]b-c^d.e']);
    expect(found('@(x|.)*.*.*.*')).toEqual(['.a.b.c.d']);
  });

  // Exponential time would never end.
  it('match where other matchers backtrack', () => {
    const long = treeOf(`${'a'.repeat(200)}c`, `${'a/'.repeat(100)}c`, 'aaaaaaaaab', 'x');
    const found = (pattern: string): readonly string[] =>
      globPaths([pattern], long, { onlyFiles: true });
    expect(found('*a*a*a*a*a*a*a*a*a*b')).toEqual(['aaaaaaaaab']);
    expect(found(`${'**/'.repeat(20)}x`)).toEqual(['x']);
    expect(found(`${'**/a/'.repeat(9)}b`)).toEqual([]);
    for (const pattern of ['*(*a)b', '@(a|aa)+b', '@(a+|b)+b', '*([a-b]|a)b']) {
      expect(found(pattern)).toEqual(['aaaaaaaaab']);
    }
  });

  it('are rejected above the limits', () => {
    for (const pattern of [
      `${'{a,b}'.repeat(30)}`,
      `${'{'.repeat(3000)}${'{a,b}'.repeat(9)}`,
      `${'{'.repeat(2000)}${','.repeat(2000)}`,
      `${'+(a'.repeat(40)}${')'.repeat(40)}{${'a,'.repeat(900)}b}`,
      'x'.repeat(5000) + '*',
    ]) {
      expect(() => find(pattern), pattern.slice(0, 20)).toThrow(InputError);
    }
  });

  it('find nothing with many wildcards in many files', () => {
    const large = treeOf(...Array.from({ length: 2000 }, (_, n) => `${'ab'.repeat(90)}${n}`));
    expect(globPaths([`*${'a*b*'.repeat(60)}x`], large, { onlyFiles: true })).toEqual([]);
  });
});

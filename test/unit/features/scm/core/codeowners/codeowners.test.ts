import { describe, expect, it } from 'vitest';
import {
  type CodeownersDialect,
  ownersOfPath,
  parseCodeowners,
} from '../../../../../../src/features/scm/core/codeowners';

function owners(text: string, path: string, dialect: CodeownersDialect = 'github'): string {
  return ownersOfPath(parseCodeowners(text, dialect).rules, path).owners.join(' ');
}

/** Patterns of GitHub's "About code owners", with the matches that it describes. */
const documented: readonly [pattern: string, matches: readonly string[], not: readonly string[]][] =
  [
    ['*', ['a', 'a/b/c.txt', '.github/x'], []],
    ['*.js', ['a.js', 'src/deep/b.js'], ['a.jsx', 'js']],
    ['/build/logs/', ['build/logs/a', 'build/logs/deep/b'], ['build/logs', 'x/build/logs/a']],
    ['docs/*', ['docs/getting-started.md'], ['docs/build-app/troubleshooting.md', 'x/docs/a.md']],
    ['apps/', ['apps/a', 'deep/apps/b/c'], ['apps', 'appsx/a']],
    ['/docs/', ['docs/a', 'docs/b/c'], ['x/docs/a']],
    ['**/logs', ['build/logs/a', 'logs/a', 'deeply/nested/logs/x/y', 'a/logs'], ['logsx/a']],
    ['/apps/github', ['apps/github', 'apps/github/a/b'], ['apps/githubx', 'apps/other']],
    ['apps/**', ['apps/a', 'apps/a/b'], ['apps', 'x/apps/a']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b/c'], ['a/x', 'x/a/b']],
    ['docs/*/readme.md', ['docs/a/readme.md'], ['docs/readme.md', 'docs/a/b/readme.md']],
    ['file?.txt', ['file1.txt', 'x/file2.txt'], ['file.txt', 'file12.txt']],
    ['README', ['README', 'x/README', 'README/below'], ['readme', 'README.md']],
    ['with\\ blank/', ['with blank/a'], ['with/a']],
    ['*a*b*c', ['xaxbxc', 'abc'], ['acb', 'ab']],
    ['/', ['a', 'b/c'], []],
    ['**', ['a', 'b/c'], []],
  ];

describe('CODEOWNERS pattern', () => {
  it.each(documented)('%s', (pattern, matches, not) => {
    const text = `${pattern} @owner\n`;
    expect(matches.filter(path => owners(text, path) !== '@owner')).toEqual([]);
    expect(not.filter(path => owners(text, path) !== '')).toEqual([]);
  });

  it('takes linear time with many wildcards', () => {
    const path = `${'a'.repeat(200)}/`.repeat(20);
    const steps = '*a'.repeat(300);
    expect(owners(`${`${steps}/**/`.repeat(50)}${steps}b @owner`, `${path}c`)).toBe('');
  });
});

describe('owners of a file', () => {
  it('come from the last matching line', () => {
    const text = '* @everyone\n*.js @js\n/src/ @src\n';
    expect(owners(text, 'a.js')).toBe('@js');
    expect(owners(text, 'src/a.js')).toBe('@src');
    expect(owners(text, 'README.md')).toBe('@everyone');
  });

  it('are empty if the last matching line has none', () => {
    const text = '/apps/ @octocat\n/apps/github\n';
    expect(owners(text, 'apps/a')).toBe('@octocat');
    expect(owners(text, 'apps/github/a')).toBe('');
  });

  it('can be users, teams and email addresses before a comment', () => {
    const text = '# all\n\n* @user @org/team-a name@example.com # not @these\r\n';
    expect(owners(text, 'a')).toBe('@user @org/team-a name@example.com');
  });

  it('have the number of their line', () => {
    const { rules } = parseCodeowners('# first\n* @a\n/b @b\n', 'github');
    expect(ownersOfPath(rules, 'b').line).toBe(2);
    expect(ownersOfPath(rules, 'c').line).toBe(1);
    expect(ownersOfPath([], 'c')).toEqual({ owners: [], line: undefined, isCatchAll: false });
    expect(['b', 'c'].map(path => ownersOfPath(rules, path).isCatchAll)).toEqual([false, true]);
  });

  it('of GitHub skip invalid lines, which are reported', () => {
    const text = '* @all\n!a @x\n\\#b @x\nc[0-9] @x\nd nobody\n';
    expect(['a', '#b', 'c1', 'd'].map(path => owners(text, path))).toEqual(
      Array.from({ length: 4 }, () => '@all'),
    );
    expect(parseCodeowners(text, 'github').skipped.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  });
});

describe('CODEOWNERS of GitLab', () => {
  const of = (text: string, path: string): string => owners(text, path, 'gitlab');

  it('applies default owners of a section to lines without owners', () => {
    const text = '[Docs][2] @writers\n/docs/\n/docs/api/ @api\n';
    expect(of(text, 'docs/a.md')).toBe('@writers');
    expect(of(text, 'docs/api/a.md')).toBe('@api');
  });

  it('merges the owners of all sections', () => {
    const text = '* @all\n\n[Docs]\n*.md @writers\n\n^[Optional]\n/docs/ @all @maybe\n';
    expect(of(text, 'docs/a.md')).toBe('@all @writers @maybe');
    expect(of(text, 'a.ts')).toBe('@all');
  });

  it('merges sections of the same name', () => {
    const text = '[Docs]\n*.md @first\n[Other]\n*.md @other\n[DOCS]\n*.md @second\n';
    expect(of(text, 'a.md')).toBe('@other @second');
  });

  it('skips invalid owners, and reads escapes and exclusions', () => {
    const text = '* @all\n\\#a @x nobody\n!*.lock\n';
    expect(of(text, '#a')).toBe('@x');
    expect(of(text, 'deep/b.lock')).toBe('');
  });

  it('anchors only patterns that start with /, and matches files by name', () => {
    expect(of('docs/a.md @x', 'deep/docs/a.md')).toBe('@x');
    expect(of('/docs/a.md @x', 'deep/docs/a.md')).toBe('');
    expect(of('lib @x', 'lib/a')).toBe('');
    expect(of('lib/ @x', 'deep/lib/a/b')).toBe('@x');
  });
});

import { describe, expect, it } from 'vitest';
import {
  type CodeownersDialect,
  ownersOfPath,
  parseCodeowners,
} from '../../../../../../src/features/scm/core/codeowners';

function owners(text: string, path: string, dialect: CodeownersDialect = 'github'): string {
  return ownersOfPath(parseCodeowners(text, dialect).rules, path).owners.join(' ');
}

/** The cases of GitHub's "About code owners", each pattern with what the text there says of it. */
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

describe('A pattern of CODEOWNERS', () => {
  it.each(documented)('%s', (pattern, matches, not) => {
    const text = `${pattern} @owner\n`;
    expect(matches.filter(path => owners(text, path) !== '@owner')).toEqual([]);
    expect(not.filter(path => owners(text, path) !== '')).toEqual([]);
  });

  it('takes time in proportion to its length, however many wildcards it has', () => {
    const path = `${'a'.repeat(200)}/`.repeat(20);
    const steps = '*a'.repeat(300);
    expect(owners(`${`${steps}/**/`.repeat(50)}${steps}b @owner`, `${path}c`)).toBe('');
  });
});

describe('The owners of a file', () => {
  it('are those of the last line that matches', () => {
    const text = '* @everyone\n*.js @js\n/src/ @src\n';
    expect(owners(text, 'a.js')).toBe('@js');
    expect(owners(text, 'src/a.js')).toBe('@src');
    expect(owners(text, 'README.md')).toBe('@everyone');
  });

  it('are nobody where the last line that matches names nobody', () => {
    const text = '/apps/ @octocat\n/apps/github\n';
    expect(owners(text, 'apps/a')).toBe('@octocat');
    expect(owners(text, 'apps/github/a')).toBe('');
  });

  it('can be users, teams and e-mail addresses, up to a comment', () => {
    const text = '# all\n\n* @user @org/team-a name@example.com # not @these\r\n';
    expect(owners(text, 'a')).toBe('@user @org/team-a name@example.com');
  });

  it('come from the line that is named', () => {
    const { rules } = parseCodeowners('# first\n* @a\n/b @b\n', 'github');
    expect(ownersOfPath(rules, 'b').line).toBe(2);
    expect(ownersOfPath(rules, 'c').line).toBe(1);
    expect(ownersOfPath([], 'c')).toEqual({ owners: [], line: undefined, isCatchAll: false });
    expect(['b', 'c'].map(path => ownersOfPath(rules, path).isCatchAll)).toEqual([false, true]);
  });

  it('of GitHub come from no line with a mistake, which is told', () => {
    const text = '* @all\n!a @x\n\\#b @x\nc[0-9] @x\nd nobody\n';
    expect(['a', '#b', 'c1', 'd'].map(path => owners(text, path))).toEqual(
      Array.from({ length: 4 }, () => '@all'),
    );
    expect(parseCodeowners(text, 'github').skipped.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  });
});

describe('CODEOWNERS of GitLab', () => {
  const of = (text: string, path: string): string => owners(text, path, 'gitlab');

  it('gives the default owners of a section to lines without any', () => {
    const text = '[Docs][2] @writers\n/docs/\n/docs/api/ @api\n';
    expect(of(text, 'docs/a.md')).toBe('@writers');
    expect(of(text, 'docs/api/a.md')).toBe('@api');
  });

  it('puts the owners of its sections together', () => {
    const text = '* @all\n\n[Docs]\n*.md @writers\n\n^[Optional]\n/docs/ @all @maybe\n';
    expect(of(text, 'docs/a.md')).toBe('@all @writers @maybe');
    expect(of(text, 'a.ts')).toBe('@all');
  });

  it('goes on with a section of the same name', () => {
    const text = '[Docs]\n*.md @first\n[Other]\n*.md @other\n[DOCS]\n*.md @second\n';
    expect(of(text, 'a.md')).toBe('@other @second');
  });

  it('passes over owners that are none, and reads escapes and exclusions', () => {
    const text = '* @all\n\\#a @x nobody\n!*.lock\n';
    expect(of(text, '#a')).toBe('@x');
    expect(of(text, 'deep/b.lock')).toBe('');
  });

  it('ties only patterns that start with / to the root, and files to their name', () => {
    expect(of('docs/a.md @x', 'deep/docs/a.md')).toBe('@x');
    expect(of('/docs/a.md @x', 'deep/docs/a.md')).toBe('');
    expect(of('lib @x', 'lib/a')).toBe('');
    expect(of('lib/ @x', 'deep/lib/a/b')).toBe('@x');
  });
});

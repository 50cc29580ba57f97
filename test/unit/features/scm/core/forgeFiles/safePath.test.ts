import { describe, expect, it } from 'vitest';
import {
  InputError,
  joinPath,
  NotAllowedError,
  safeChildPath,
} from '../../../../../../src/features/scm/core/forgeFiles';

const FOLDER = '/tmp/task';

describe('a path in a folder', () => {
  it.each([
    ['a/b', 'a/b'],
    ['./a//b/', 'a/b'],
    ['a/../b', 'b'],
    ['', ''],
    ['.', ''],
    ['a/..', ''],
    ['/tmp/task/a', 'a'],
    ['a/..b', 'a/..b'],
    ['C:\\x', 'C:\\x'],
    ['a\\..\\..\\b', 'a\\..\\..\\b'],
    ['%2e%2e/a', '%2e%2e/a'],
    ['~/a', '~/a'],
    ['e\u0301', 'e\u0301'],
  ])('%j is %j', (path, expected) => {
    expect(safeChildPath(FOLDER, path)).toBe(expected);
  });

  it.each([
    '..',
    '../',
    '../a',
    'a/../..',
    'a/../../b',
    './../task2',
    '/',
    '/etc/passwd',
    '/tmp/task2',
    '/tmp/task/../task2/a',
    '//tmp//task/..',
    '..\\a',
    '...',
    `${'a/'.repeat(50)}${'../'.repeat(51)}b`,
  ])('%j leads out of it', path => {
    expect(() => safeChildPath(FOLDER, path)).toThrow(NotAllowedError);
  });

  it('has no null bytes in it', () => {
    expect(() => safeChildPath(FOLDER, 'a\0/../..')).toThrow(InputError);
  });

  it('writes halves of characters as they come out on disk', () => {
    expect(safeChildPath(FOLDER, 'a\ud800/b\udc00')).toBe('a\ufffd/b\ufffd');
    expect(safeChildPath(FOLDER, '😀')).toBe('😀');
  });

  it('is refused where no file system takes a name of it', () => {
    expect(safeChildPath(FOLDER, `a/${'ü'.repeat(127)}b`)).toContain('ü');
    expect(() => safeChildPath(FOLDER, `a/${'ü'.repeat(128)}/b`)).toThrow(
      `ENAMETOOLONG: name too long, lstat '/tmp/task/a/${'ü'.repeat(128)}'`,
    );
  });

  it('is refused where no file system takes it as a whole', () => {
    const folders = 'd/'.repeat(2042);
    expect(safeChildPath(FOLDER, `${folders}a`)).toHaveLength(4085);
    expect(() => safeChildPath(FOLDER, `${folders}ab`)).toThrow(
      `ENAMETOOLONG: name too long, open '/tmp/task/${folders}ab'`,
    );
    expect(() => safeChildPath(FOLDER, `${folders}ab/x`)).toThrow(
      `ENAMETOOLONG: name too long, mkdir '/tmp/task/${folders}ab'`,
    );
  });

  it('may lie in the root', () => {
    expect(safeChildPath('/', '/a/b')).toBe('a/b');
  });
});

it('joins what may be the folder itself', () => {
  expect([joinPath('', 'a'), joinPath('a', ''), joinPath('a', 'b')]).toEqual(['a', 'a', 'a/b']);
});

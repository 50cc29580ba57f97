import { describe, expect, it } from 'vitest';
import {
  InputError,
  joinPath,
  NotAllowedError,
  safeChildPath,
} from '../../../../../../src/features/scm/core/forgeFiles';

const FOLDER = '/tmp/task';

describe('safeChildPath', () => {
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
  ])('%j returns %j', (path, expected) => {
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
  ])('rejects %j', path => {
    expect(() => safeChildPath(FOLDER, path)).toThrow(NotAllowedError);
  });

  it('rejects null bytes', () => {
    expect(() => safeChildPath(FOLDER, 'a\0/../..')).toThrow(InputError);
  });

  it('replaces lone surrogates as file systems do', () => {
    expect(safeChildPath(FOLDER, 'a\ud800/b\udc00')).toBe('a\ufffd/b\ufffd');
    expect(safeChildPath(FOLDER, '😀')).toBe('😀');
  });

  it('rejects names that are too long for file systems', () => {
    expect(safeChildPath(FOLDER, `a/${'ü'.repeat(127)}b`)).toContain('ü');
    expect(() => safeChildPath(FOLDER, `a/${'ü'.repeat(128)}/b`)).toThrow(
      `ENAMETOOLONG: name too long, lstat '/tmp/task/a/${'ü'.repeat(128)}'`,
    );
  });

  it('rejects paths that are too long for file systems', () => {
    const folders = 'd/'.repeat(2042);
    expect(safeChildPath(FOLDER, `${folders}a`)).toHaveLength(4085);
    expect(() => safeChildPath(FOLDER, `${folders}ab`)).toThrow(
      `ENAMETOOLONG: name too long, open '/tmp/task/${folders}ab'`,
    );
    expect(() => safeChildPath(FOLDER, `${folders}ab/x`)).toThrow(
      `ENAMETOOLONG: name too long, mkdir '/tmp/task/${folders}ab'`,
    );
  });

  it('accepts paths in the root', () => {
    expect(safeChildPath('/', '/a/b')).toBe('a/b');
  });
});

it('joinPath omits an empty part', () => {
  expect([joinPath('', 'a'), joinPath('a', ''), joinPath('a', 'b')]).toEqual(['a', 'a', 'a/b']);
});

import { describe, expect, it } from 'vitest';
import { outputSegments } from '../../../../src/base';

const onWindows = { isWindows: true };
const elsewhere = { isWindows: false };

describe('output path', () => {
  it('is split into names', () => {
    expect(outputSegments('a/./b//c.txt', elsewhere)).toEqual(['a', 'b', 'c.txt']);
    expect(outputSegments('..a/b..', elsewhere)).toEqual(['..a', 'b..']);
  });

  it.each(['', '.', '/', '/a', '..', 'a/../b', 'a/..', '../a', 'a\0b'])(
    'must not leave its folder: %j',
    path => {
      expect(() => outputSegments(path, elsewhere)).toThrow('leads out of the folder');
    },
  );

  it.each(['a\\..\\..\\b', 'C:', 'C:/x', 'a.txt:stream', 'a/.git::$INDEX_ALLOCATION'])(
    'must not leave its folder by Windows syntax: %j',
    path => {
      expect(() => outputSegments(path, onWindows)).toThrow('leads out of the folder');
      expect(outputSegments(path, elsewhere)).toEqual(path.split('/'));
    },
  );

  it.each([
    'CON',
    'con.txt',
    'a/nul',
    'Aux .js',
    'LPT1.a.b',
    'com²',
    'conin$',
    'name.',
    'a. /b',
    'a ',
    'what?',
    'a*',
    '<a>',
    'a|b',
    'a"',
    'a\u0007',
  ])('must not name a different file on Windows: %j', path => {
    expect(() => outputSegments(path, onWindows)).toThrow(/Windows takes no file of the name/);
    expect(outputSegments(path, elsewhere)).toEqual(path.split('/'));
  });

  it('may resemble names that Windows reserves', () => {
    const names = ['console', 'com', 'com10', 'nullable.txt', '.a', 'a.b', 'x.con'];
    expect(outputSegments(names.join('/'), onWindows)).toEqual(names);
  });
});

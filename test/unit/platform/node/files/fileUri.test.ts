import { describe, expect, it } from 'vitest';
import { fileUriToPath, pathToFileUri } from '../../../../../src/platform/node';

const posix = { windows: false };
const windows = { windows: true };

describe('file URIs and paths', () => {
  it.each([
    ['/', 'file:///'],
    ['/a/b.yaml', 'file:///a/b.yaml'],
    ['/a b/ü#?%25.yaml', 'file:///a%20b/%C3%BC%23%3F%2525.yaml'],
    ['/back\\slash', 'file:///back%5Cslash'],
  ])('convert %s to %s and back', (path, uri) => {
    expect(pathToFileUri(path, posix)).toBe(uri);
    expect(fileUriToPath(uri, posix)).toBe(path);
  });

  it.each([
    ['c:\\', 'file:///c%3A'],
    ['c:\\a b\\c.yaml', 'file:///c%3A/a%20b/c.yaml'],
    ['\\\\server\\share\\a.yaml', 'file://server/share/a.yaml'],
  ])('convert %s to %s and back on Windows', (path, uri) => {
    expect(pathToFileUri(path, windows)).toBe(uri);
    expect(fileUriToPath(uri, windows)).toBe(path);
  });

  it('have one spelling for each drive, slash and trailing slash', () => {
    const uri = 'file:///c%3A/a';
    expect(['C:\\a', 'c:/a', 'C:\\a\\'].map(path => pathToFileUri(path, windows))).toEqual([
      uri,
      uri,
      uri,
    ]);
    expect(pathToFileUri('/a/', posix)).toBe('file:///a');
  });

  it('reject files on other machines', () => {
    expect(() => fileUriToPath('untitled:///a', posix)).toThrow('Not a file URI');
    expect(() => fileUriToPath('file://server/a', posix)).toThrow('another machine');
  });
});

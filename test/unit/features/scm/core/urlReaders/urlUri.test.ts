import { describe, expect, it } from 'vitest';
import { uriOfUrl } from '../../../../../../src/features/scm/core/urlReaders';

const uriOf = (url: string): string => uriOfUrl('callboard-source://acme/', url);

describe('URI of a URL', () => {
  it.each([
    ['https://github.com/a/b/blob/main/c.yaml', 'github.com/a/b/blob/main/c.yaml'],
    ['http://127.0.0.1:8080/c.yaml', 'http%3A127.0.0.1%3A8080/c.yaml'],
    ['https://h/a%20b.yaml', 'h/a%2520b.yaml'],
    ['https://h/r/browse/c.yaml?at=main', 'h/r/browse/%3Fat%3Dmain/c.yaml'],
    [
      'https://h/_git/r?path=/a/c.yaml&version=GBmain',
      'h/_git/r/%3Fversion%3DGBmain/%3Fpath/a/c.yaml',
    ],
    ['https://h/_git/r?path=/../c.yaml', 'h/_git/%3Fpath%3D%252F..%252Fc.yaml/r'],
    ['https://h', 'h/%3F'],
  ])('%s is %s', (url, path) => {
    expect(uriOf(url)).toBe(`callboard-source://acme/${path}`);
  });

  it('is unique', () => {
    const urls = [
      'https://h/a/b',
      'http://h/a/b',
      'https://h:444/a/b',
      'https://h/a//b',
      'https://h/a/b/',
      'https://h/a?b',
      'https://h/%3Fb/a',
      'https://h/?b/a',
      'https://h/a#b',
      'https://h/a%23b',
      'https://h/a?path=/b',
      'https://h/a/%3Fpath/b',
      'https://h/a?path=b',
      'https://h/A/b',
    ];
    expect(new Set(urls.map(uriOf)).size).toBe(urls.length);
  });
});

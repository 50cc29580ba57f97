import { expect, it } from 'vitest';
import { parseForgeUrl } from '../../../../../../src/features/scm/core/urlReaders';

it.each([
  [
    'https://bb.acme.org/projects/ACME/repos/shop/raw/docs/a.md?at=main',
    { owner: 'ACME', name: 'shop', type: 'raw', ref: 'main', path: 'docs/a.md' },
  ],
  [
    'https://bb.acme.org/x/users/jo/repos/shop',
    { owner: '~jo', name: 'shop', type: '', ref: '', path: '' },
  ],
  [
    'https://bb.acme.org/projects/a/b/repos/shop/browse',
    { owner: 'a/b', name: 'shop', type: 'browse', path: '' },
  ],
  ['https://bb.acme.org/scm/acme/shop.git', { owner: 'acme', name: 'shop', fullName: 'acme/shop' }],
  ['https://acme.org/projects/ACME/shop', { owner: 'projects/ACME', name: 'shop' }],
])('%s', (address, expected) => {
  expect(parseForgeUrl(address)).toMatchObject(expected);
});

it.each(['projects/', 'users/', 'projects/a/repos', '/', 'blob/', '%2F'])(
  'parses a very long URL with repeated %s fast',
  part => {
    expect(parseForgeUrl(`https://acme.org/${part.repeat(200_000)}`)).toMatchObject({
      resource: 'acme.org',
    });
  },
);

import { expect, test } from 'vitest';
import { readRepoUrl, stringifyRepoUrl } from '../../../../src/model/forms';

const nothing = { host: '', owner: '', repo: '', organization: '', workspace: '', project: '' };

test.each([
  ['github.com?owner=acme&repo=shop', { host: 'github.com', owner: 'acme', repo: 'shop' }],
  // In Backstage's order, whatever the input order.
  [
    'dev.azure.com?owner=&repo=shop&organization=acme&project=p',
    { host: 'dev.azure.com', repo: 'shop', organization: 'acme', project: 'p' },
    'dev.azure.com?repo=shop&organization=acme&project=p',
  ],
  ['github.com?', { host: 'github.com' }],
  ['github.com:8443?owner=a%26b', { host: 'github.com:8443', owner: 'a&b' }],
  ['', {}, undefined],
  ['no host at all', {}, undefined],
] as const)('%s', (text, parts, ...written) => {
  const read = readRepoUrl(text);
  expect(read).toEqual({ ...nothing, ...parts });
  expect(stringifyRepoUrl(read)).toBe(written.length > 0 ? written[0] : text);
});

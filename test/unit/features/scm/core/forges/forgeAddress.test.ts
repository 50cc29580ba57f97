import { describe, expect, it } from 'vitest';
import {
  apiUrlOf,
  forgeAddress,
  type ForgeType,
} from '../../../../../../src/features/scm/core/forges';
import type { IntegrationAddresses } from '../../../../../../src/features/scm/core/urlReaders';

/** Host, addresses of its integration; then the pages and the API for publishing, and the API that lists repositories. */
type Row = readonly [
  ForgeType,
  string,
  IntegrationAddresses,
  web: string,
  api: string,
  lists: string,
];

describe('addresses of a forge', () => {
  it.each<Row>([
    [
      'github',
      'github.com',
      {},
      'https://github.com',
      'https://api.github.com',
      'https://api.github.com',
    ],
    [
      'github',
      'git.acme.example',
      {},
      'https://git.acme.example',
      'https://git.acme.example/api/v3',
      'https://git.acme.example/api/v3',
    ],
    [
      'github',
      'git.acme.example',
      { apiBaseUrl: 'https://git.acme.example/github/api' },
      'https://git.acme.example',
      'https://git.acme.example/github/api',
      'https://git.acme.example/github/api',
    ],
    [
      'github',
      'acme.ghe.com',
      { apiBaseUrl: 'https://api.acme.ghe.com/v2' },
      'https://acme.ghe.com',
      'https://api.acme.ghe.com/v2',
      'https://api.acme.ghe.com/v2',
    ],
    [
      'gitlab',
      'gitlab.com',
      {},
      'https://gitlab.com',
      'https://gitlab.com/api/v4',
      'https://gitlab.com/api/v4',
    ],
    [
      'gitlab',
      'git.acme.example',
      {
        baseUrl: 'https://git.acme.example/gitlab',
        apiBaseUrl: 'https://git.acme.example/proxy/api',
      },
      'https://git.acme.example/gitlab',
      'https://git.acme.example/gitlab/api/v4',
      'https://git.acme.example/proxy/api',
    ],
    [
      'gitlab',
      'git.acme.example',
      { baseUrl: 'https://git.acme.example/gitlab' },
      'https://git.acme.example/gitlab',
      'https://git.acme.example/gitlab/api/v4',
      'https://git.acme.example/gitlab/api/v4',
    ],
  ])('of %s on %s with %j', (type, host, addresses, webUrl, apiUrl, lists) => {
    expect(forgeAddress(type, host, addresses)).toEqual({ host, webUrl, apiUrl });
    expect(apiUrlOf(type, host, addresses)).toBe(lists);
  });

  it.each([
    'https://evil.example/api',
    'http://git.acme.example/api',
    'https://u:p@git.acme.example',
  ])('ignore %s, which would get the token', apiBaseUrl => {
    for (const type of ['github', 'gitlab'] as const) {
      const plain = apiUrlOf(type, 'git.acme.example');
      expect(apiUrlOf(type, 'git.acme.example', { apiBaseUrl })).toBe(plain);
      expect(forgeAddress(type, 'git.acme.example', { apiBaseUrl }).apiUrl).toBe(plain);
    }
  });
});

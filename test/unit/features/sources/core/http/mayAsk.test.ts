import { expect, it } from 'vitest';
import { openSourceHttp } from '../../../../../support/sourceHttp';

const http = openSourceHttp({ allowed: ['forge.acme.org', '*.acme.com', '127.0.0.1:8099'] });

it.each([
  ['https://forge.acme.org/acme/shop.git', true],
  ['http://127.0.0.1:8099/acme/shop.git', true],
  // Matches a pattern only: HTTP checks its address.
  ['https://any.acme.com/acme/shop.git', false],
  ['https://other.org/acme/shop.git', false],
  ['https://forge.acme.org:8443/acme/shop.git', false],
  ['http://forge.acme.org/acme/shop.git', false],
  ['ssh://forge.acme.org/acme/shop.git', false],
  ['https://me:secret@forge.acme.org/acme/shop.git', false],
  ['https://127.0.0.1/acme/shop.git', false],
  ['forge.acme.org:acme/shop.git', false],
])('decides whether git may connect to %s: %s', (url, expected) => {
  expect(http.mayAsk(url)).toBe(expected);
});

import { expect, it } from 'vitest';
import { loadOutputs } from '../../../../../src/platform/node';

const PROXY = 'http://proxy.test:3128';

it.each([
  ['https://a.test/', { HTTPS_PROXY: PROXY }, PROXY],
  ['https://a.test/', { https_proxy: PROXY, HTTPS_PROXY: 'http://other.test' }, PROXY],
  ['https://a.test/', { HTTPS_PROXY: 'proxy.test:3128' }, PROXY],
  ['https://a.test/', { ALL_PROXY: PROXY }, PROXY],
  ['https://a.test/', { HTTP_PROXY: PROXY }, undefined],
  ['http://a.test/', { HTTP_PROXY: PROXY }, PROXY],
  ['https://a.test/', { HTTPS_PROXY: 'socks5://proxy.test' }, undefined],
  ['https://a.test/', { HTTPS_PROXY: ' ' }, undefined],
  ['https://a.test/', { HTTPS_PROXY: PROXY, NO_PROXY: '*' }, undefined],
  ['https://a.test/', { HTTPS_PROXY: PROXY, NO_PROXY: 'b.test, A.test' }, undefined],
  ['https://x.a.test/', { HTTPS_PROXY: PROXY, NO_PROXY: 'a.test' }, undefined],
  ['https://x.a.test/', { HTTPS_PROXY: PROXY, no_proxy: '.a.test' }, undefined],
  ['https://x.a.test/', { HTTPS_PROXY: PROXY, no_proxy: '*.a.test' }, undefined],
  ['https://xa.test/', { HTTPS_PROXY: PROXY, no_proxy: 'a.test' }, PROXY],
  ['https://a.test/', { HTTPS_PROXY: PROXY, no_proxy: 'a.test:8443' }, PROXY],
  ['https://a.test:8443/', { HTTPS_PROXY: PROXY, no_proxy: 'a.test:8443' }, undefined],
  ['https://a.test/', { HTTPS_PROXY: PROXY, no_proxy: 'a.test:443' }, undefined],
  ['https://[fd12::1]/', { HTTPS_PROXY: PROXY, no_proxy: '[fd12::1]:443' }, undefined],
  ['https://10.1.2.3/', { HTTPS_PROXY: PROXY, no_proxy: '10.1.2.3' }, undefined],
])('for %s and %j returns %s', async (url, environment, expected) => {
  const { environmentProxy } = await loadOutputs();
  expect(environmentProxy(environment)(url)).toBe(expected);
});

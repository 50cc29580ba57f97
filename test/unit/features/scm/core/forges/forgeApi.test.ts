import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forgeAddress, openForge } from '../../../../../../src/features/scm/core/forges';
import type { HttpRequest, HttpResult } from '../../../../../../src/platform/core/ports';
import { type Answer, StandInForge, TOKEN } from '../../../../../support/standInForge';
import { TestClock } from '../../../../../support/testClock';

const { signal } = new AbortController();

/** Branches that a forge with this answer returns. */
async function branchesOf(answer: Answer): Promise<readonly string[]> {
  const forge = new StandInForge(() => answer);
  await forge.listen();
  return (await forge.open('github')).branches('acme', 'shop', signal);
}

const refusal = async (answer: Answer): Promise<string> => {
  const error: unknown = await branchesOf(answer).catch((thrown: unknown) => thrown);
  if (!(error instanceof Error)) throw new Error('Nothing was refused');
  return error.message.replace(/127\.0\.0\.1:\d+/g, 'HOST');
};

describe('error of a forge', () => {
  it.each<[string, Answer, string]>([
    [
      'an expired token',
      { status: 401, data: { message: 'Bad credentials' } },
      'HOST rejected the token: Bad credentials. Sign in again, or set another token.',
    ],
    [
      'too many requests, with a time',
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1764000000' } },
      'HOST has reached its request limit. Try again after 2025-11-24T16:00:00.000Z.',
    ],
    [
      'too many requests at once',
      { status: 429, headers: { 'retry-after': '61' }, data: { message: 'Slow down' } },
      'HOST has reached its request limit: Slow down. Try again in 2 minutes.',
    ],
    [
      'a token without a scope',
      {
        status: 403,
        headers: { 'x-accepted-oauth-scopes': 'repo, admin:org' },
        data: { message: 'No' },
      },
      'HOST forbids GET /repos/acme/shop/branches: No. Use a token with one of the scopes repo, admin:org.',
    ],
    [
      'a missing repository',
      { status: 404, data: { message: 'Not Found' } },
      'HOST has no GET /repos/acme/shop/branches: Not Found, or the token has no access to it.',
    ],
    [
      "invalid fields in GitHub's format",
      {
        status: 422,
        data: { message: 'Invalid', errors: ['a is missing', { field: 'b', code: 'invalid' }] },
      },
      'Invalid: a is missing: b invalid',
    ],
    [
      "invalid fields in GitLab's format",
      { status: 400, data: { message: { name: ['has already been taken', 'is too long'] } } },
      'name has already been taken, is too long',
    ],
    [
      "invalid fields in OAuth's format",
      { status: 400, data: { error: 'insufficient', error_description: 'More is needed' } },
      'More is needed',
    ],
    [
      'anything',
      { status: 418 },
      'HOST rejected GET /repos/acme/shop/branches with status 418. Check the repository and the token.',
    ],
    ['a failure of its own', { status: 500 }, 'HOST has a server error (500). Try again later.'],
  ])('is reported: %s', async (_, answer, message) => {
    expect(await refusal(answer)).toBe(message);
  });
});

describe('invalid answer of a forge', () => {
  it('is not parsed if it is HTML', async () => {
    const headers = { 'content-type': 'text/html' };
    expect(await refusal({ headers, text: '<html>Sign in to the network</html>' })).toBe(
      'HOST returned text/html instead of JSON. Check the host.',
    );
  });

  it.each<[string, unknown, string]>([
    ['an object for a list', {}, "The response of HOST doesn't contain a list. Check the host."],
    ['null', null, "The response of HOST doesn't contain a list. Check the host."],
  ])('is reported: %s', async (_, data, message) => {
    expect(await refusal({ data })).toBe(message);
  });

  it('has invalid names removed', async () => {
    const data = ['main', null, { name: 1 }, { name: ['x'] }, { name: 'real' }, { name: 'real' }];
    expect(await branchesOf({ data })).toEqual(['real']);
  });

  it('is rejected above the size limit', async () => {
    const text = `[${'0,'.repeat(9_000_000)}0]`;
    expect(await refusal({ text })).toBe('HOST sent more than 16 MB');
  });

  it.each([
    ['of branches', (n: number) => ({ name: `b${n}` })],
    ['of invalid branches', () => null],
  ])('ends after some pages %s', async (_, item) => {
    const page = Array.from({ length: 100 }, (_, n) => item(n));
    const forge = new StandInForge(() => ({ data: page }));
    await forge.listen();
    await (await forge.open('github')).branches('acme', 'shop', signal);
    expect(forge.requests).toHaveLength(5);
  });

  it('is shown truncated and without control characters', async () => {
    const message = `x\n\u001b[31mERROR: \u202eall is lost${'!'.repeat(1000)}`;
    const reported = await refusal({ status: 422, data: { message } });
    expect(reported).toMatch(/^x \[31mERROR: all is lost!+…$/);
    expect(reported.length).toBeLessThan(520);
  });
});

describe('token', () => {
  it('is redacted in errors that repeat it', async () => {
    expect(await refusal({ status: 401, data: { message: `Bad token ${TOKEN}` } })).toContain(
      'Bad token ***.',
    );
    const headers = { 'content-type': `text/${TOKEN}` };
    expect(await refusal({ headers, text: 'x' })).toBe(
      'HOST returned text/*** instead of JSON. Check the host.',
    );
  });

  it('is sent to redirects on the same host only', async () => {
    const forge = new StandInForge(({ path }) =>
      path[0] === 'repositories' ? { data: [{ name: 'main' }] } : undefined,
    );
    await forge.listen();
    const others: unknown[] = [];
    const other = createServer((request, response) => {
      others.push(request.headers.authorization);
      response.end('[]');
    });
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const github = await forge.open('github');

    const what = 'GET repos/acme/shop/branches';
    forge.override(what, { status: 301, headers: { location: '/api/repositories/1/branches' } });
    expect(await github.branches('acme', 'shop', signal)).toEqual(['main']);

    const location = `http://127.0.0.1:${port}/`;
    forge.override(what, { status: 302, headers: { location } });
    await expect(github.branches('acme', 'shop', signal)).rejects.toThrow(
      'to another host, where the token is not sent',
    );
    forge.override(what, { status: 302, headers: { location: `/api/${what.slice(4)}` } });
    await expect(github.branches('acme', 'shop', signal)).rejects.toThrow('to another host');
    expect(others).toEqual([]);
  });

  it('is sent over https only, and must be valid', () => {
    const requests: HttpRequest[] = [];
    const send = (request: HttpRequest): Promise<HttpResult> => {
      requests.push(request);
      return Promise.resolve({ type: 'timeout' });
    };
    const open = (apiUrl: string, token = TOKEN): unknown =>
      openForge('gitlab', {
        http: { send },
        clock: new TestClock(),
        token,
        address: { host: 'h', webUrl: 'https://h', apiUrl },
      });
    expect(() => open('http://gitlab.example/api/v4')).toThrow('Tokens are sent over https only');
    expect(() => open('nonsense')).toThrow('Tokens are sent over https only');
    expect(() => open('https://h/api', 'a\r\nx: y')).toThrow('The token for h is invalid');
    expect(requests).toEqual([]);
  });

  it('is not sent to paths in names', async () => {
    const forge = new StandInForge(() => ({ data: [] }));
    await forge.listen();
    const github = await forge.open('github');
    await expect(github.branches('..', '..', signal)).rejects.toThrow("'..' is not a valid name");
    await github.branches('a/../../user', 'b?c#d', signal);
    expect(forge.requests.map(({ path }) => path)).toEqual([
      ['repos', 'a/../../user', 'b?c#d', 'branches'],
    ]);
  });
});

describe('forge', () => {
  it('has an API address by its host', () => {
    expect([
      forgeAddress('github', 'github.com').apiUrl,
      forgeAddress('github', 'acme.ghe.com').apiUrl,
      forgeAddress('github', 'git.acme.example').apiUrl,
      forgeAddress('gitlab', 'gitlab.com').apiUrl,
    ]).toEqual([
      'https://api.github.com',
      'https://api.acme.ghe.com',
      'https://git.acme.example/api/v3',
      'https://gitlab.com/api/v4',
    ]);
  });

  it('rejects when it is aborted', async () => {
    const controller = new AbortController();
    const forge = new StandInForge(() => {
      controller.abort();
      return { data: [] };
    });
    await forge.listen();
    const github = await forge.open('github');
    await expect(github.branches('acme', 'shop', controller.signal)).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }) as Error,
    );
  });
});

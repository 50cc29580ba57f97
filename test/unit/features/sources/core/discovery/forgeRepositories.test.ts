import { describe, expect, it } from 'vitest';
import type { IntegrationAddresses } from '../../../../../../src/features/scm/core/urlReaders';
import type { DiscoverySourceConfig } from '../../../../../../src/features/sources/core';
import {
  descriptorsOf,
  type RepositoryPages,
} from '../../../../../../src/features/sources/core/discovery/discoverySource';
import { serveSecurely } from '../../../../../support/loopbackServer';
import { openSourceHttp } from '../../../../../support/sourceHttp';

interface StandIn {
  readonly config: DiscoverySourceConfig;
  readonly calls: string[];
  /** Lists by path of the API. */
  readonly lists: Map<string, readonly object[]>;
}

async function standIn(
  options: Pick<DiscoverySourceConfig, 'type'> & Partial<DiscoverySourceConfig>,
): Promise<StandIn> {
  const calls: string[] = [];
  const lists = new Map<string, readonly object[]>();
  const port = await serveSecurely((request, response) => {
    const url = new URL(request.url ?? '', 'https://localhost');
    calls.push(`${url.pathname} ${url.searchParams.get('page')}`);
    const all = lists.get(url.pathname);
    if (!all) return response.writeHead(404).end('{}');
    const page = Number(url.searchParams.get('page'));
    const part = JSON.stringify(all.slice((page - 1) * 100, page * 100));
    const etag = `"${part.length}"`;
    if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();
    return response.writeHead(200, { etag }).end(part);
  });
  const config: DiscoverySourceConfig = {
    id: 'a',
    key: 'a',
    name: 'a',
    allow: ['*'],
    interval: 1,
    color: undefined,
    host: `localhost:${port}`,
    org: 'acme',
    filter: undefined,
    path: 'catalog-info.yaml',
    ...options,
  };
  return { config, calls, lists };
}

async function list(
  { config }: StandIn,
  kept: RepositoryPages = new Map(),
  addresses?: IntegrationAddresses,
): ReturnType<typeof descriptorsOf> {
  const http = openSourceHttp({ allowed: [config.host] });
  const { signal } = new AbortController();
  const traffic = { requests: 0, bytes: 0 };
  return descriptorsOf(config, { http, kept, signal, traffic, addresses });
}

function githubRepository(name: string, more: object = {}): object {
  return { name, html_url: `https://github.com/acme/${name}`, default_branch: 'main', ...more };
}

describe('repositories of a GitHub organization', () => {
  it('are listed at the API of the integration', async () => {
    const github = await standIn({ type: 'github' });
    github.lists.set('/own/api/orgs/acme/repos', [githubRepository('a')]);
    const apiBaseUrl = `https://${github.config.host}/own/api`;
    expect((await list(github, new Map(), { apiBaseUrl })).urls).toEqual([
      'https://github.com/acme/a/blob/main/catalog-info.yaml',
    ]);
    expect(github.calls).toEqual(['/own/api/orgs/acme/repos 1']);
  });

  it('have descriptors on default branches, except archived and empty ones', async () => {
    const forge = await standIn({ type: 'github' });
    forge.lists.set('/api/v3/orgs/acme/repos', [
      githubRepository('shop', { default_branch: 'release/1 a' }),
      githubRepository('old', { archived: true }),
      githubRepository('off', { disabled: true }),
      githubRepository('empty', { default_branch: null }),
      { name: 'no' },
    ]);
    expect((await list(forge)).urls).toEqual([
      'https://github.com/acme/shop/blob/release/1%20a/catalog-info.yaml',
    ]);
  });

  it('may have very long addresses', async () => {
    const forge = await standIn({ type: 'github' });
    const html_url = `https://github.com/${'/'.repeat(300_000)}a//`;
    forge.lists.set('/api/v3/orgs/acme/repos', [githubRepository('a', { html_url })]);
    expect((await list(forge)).urls).toEqual([
      `${html_url.slice(0, -2)}/blob/main/catalog-info.yaml`,
    ]);
  });

  it('are filtered by name and have a pattern of paths', async () => {
    const forge = await standIn({ type: 'github', filter: '^team-', path: '**/{a,b}.yaml' });
    forge.lists.set(
      '/api/v3/orgs/acme/repos',
      ['team-a', 'my-team-b'].map(n => githubRepository(n)),
    );
    expect((await list(forge)).urls).toEqual([
      'https://github.com/acme/team-a/blob/main/**/{a,b}.yaml',
    ]);
  });

  it('are fetched page by page, or from a user if there is no such organization', async () => {
    const forge = await standIn({ type: 'github' });
    const names = Array.from({ length: 150 }, (_, index) => `r${index}`);
    forge.lists.set(
      '/api/v3/users/acme/repos',
      names.map(name => githubRepository(name)),
    );
    expect((await list(forge)).urls).toHaveLength(150);
    expect(forge.calls).toEqual([
      '/api/v3/orgs/acme/repos 1',
      '/api/v3/users/acme/repos 1',
      '/api/v3/users/acme/repos 2',
    ]);
  });

  it('are limited if pages never end', async () => {
    const answers = [
      (page: number) => Array.from({ length: 100 }, (_, at) => githubRepository(`${at % page}`)),
      (page: number) =>
        Array.from({ length: 15_000 }, (_, at) => githubRepository(`${page}-${at}`)),
    ];
    const found: number[][] = [];
    for (const answer of answers) {
      let requestCount = 0;
      const port = await serveSecurely((request, response) => {
        requestCount++;
        const { searchParams } = new URL(request.url ?? '', 'https://localhost');
        response.writeHead(200).end(JSON.stringify(answer(Number(searchParams.get('page')))));
      });
      const { config } = await standIn({ type: 'github', host: `localhost:${port}` });
      const { urls } = await list({ config, calls: [], lists: new Map() });
      found.push([urls.length, requestCount]);
    }
    expect(found).toEqual([
      [100, 101],
      [20_000, 2],
    ]);
  });

  it('are rejected above the size limit of pages', async () => {
    let requestCount = 0;
    const port = await serveSecurely((_, response) => {
      const html_url = `https://github.com/acme/${requestCount++}/${'a'.repeat(7 * 1024 ** 2)}`;
      const page = Array.from({ length: 100 }, () => null);
      response.writeHead(200).end(JSON.stringify([...page, githubRepository('a', { html_url })]));
    });
    const { config } = await standIn({ type: 'github', host: `localhost:${port}` });
    await expect(list({ config, calls: [], lists: new Map() })).rejects.toMatchObject({
      failure: 'invalid',
      message: `localhost:${port} returns an endless list of repositories`,
    });
    expect(requestCount).toBe(37);
  });

  it('are not fetched again without changes', async () => {
    const forge = await standIn({ type: 'github' });
    forge.lists.set('/api/v3/orgs/acme/repos', [githubRepository('shop')]);
    const first = await list(forge);
    expect(await list(forge, first.pages)).toEqual(first);
    forge.lists.set('/api/v3/orgs/acme/repos', [githubRepository('shop2')]);
    expect((await list(forge, first.pages)).urls).toEqual([
      'https://github.com/acme/shop2/blob/main/catalog-info.yaml',
    ]);
  });

  it('are rejected for an unknown organization and for a web page', async () => {
    const forge = await standIn({ type: 'github' });
    await expect(list(forge)).rejects.toMatchObject({
      failure: 'missing',
      message: `${forge.config.host} has no acme, or you have no access to it`,
    });
    const port = await serveSecurely((_, response) => response.end('<html>Sign in</html>'));
    const { config } = await standIn({ type: 'github', host: `localhost:${port}` });
    await expect(list({ ...forge, config })).rejects.toMatchObject({
      failure: 'invalid',
      message: `localhost:${port} did not return a list`,
    });
  });
});

describe('projects of a GitLab group', () => {
  it('include those of subgroups, filtered by path', async () => {
    const forge = await standIn({ type: 'gitlab', org: 'acme/sub', filter: '/shop$' });
    forge.lists.set(
      '/api/v4/groups/acme%2Fsub/projects',
      ['acme/sub/shop', 'acme/sub/deep/shop', 'acme/sub/other'].map(path => ({
        path_with_namespace: path,
        web_url: `https://gitlab.com/${path}`,
        default_branch: 'main',
      })),
    );
    expect((await list(forge)).urls).toEqual([
      'https://gitlab.com/acme/sub/deep/shop/-/blob/main/catalog-info.yaml',
      'https://gitlab.com/acme/sub/shop/-/blob/main/catalog-info.yaml',
    ]);
  });
});

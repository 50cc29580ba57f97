import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BackstageInstance, CatalogSourceInfo } from '../../../../../../src/api';
import { silentLogger } from '../../../../../../src/base';
import { BackstageSession } from '../../../../../../src/features/backstage/core/catalog/backstageSession';
import { FileCache, openInstance } from '../../../../../../src/features/backstage/core/instances';
import { NodeClock } from '../../../../../../src/platform/node';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';
import { openSourceHttp } from '../../../../../support/sourceHttp';
import { StandInBackstage } from '../../../../../support/standInBackstage';

const SHOP = 'component:default/shop';
const TOKEN = 'Bearer a-token-of-tests';
const { signal } = new AbortController();

let server: StandInBackstage;
let instance: BackstageInstance;
let requests: string[];
/** The server's response. */
let body: string;

beforeEach(async () => {
  [requests, body] = [[], 'text'];
  server = await new StandInBackstage().listen();
  server.fault = ({ url }, response) => {
    requests.push(url.pathname);
    response.writeHead(200).end(body);
    return true;
  };
  const { url } = server;
  const clock = new NodeClock();
  const http = openSourceHttp({
    allowed: [new URL(url).host],
    credentials: { [new URL(url).origin]: TOKEN },
  });
  const credentials = { authorization: () => Promise.resolve(TOKEN) };
  instance = openInstance({
    session: new BackstageSession({ url, http, credentials, clock }),
    clock,
    logger: silentLogger,
    keptDocs: new FileCache(new InMemoryBlobStore()),
    source: () => ({ name: 'Acme', url }) as CatalogSourceInfo,
  });
});

afterEach(() => server.close());

const read = (path: string, maxSize?: number) =>
  instance.docs.read(SHOP, path, { signal, ...(maxSize !== undefined && { maxSize }) });

describe('Files of docs', () => {
  it('are requested by encoded path', async () => {
    await read('a b/ü?#%2e.html');
    expect(requests).toEqual([
      '/api/techdocs/static/docs/default/component/shop/a%20b/%C3%BC%3F%23%252e.html',
    ]);
  });

  it.each(['../other/index.html', 'a/../../../x', './a', 'a//b', '/etc/passwd', 'a\\..\\b', 'a\0'])(
    'are rejected outside the docs: %j',
    async path => {
      await expect(read(path)).rejects.toThrow('The path is outside of the docs.');
      expect(requests).toEqual([]);
    },
  );

  it('are rejected when too large', async () => {
    body = 'x'.repeat(50 * 1024 * 1024);
    await expect(read('index.html')).rejects.toThrow(/sent more than 5 MB/);
  });

  it("aren't served from cache after access is denied", async () => {
    expect(await read('index.html')).toMatchObject({ failure: undefined });
    server.fault = (_, response) => {
      response.writeHead(403).end('{}');
      return true;
    };
    await expect(read('index.html')).rejects.toMatchObject({ failure: 'unauthorized' });
    server.close();
    await expect(read('index.html')).rejects.toMatchObject({ failure: 'unreachable' });
  });

  it("aren't replaced by a sign-in page after a redirect", async () => {
    await read('index.html');
    server.fault = ({ url }, response) => {
      const isPage = url.pathname === '/sign-in';
      response.writeHead(isPage ? 200 : 302, isPage ? {} : { location: '/sign-in' }).end('Sign in');
      return true;
    };
    const failure = 'Acme redirects the docs to another page.';
    await expect(read('other.html')).rejects.toMatchObject({ message: failure });
    const kept = await read('index.html');
    expect(kept).toMatchObject({ content: new TextEncoder().encode('text'), failure });
  });

  it('can be redirected within the docs', async () => {
    server.fault = ({ url }, response) => {
      const isThere = url.pathname.endsWith('/b.html');
      response.writeHead(isThere ? 200 : 301, isThere ? {} : { location: 'b.html' }).end('moved');
      return true;
    };
    expect(await read('a.html')).toMatchObject({ content: new TextEncoder().encode('moved') });
  });

  it("aren't cached after a failure", async () => {
    body = 'x'.repeat(3000);
    await expect(read('index.html', 2000)).rejects.toThrow();
    server.close();
    await expect(read('index.html')).rejects.toThrow();
  });

  it.each(['', 'no JSON', '[1]', '{"site_name":3,"build_timestamp":"x"}'])(
    'can have metadata without values: %s',
    async text => {
      body = text;
      expect(await instance.docs.getMetadata(SHOP, { signal })).toEqual({
        siteName: undefined,
        siteDescription: undefined,
        builtAt: undefined,
      });
    },
  );
});

describe('Docs build', () => {
  const build = async (): Promise<unknown> => {
    const lines: string[] = [];
    const report = (line: string): number => lines.push(line);
    const updated = await instance.docs.build(SHOP, { signal, report });
    return { updated, lines };
  };

  it("reports the server's log lines", async () => {
    body =
      'event: log\ndata: "one\\n"\n\nevent: odd\ndata: {}\n\nevent: finish\ndata: {"updated":true}\n\n';
    expect(await build()).toEqual({ updated: true, lines: ['one'] });
  });

  it.each([
    ['event: error\ndata: "no mkdocs"\n\n', "The server can't build the docs: no mkdocs"],
    ['event: log\ndata: "one"\n\n', 'The server did not report the result of the build.'],
    ['<html>Sign in</html>', 'The server did not report the result of the build.'],
  ])('fails when the server sends %j', async (text, message) => {
    body = text;
    await expect(build()).rejects.toThrow(message);
  });
});

describe('Long docs build', () => {
  it('is reported line by line and requested once', async () => {
    const reported: string[] = [];
    server.fault = ({ url }, response) => {
      requests.push(url.pathname);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: log\ndata: "one"\n\n');
      return true;
    };
    const ending = new AbortController();
    const report = (line: string): void => {
      reported.push(line);
      ending.abort();
    };
    const building = instance.docs.build(SHOP, { signal: ending.signal, report });
    await expect(building).rejects.toMatchObject({ name: 'AbortError' });
    expect([reported, requests]).toEqual([['one'], ['/api/techdocs/sync/default/component/shop']]);
  });

  it('can continue after the connection is lost', async () => {
    server.fault = (_, response) => {
      response.writeHead(200).write('event: log\ndata: "one"\n\n', () => response.destroy());
      return true;
    };
    await expect(instance.docs.build(SHOP, { signal })).rejects.toMatchObject({
      message: 'Lost the connection to Acme while it builds the docs.',
      advice: 'The build may continue there. Open the page again later.',
    });
  });
});

describe('Docs search', () => {
  it.each([
    ['{"results":3}', 'The answer is not from a Backstage search.'],
    ['[]', 'The answer is not from a Backstage search.'],
  ])('rejects the answer %s', async (text, message) => {
    body = text;
    await expect(instance.search.query({ term: 'a', limit: 1 }, { signal })).rejects.toThrow(
      message,
    );
  });

  it('returns the valid results of an answer', async () => {
    const highlight = {
      preTag: '<b>',
      postTag: '</b>',
      fields: { title: 'A <b>sh', text: '<b></b>' },
    };
    body = JSON.stringify({
      results: [
        7,
        { type: 'a' },
        { type: 'a', document: { title: 'T', location: 3 } },
        { type: 'a', document: { title: 'A shop', location: '/x', text: 'y'.repeat(1e6) } },
        {
          type: 'techdocs',
          document: { title: 'B', location: '/docs/x', kind: 'a/b', name: '..' },
        },
        { type: 'techdocs', highlight, document: { title: 'B', location: '/docs/x', path: 'p/' } },
      ],
    });
    const page = await instance.search.query({ term: 'x'.repeat(300), limit: 1000 }, { signal });
    expect(
      page?.results.map(({ title, text, entityRef }) => [title, text.text.length, entityRef]),
    ).toEqual([
      [{ text: 'A shop', marks: [] }, 400, undefined],
      [{ text: 'B', marks: [] }, 0, undefined],
      [{ text: 'A sh', marks: [] }, 0, undefined],
    ]);
  });
});

import { silentLogger } from '../../../src/base';
import { loadSignIn } from '../../../src/features/backstage/core';
import { BackstageSession } from '../../../src/features/backstage/core/catalog/backstageSession';
import { FileCache, openInstance } from '../../../src/features/backstage/core/instances';
import { jsonEvents } from '../../../src/features/backstage/core/instances/eventStream';
import { validateText } from '../../../src/features/backstage/core/instances/validateText';
import {
  InputError,
  NotAllowedError,
  readArchive,
  forgeAt,
  remoteForges,
} from '../../../src/features/scm/core/forgeFiles';
import { ForgeError, openForge } from '../../../src/features/scm/core/forges';
import {
  DefaultSourceHttp,
  parseSourceAddress,
  readSources,
  SourceError,
} from '../../../src/features/sources/core';
import { descriptorsOf } from '../../../src/features/sources/core/discovery/discoverySource';
import { openUrlSource } from '../../../src/features/sources/core/url/urlSource';
import { AllowedHosts } from '../../../src/platform/core/hosts';
import type { HttpAnswer, HttpClient, HttpResult } from '../../../src/platform/core/ports';
import { InMemoryBlobStore } from '../../support/inMemoryBlobStore';
import { backstageSource, fetchOnce, readServed } from '../../support/servedCatalog';
import { HastyClock } from '../../support/sourceHttp';
import { TestClock } from '../../support/testClock';
import { aUrlConfig, sourceDeps } from '../../support/urlSources';
import type { Reader } from '../attack';
import { never } from './places';

/**
 * An answer of another machine: the body alone, or after `HTTP`, a status and a line for each header.
 */
export function parseAnswer(input: string): HttpAnswer {
  const [, status, lines = '', body = input] =
    /^HTTP (\d{3})\n([^]*?)\n\n([^]*)$/.exec(input) ?? [];
  const headers = lines.split('\n').flatMap((line): (readonly [string, string])[] => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [[line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]];
  });
  return {
    type: 'answered',
    status: Number(status ?? 200),
    headers: new Map([['content-type', 'application/json'], ...headers]),
    body: new TextEncoder().encode(body),
  };
}

/** Returns the same answer for all requests, except those that `others` answers by address. */
function answering(
  input: string,
  others: (url: URL) => string | undefined = () => undefined,
): HttpClient {
  let requestCount = 0;
  return {
    async send({ url, maxSize }): Promise<HttpResult> {
      // A reader that follows pages without a limit would never end.
      if (++requestCount > 1_000) throw new Error('More than 1000 requests were sent');
      const answer = parseAnswer(others(new URL(url)) ?? input);
      return answer.body.length > maxSize ? { type: 'excess' } : answer;
    },
  };
}

const HOSTS = ['backstage.example', 'github.com', 'api.github.com', 'gitlab.com', 'ghe.example'];

function httpOf(client: HttpClient): DefaultSourceHttp {
  const allowed = new AllowedHosts(HOSTS);
  return new DefaultSourceHttp({
    allowed: () => allowed,
    openHttp: async () => ({
      send: request => client.send(request),
      stream: () => Promise.reject(new Error('Nothing here is a stream')),
    }),
    credentials: { authorization: () => Promise.resolve(undefined) },
    clock: new HastyClock(),
    random: () => 1,
  });
}

const isSourceError = (error: unknown): boolean => error instanceof SourceError;
const BACKSTAGE = 'https://backstage.example';

const ISSUER = `${BACKSTAGE}/api/auth`;
const METADATA = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/v1/authorize`,
  token_endpoint: `${ISSUER}/v1/token`,
  registration_endpoint: `${ISSUER}/v1/register`,
  scopes_supported: ['openid', 'offline_access'],
  code_challenge_methods_supported: ['S256'],
  response_types_supported: ['code'],
};
const TOKENS = {
  access_token: 'a.b.c',
  token_type: 'Bearer',
  expires_in: 3600,
  refresh_token: 'r',
};

/** Signs in with an authorization server that gives this answer. */
async function signIn(
  which: 'metadata' | 'registration' | 'tokens',
  input: string,
): Promise<unknown> {
  const answers = {
    metadata: JSON.stringify(METADATA),
    registration: 'HTTP 201\n\n\n{"client_id":"a"}',
    tokens: JSON.stringify(TOKENS),
    [which]: input,
  };
  const client = answering('{}', ({ pathname }) => {
    if (pathname.includes('.well-known')) return answers.metadata;
    return pathname.endsWith('/register') ? answers.registration : answers.tokens;
  });
  const { SignIn } = await loadSignIn();
  const deps = { http: httpOf(client), isNamed: () => false, clock: new HastyClock() };
  const options = { url: BACKSTAGE, clientId: undefined, callbackPort: undefined };
  const process = await SignIn.prepare(options, deps, never);
  const { address } = await process.begin('http://127.0.0.1:8055/callback', never);
  const back = new URL('http://127.0.0.1:8055/callback?code=c');
  back.searchParams.set('state', new URL(address).searchParams.get('state') ?? '');
  back.searchParams.set('iss', ISSUER);
  return [address, await process.complete(back, never)];
}

const field = (name: string, whole: object): string =>
  JSON.stringify({ ...whole, [name]: 'MARK' }).replace('"MARK"', '<|>');

export const answerReaders: readonly Reader[] = [
  {
    name: 'entities of a Backstage',
    format: 'value',
    sources: ['src/features/backstage/core/catalog/', 'src/features/sources/core/http/'],
    families: ['http'],
    frames: [
      '<|>',
      '{"items":<|>,"pageInfo":{}}',
      '{"items":[<|>],"totalItems":1,"pageInfo":{"nextCursor":<|>}}',
      '{"items":[{"apiVersion":"a","kind":"b","metadata":{"name":"c","annotations":<|>},"spec":<|>}],"pageInfo":{}}',
    ],
    read: async input => {
      const { source } = backstageSource({ url: BACKSTAGE, http: httpOf(answering(input)) });
      await fetchOnce(source);
      return readServed(source);
    },
    allows: isSourceError,
  },
  {
    name: 'questions to a Backstage',
    format: 'value',
    sources: ['src/features/backstage/core/instances/'],
    families: ['http'],
    frames: ['<|>', '{"docs":[<|>]}', '{"steps":<|>}', '[<|>]', '{"results":[{"document":<|>}]}'],
    read: async input => {
      const clock = new TestClock();
      const http = httpOf(answering(input));
      const credentials = { authorization: () => Promise.resolve(undefined) };
      const instance = openInstance({
        session: new BackstageSession({ url: BACKSTAGE, http, credentials, clock }),
        clock,
        logger: silentLogger,
        keptDocs: new FileCache(new InMemoryBlobStore()),
        source: () => ({ name: 'Acme', url: BACKSTAGE }) as never,
      });
      const options = { signal: never };
      const all: readonly Promise<unknown>[] = [
        instance.docs.read('component:default/a', 'index.html', options),
        instance.search.query({ term: 'a', limit: 10 }, options),
        instance.catalog.getEntity('component:default/a', options),
        instance.catalog.existing(['component:default/a'], options),
        instance.catalog.analyze('https://github.com/a/b', options),
        instance.catalog.locationOf('component:default/a', options),
        instance.templates.getForm('template:default/a', options),
        instance.templates.getActions(options),
        instance.templates.getTask('t', options),
      ];
      const done = await Promise.allSettled(all);
      for (const one of done)
        if (one.status === 'rejected' && !isSourceError(one.reason)) throw one.reason;
      return done;
    },
    allows: isSourceError,
  },
  {
    name: 'events of a Backstage',
    format: 'json',
    sources: ['src/features/backstage/core/instances/eventStream.ts'],
    frames: ['data: <|>\n\n', 'id: <|>\nevent: <|>\ndata: {"a":<|>}\n\n', '<|>'],
    read: async text => {
      const events: unknown[] = [];
      const chunks = (async function* () {
        for (let at = 0; at < text.length; at += 1000) {
          yield new TextEncoder().encode(text.slice(at, at + 1000));
        }
      })();
      for await (const event of jsonEvents(chunks)) events.push(event);
      return events;
    },
    allows: isSourceError,
  },
  {
    name: 'verdict of a Backstage on a descriptor',
    format: 'text',
    sources: ['src/features/backstage/core/instances/validateText.ts'],
    frames: [
      '<|>',
      '/metadata/<|> must be <|>',
      'Policy check failed; caused by Error: "<|>" is not valid; but found "<|>".',
    ],
    read: sentence =>
      validateText('apiVersion: a\nkind: b\nmetadata: { name: c }\n', {
        validate: async () => [sentence],
      }),
  },
  {
    name: 'lists of GitHub and GitLab',
    format: 'value',
    sources: ['src/features/sources/core/discovery/', 'src/features/scm/core/forges/'],
    families: ['http'],
    frames: [
      '<|>',
      '[<|>]',
      '[{"name":<|>,"login":<|>,"full_path":<|>,"html_url":<|>,"web_url":<|>,"default_branch":<|>}]',
      '{"message":<|>,"errors":<|>}',
    ],
    read: async input => {
      const results: unknown[] = [];
      for (const type of ['github', 'gitlab'] as const) {
        const forge = openForge(type, {
          http: answering(input),
          clock: new HastyClock(),
          token: 'tok',
          address: {
            host: 'ghe.example',
            webUrl: 'https://ghe.example',
            apiUrl: 'https://ghe.example/api',
          },
        });
        const common = {
          id: 'a',
          key: 'a',
          name: 'a',
          allow: ['*'],
          interval: 1,
          color: undefined,
        };
        const found = await Promise.allSettled([
          forge.owners(never),
          forge.repositories('a', never),
          forge.branches('a', 'b', never),
          descriptorsOf(
            {
              ...common,
              type,
              host: 'ghe.example',
              org: 'a',
              filter: 'a+',
              path: 'catalog-info.yaml',
            },
            {
              http: httpOf(answering(input)),
              kept: new Map(),
              signal: never,
              traffic: { requests: 0, bytes: 0 },
            },
          ),
        ]);
        for (const each of found) {
          if (
            each.status === 'rejected' &&
            !(each.reason instanceof ForgeError) &&
            !isSourceError(each.reason)
          )
            throw each.reason;
        }
        results.push(found);
      }
      return results;
    },
  },
  {
    name: 'descriptors by address',
    format: 'yaml',
    sources: ['src/features/sources/core/url/'],
    families: ['http'],
    frames: [
      '<|>',
      'apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: a }\nspec: { targets: [<|>] }\n',
    ],
    scale: 0.5,
    read: async input => {
      const source = openUrlSource(
        aUrlConfig('https://github.com/a/b/blob/main/catalog-info.yaml'),
        sourceDeps(answering(input)),
      );
      try {
        await source.fetch({ signal: never });
        return readServed(source);
      } finally {
        source.dispose();
      }
    },
    allows: isSourceError,
  },
  {
    name: 'addresses of sources',
    format: 'url',
    sources: [
      'src/features/sources/core/typedSources.ts',
      'src/features/sources/core/configReader.ts',
    ],
    frames: [
      '<|>',
      'git+https://<|>',
      'https://a.example/<|>',
      'git+ssh://<|>#<|>',
      'github+https://github.com/<|>?filter=<|>',
    ],
    read: text => parseSourceAddress(text),
  },
  {
    name: 'the setting of sources',
    format: 'value',
    sources: [],
    frames: [
      '<|>',
      '[<|>]',
      '[{"type":"git","url":<|>,"branch":<|>,"paths":[<|>]}]',
      '[{"type":"github","org":<|>,"host":<|>,"filter":<|>}]',
      '[{"type":"backstage","url":<|>,"filter":<|>,"limit":<|>}]',
    ],
    read: text => readSources(JSON.parse(text)),
  },
  {
    name: 'addresses that Templates fetch',
    format: 'url',
    sources: [
      'src/features/scm/core/forgeFiles/',
      'src/features/scm/core/urlReaders/',
      'src/features/catalog/core/locations/',
    ],
    frames: [
      '<|>',
      'https://github.com/<|>',
      'https://gitlab.com/a/b/-/blob/<|>',
      'https://dev.azure.com/a/_git/b?path=<|>',
      'https://github.com/a/b/+/refs/heads/<|>',
      'https://app.harness.io/ng/account/a/repos/b/files/<|>',
    ],
    read: text =>
      [...remoteForges.keys(), 'gerrit', 'harness'].flatMap(type => {
        const forge = forgeAt(type, { baseUrl: 'https://github.com/a' });
        if (!forge || !URL.canParse(text)) return [];
        const url = new URL(text);
        return [forge.file, forge.archive, forge.repository ?? forge.file].map(ask => {
          try {
            return ask(url, undefined);
          } catch (error) {
            if (error instanceof InputError || error instanceof NotAllowedError)
              return error.message;
            throw error;
          }
        });
      }),
  },
  {
    name: 'archives',
    format: 'archive',
    sources: ['src/features/scm/core/forgeFiles/archiveReader.ts'],
    families: ['archive'],
    read: async input => {
      const bytes = Buffer.from(input, 'latin1');
      const format = bytes.subarray(0, 2).toString('latin1') === 'PK' ? 'zip' : 'tar.gz';
      const place = { format, folder: '', isWrapped: true, url: 'https://x.example/a' } as const;
      return readArchive(bytes, place, { size: 1024 ** 2, entries: 500 });
    },
    allows: error =>
      error instanceof Error && !(error instanceof RangeError) && error.constructor !== TypeError,
  },
  {
    name: 'metadata of an authorization server',
    format: 'value',
    sources: ['src/features/backstage/core/signIn/'],
    families: ['http', 'oauth'],
    frames: [
      '<|>',
      ...[
        'issuer',
        'authorization_endpoint',
        'token_endpoint',
        'registration_endpoint',
        'scopes_supported',
      ].map(name => field(name, METADATA)),
    ],
    read: input => signIn('metadata', input),
    allows: isSourceError,
  },
  {
    name: 'registrations of an authorization server',
    format: 'value',
    sources: [],
    families: ['http'],
    frames: ['<|>', 'HTTP 201\n\n\n{"client_id":<|>,"client_secret":<|>}'],
    read: input => signIn('registration', input),
    allows: isSourceError,
  },
  {
    name: 'tokens of an authorization server',
    format: 'value',
    sources: [],
    families: ['http'],
    frames: [
      '<|>',
      ...Object.keys(TOKENS).map(name => field(name, TOKENS)),
      field('scope', TOKENS),
    ],
    read: input => signIn('tokens', input),
    allows: isSourceError,
  },
];

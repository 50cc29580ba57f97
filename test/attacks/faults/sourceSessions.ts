import { CatalogEngine } from '../../../src/features/catalog/core';
import { NodeGitMirrors } from '../../../src/features/scm/node/mirrors/gitMirrors';
import type { RemoteSource } from '../../../src/features/sources/core';
import { openGitSource } from '../../../src/features/sources/core/git/gitSource';
import { openUrlSource } from '../../../src/features/sources/core/url/urlSource';
import { type Entity, stringifyEntityRef } from '../../../src/model';
import type { BlobStore, HttpClient } from '../../../src/platform/core/ports';
import { contentOf } from '../../support/catalogHistory';
import { aComponent, aDescriptor, aLocation, documents } from '../../support/descriptors';
import { GitSourcePlace } from '../../support/gitSources';
import { anEntity } from '../../support/inMemoryCatalog';
import { InMemoryBlobStore } from '../../support/inMemoryBlobStore';
import { InMemoryFileSystem } from '../../support/inMemoryFileSystem';
import { backstageSource } from '../../support/servedCatalog';
import { TestClock } from '../../support/testClock';
import { aUrlConfig, sourceDeps } from '../../support/urlSources';
import type { FaultPlan } from './faultPlan';
import type { Outcome, Report, Session } from './session';

/** Another machine with a catalog, as the ports of one session see it. */
interface Remote {
  /** Opens the source with the copy of an earlier one. */
  readonly open: () => RemoteSource;
  /** Renames a component on the other machine. */
  readonly change: () => void;
  readonly dispose?: () => void;
}

interface RemotePorts {
  readonly plan: FaultPlan;
  readonly report: Report;
  readonly store: BlobStore;
}

const { signal } = new AbortController();

/** Fetches a source twice and restores its copy in another start. */
function sourceSession(name: string, connect: (ports: RemotePorts) => Remote): Session {
  return {
    name,
    silent: ['blobs.read'],
    async run(plan, report): Promise<Outcome> {
      const store = plan.blobs(new InMemoryBlobStore());
      const remote = connect({ plan, report, store });
      const open = async () => {
        const source = remote.open();
        const engine = new CatalogEngine({
          fileSystem: new InMemoryFileSystem(),
          clock: new TestClock(),
          logger: report.logger,
        });
        engine.addSource(source);
        await engine.refresh();
        const flush = async (): Promise<unknown> => {
          await engine.sourcesRead();
          report.add(engine.getProblems().map(({ message, file = '' }) => `${file} ${message}`));
          return contentOf(engine);
        };
        const sync = async (): Promise<unknown> => {
          await report.attempt(() => source.fetch({ signal }));
          return flush();
        };
        return { source, engine, flush, sync };
      };
      try {
        const first = await open();
        const before = [await first.sync()];
        remote.change();
        before.push(await first.sync());
        const second = await open();
        await report.attempt(() => second.source.restore());
        before.push(await second.flush());
        plan.end();
        const after = [await first.sync(), await second.sync()];
        for (const { source, engine } of [first, second]) {
          source.dispose();
          engine.dispose();
        }
        return { before, after };
      } finally {
        remote.dispose?.();
      }
    },
  };
}

const FILES: Readonly<Record<string, string>> = {
  'root.yaml': documents(aComponent('shop'), aLocation('parts', './cart.yaml', './pay.yaml')),
  'cart.yaml': aComponent('cart'),
  'pay.yaml': aDescriptor('api:pay', { definition: { $text: './spec.yaml' } }),
  'spec.yaml': 'openapi: 3.0.0\n',
};

/** Files at addresses, by path. */
const hostOf = (texts: ReadonlyMap<string, string>): HttpClient => ({
  send: ({ url }) => {
    const text = texts.get(new URL(url).pathname.slice(1));
    return Promise.resolve({
      type: 'answered',
      status: text === undefined ? 404 : 200,
      headers: new Map(),
      body: new TextEncoder().encode(text),
    });
  },
});

/** A catalog API with pages of two entities. */
const backstageOf = (entities: () => readonly Entity[]): HttpClient => ({
  send: ({ url, body = '{}' }) => {
    const { pathname, searchParams } = new URL(url);
    const all = entities();
    let answer: unknown;
    if (pathname.endsWith('/entities/by-query')) {
      const from = Number(searchParams.get('cursor') ?? 0);
      const to = from + 2;
      const pageInfo = to < all.length ? { nextCursor: String(to) } : {};
      answer = { items: all.slice(from, to), totalItems: all.length, pageInfo };
    } else if (pathname.endsWith('/entities/by-refs')) {
      const { entityRefs } = JSON.parse(body) as { entityRefs: readonly string[] };
      const byRef = new Map(all.map(entity => [stringifyEntityRef(entity), entity]));
      answer = { items: entityRefs.map(ref => byRef.get(ref) ?? null) };
    }
    return Promise.resolve({
      type: 'answered',
      status: answer === undefined ? 404 : 200,
      headers: new Map([['content-type', 'application/json']]),
      body: new TextEncoder().encode(JSON.stringify(answer ?? {})),
    });
  },
});

export const sourceSessions: readonly Session[] = [
  sourceSession('a URL source', ({ plan, report, store }) => {
    const texts = new Map(Object.entries(FILES));
    const http = plan.http(hostOf(texts));
    return {
      open: () =>
        openUrlSource(
          aUrlConfig('https://files.acme.org/root.yaml'),
          sourceDeps(http, { store, logger: report.logger }),
        ),
      change: () => texts.set('cart.yaml', aComponent('trolley')),
    };
  }),
  sourceSession('a Backstage', ({ plan, report, store }) => {
    let cart = 'cart';
    const entities = (): readonly Entity[] =>
      ['shop', cart, 'pay', 'mail', 'stock'].map(name => {
        const entity = anEntity(`component:default/${name}`);
        return { ...entity, metadata: { ...entity.metadata, uid: name, etag: `1-${name}` } };
      });
    const { http } = sourceDeps(plan.http(backstageOf(entities)));
    const url = 'https://backstage.acme.org';
    return {
      open: () => backstageSource({ url, http, store, logger: report.logger }).source,
      change: () => (cart = 'trolley'),
    };
  }),
  sourceSession('a git source', ({ plan, report }) => {
    const place = new GitSourcePlace();
    place.repository.commit({ ...FILES, 'catalog-info.yaml': aLocation('all', './root.yaml') });
    const { storage } = place;
    const real = new NodeGitMirrors({ storage, logger: report.logger, isNamed: () => false });
    const mirrors = plan.mirrors({
      open: request => real.open({ ...request, url: place.url }),
      removeUnused: (...unused) => real.removeUnused(...unused),
    });
    const config = {
      ...aUrlConfig('https://github.com/acme/shop'),
      type: 'git',
      branch: undefined,
      paths: [],
    } as const;
    return {
      open: () => openGitSource(config, place.deps({ mirrors, logger: report.logger }), mirrors),
      // A rewritten history without the first commit.
      change: () => {
        place.repository.git('checkout', '--quiet', '--orphan', 'other');
        place.repository.commit({ 'cart.yaml': aComponent('trolley') });
        place.repository.git('branch', '--force', 'main', 'other');
        place.repository.git('checkout', '--quiet', 'main');
        place.repository.git('reflog', 'expire', '--expire=now', '--all');
        place.repository.git('gc', '--quiet', '--prune=now');
      },
      dispose: () => place.dispose(),
    };
  }),
];

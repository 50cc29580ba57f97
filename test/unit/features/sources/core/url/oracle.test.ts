import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { BackstageIndex } from '../../../../../../src/features/catalog/core/configuredBackstage/backstageIndex';
import {
  openUrlCatalog,
  type UrlCatalog,
} from '../../../../../../src/features/catalog/core/reader';
import { ScmIntegrations } from '../../../../../../src/features/scm/core/urlReaders';
import {
  DEFAULT_URL_LIMITS,
  UrlRound,
} from '../../../../../../src/features/sources/core/url/urlRound';
import { type Entity, stringifyEntityRef } from '../../../../../../src/model';
import { aSetup } from '../../../../../support/backstageCatalog';
import { indexSession } from '../../../../../support/indexSession';
import { fileUri, InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { sharedMaterial } from '../../../../../support/sharedMaterial';
import { gitHub, type HostAnswering, StandInHosts } from '../../../../../support/standInHosts';
import { TestClock } from '../../../../../support/testClock';
import { entitiesOf, FORGES, sourceDeps } from '../../../../../support/urlSources';

/*
 * Recorded results of a Backstage server for locations of type `url`. It used a stand-in for GitHub's files, which its
 * messages name.
 */

const oracle = sharedMaterial(
  'oracle/catalog',
  "The comparison with a Backstage server's locations of type url",
);

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const PLAIN = 'http://127.0.0.1:8099/plain/';
const RECORDED_RAW = 'http://127.0.0.1:8099/raw/';

function recording<T>(file: string, name = 'sem-placeholders'): T {
  const text = readFileSync(join(oracle ?? '', name, file), 'utf8');
  return JSON.parse(text.replaceAll(RECORDED_RAW, 'https://raw.githubusercontent.com/')) as T;
}

function inputs(name = 'sem-placeholders'): Readonly<Record<string, string>> {
  const folder = join(oracle ?? '', name, 'input');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(files.map(path => [path, readFileSync(join(folder, path), 'utf8')]));
}

async function openRound(answering: HostAnswering): Promise<{ readonly urls: UrlRound }> {
  const hosts = await StandInHosts.open(answering);
  const { http, credentials, clock } = sourceDeps(hosts);
  const urls = new UrlRound({
    http,
    credentials,
    clock,
    copy: new Map(),
    limits: DEFAULT_URL_LIMITS,
    home: 'https://github.com/acme',
    integrations: new ScmIntegrations(() => FORGES),
    traffic: { requests: 0, bytes: 0 },
    signal: new AbortController().signal,
    onAnswer: () => undefined,
  });
  return { urls };
}

async function openCatalog(
  answering: HostAnswering,
  targets: readonly string[],
): Promise<UrlCatalog> {
  const { urls } = await openRound(answering);
  const catalog = await openUrlCatalog({
    urls,
    targets,
    root: 'callboard-source://recorded/',
    clock: new TestClock(),
    displayPath: uri => uri,
  });
  await catalog.processAll();
  return catalog;
}

function recordedHosts(): HostAnswering {
  const files = inputs();
  const forge = gitHub(files, { commit: COMMIT });
  return request =>
    request.url.href.startsWith(PLAIN)
      ? files[request.url.href.slice(PLAIN.length)]
      : forge(request);
}

function openRecorded(): Promise<UrlCatalog> {
  const { locations } = recording<{ locations: readonly { target: string }[] }>('case.json');
  return openCatalog(
    recordedHosts(),
    locations.map(({ target }) => target),
  );
}

const byRef = (entities: readonly Entity[]): readonly Entity[] =>
  [...entities].sort((a, b) => (stringifyEntityRef(a) < stringifyEntityRef(b) ? -1 : 1));

describe.runIf(oracle)('locations of type url', () => {
  it('have the recorded entities and relations', async () => {
    const catalog = await openRecorded();
    const recorded = recording<readonly Entity[]>('entities.json');
    expect(entitiesOf(await catalog.indexState(0))).toEqual(byRef(recorded));
  });

  it('have the recorded failures', async () => {
    const catalog = await openRecorded();
    const recorded =
      recording<readonly { entity_ref: string; errors: readonly object[] }[]>('unprocessed.json');
    expect(
      Object.fromEntries(catalog.unprocessed().map(({ ref, errors }) => [ref, errors])),
    ).toEqual(Object.fromEntries(recorded.map(({ entity_ref: ref, errors }) => [ref, errors])));
  });

  it('have no errors for served entities', async () => {
    const catalog = await openRecorded();
    const statuses = entitiesOf(await catalog.indexState(0)).filter(entity => 'status' in entity);
    expect(statuses).toEqual(recording('status-errors.json'));
  });
});

describe.runIf(oracle)('locations of type url in an app-config', () => {
  it('have the recorded entities with the given addresses', async () => {
    const { locations } = recording<{ locations: readonly object[] }>('case.json');
    const config = {
      backend: { reading: { allow: [{ host: '127.0.0.1:8099' }] } },
      catalog: { locations, rules: [{ allow: ['Component', 'API', 'Location'] }] },
    };
    const files = { '/work/app-config.yaml': JSON.stringify(config) };
    const { urls } = await openRound(recordedHosts());
    const index = new BackstageIndex({
      fileSystem: new InMemoryFileSystem(files),
      clock: new TestClock(),
      logger: silentLogger,
      setup: aSetup({ configs: [fileUri('/work/app-config.yaml')] }),
      openUrls: () => ({ reader: urls, root: 'callboard:///urls', applyChanges: () => new Set() }),
    });
    const state = await index.refresh([], indexSession({ aiModel: false }));
    const recorded = recording<readonly Entity[]>('entities.json');
    expect(entitiesOf(state)).toEqual(byRef(recorded));
    expect(
      [...state.files.values()].flatMap(({ record }) => record.problems.map(({ code }) => code)),
    ).not.toContain('location-not-read');
  });
});

/** Files recorded from a server's own disk, at addresses. */
async function openByUrl(name: string): Promise<UrlCatalog> {
  const files = inputs(name);
  const { locations } = recording<{ locations: readonly { target: string }[] }>('case.json', name);
  return openCatalog(
    ({ url }) => files[url.pathname.slice(1)],
    locations.map(({ target }) => target.replace('${CASE}/input/', 'https://files.acme.org/')),
  );
}

/** Entity without its origin, and without relations, which need the whole catalog. */
function comparable({ relations, metadata, spec, ...entity }: Entity): unknown {
  const annotations = Object.entries(metadata.annotations ?? {}).filter(
    ([key]) => !/^backstage\.io\/(?:managed-by-(?:origin-)?location|view-url)$/.test(key),
  );
  return {
    ...entity,
    metadata: { ...metadata, annotations: Object.fromEntries(annotations) },
    spec,
  };
}

/** Whether an entity is written in a file; the recorded server had no model for AI. */
const isWritten = ({ kind, metadata }: Entity): boolean =>
  !metadata.name.startsWith('generated-') && kind !== 'AiResource';

describe.runIf(oracle)('files of a Backstage server at addresses', () => {
  // Other recordings have placeholders and Locations of files, which a server rejects by URL.
  it.each(['sem-relations', 'sem-validation', 'default-app-examples'])(
    '%s have the recorded entities',
    async name => {
      const catalog = await openByUrl(name);
      const entities = entitiesOf(await catalog.indexState(0));
      const recorded = recording<readonly Entity[]>('entities.json', name);
      expect(entities.filter(isWritten).map(comparable)).toEqual(
        byRef(recorded.filter(isWritten)).map(comparable),
      );
    },
  );
});

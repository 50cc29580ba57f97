import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { type BackstageUrls, CatalogEngine } from '../../../../../../src/features/catalog/core';
import { ConfiguredUrls } from '../../../../../../src/features/sources/core';
import { stringifyEntityRef } from '../../../../../../src/model';
import { aSetup } from '../../../../../support/backstageCatalog';
import { aComponent, aDescriptor, aLocation } from '../../../../../support/descriptors';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';
import { fileUri, InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { ManualClock } from '../../../../../support/manualClock';
import { gitHub, StandInHosts } from '../../../../../support/standInHosts';
import { sourceDeps } from '../../../../../support/urlSources';

const RAW = 'https://raw.githubusercontent.com/acme/shop/main';
const ROOT = 'callboard-source://app-config/';
const CONFIG = '/work/app-config.yaml';
const MINUTE = 60_000;

const REPOSITORY = {
  'acme/shop/catalog-info.yaml': `${aComponent('shop')}---\n${aLocation('parts', './cart.yaml')}`,
  'acme/shop/cart.yaml': aComponent('cart'),
};

function configOf(...targets: string[]): string {
  const locations = targets.map(target => ({ type: 'url', target }));
  const here = { type: 'file', target: './own.yaml' };
  return JSON.stringify({ catalog: { locations: [here, ...locations] } }, undefined, 2);
}

/** A new window with an app-config that registers addresses. */
class Window {
  readonly clock: ManualClock;
  readonly engine: CatalogEngine;
  readonly #files: InMemoryFileSystem;
  readonly urls: ConfiguredUrls;

  private constructor(
    hosts: StandInHosts,
    {
      files,
      store,
      clock,
    }: { files: InMemoryFileSystem; store: InMemoryBlobStore; clock: ManualClock },
  ) {
    this.#files = files;
    this.clock = clock;
    this.urls = new ConfiguredUrls({
      ...sourceDeps(hosts, { store }),
      clock: this.clock,
      identity: CONFIG,
      root: ROOT,
      isWanted: () => true,
    });
    const urls: BackstageUrls = {
      open: demand => this.urls.open(demand),
      onDidChange: this.urls.onDidChange,
    };
    this.engine = new CatalogEngine({ fileSystem: files, clock, logger: silentLogger, urls });
    this.engine.setBackstage(aSetup({ configs: [fileUri(CONFIG)] }));
    onTestFinished(() => {
      this.engine.dispose();
      this.urls.dispose();
    });
  }

  static async open(
    hosts: StandInHosts,
    {
      config = configOf('https://github.com/acme/shop/blob/main/catalog-info.yaml'),
      own = aComponent('own'),
      store = new InMemoryBlobStore(),
      clock = new ManualClock(),
    } = {},
  ): Promise<Window> {
    const files = new InMemoryFileSystem({ [CONFIG]: config, '/work/own.yaml': own });
    const window = new Window(hosts, { files, store, clock });
    await window.engine.refresh();
    return window;
  }

  async write(path: string, text: string): Promise<void> {
    this.#files.write(path, text);
    await this.engine.applyChanges([{ type: 'changed', uri: fileUri(path) }]);
  }

  /** Fetches everything, and waits until the catalog has applied it. */
  async fetch(): Promise<void> {
    await this.urls.fetch();
    await this.engine.sourcesRead();
  }

  refs(): readonly string[] {
    return this.engine
      .getEntities()
      .filter(({ metadata }) => !metadata.name.startsWith('generated-'))
      .map(entity => `${stringifyEntityRef(entity)}${'status' in entity ? '!' : ''}`)
      .sort();
  }

  problems(): readonly string[] {
    return this.engine
      .getProblems()
      .filter(({ code }) => code !== 'dangling-reference')
      .map(({ file = '', range: { start }, severity, message }) => {
        return `${file.replace('file:///work/', '')}:${start.line + 1} ${severity} ${message}`;
      });
  }
}

describe('locations of type url in an app-config', () => {
  it('are reported as unread until they are fetched with their targets', async () => {
    const hosts = await StandInHosts.open(gitHub(REPOSITORY));
    const window = await Window.open(hosts);
    expect(window.refs()).toEqual(['component:default/own']);
    expect(window.problems()).toEqual([
      'app-config.yaml:10 warning https://github.com/acme/shop/tree/main/catalog-info.yaml is on another machine and was not read; its entities are missing here',
    ]);
    expect(hosts.requests).toEqual([]);
    await window.fetch();
    expect(window.refs()).toEqual([
      'component:default/cart',
      'component:default/own',
      'component:default/shop',
      'location:default/parts',
    ]);
    expect(window.problems()).toEqual([]);
    expect(hosts.takeRequests()).toEqual([`${RAW}/cart.yaml`, `${RAW}/catalog-info.yaml`]);
  });

  it('are fetched from the addresses that their integration sets', async () => {
    const git = 'https://git.acme.org';
    const file = '/projects/web%2Fshop/repository/files/catalog-info.yaml/raw?ref=main';
    const target = `${git}/code/web/shop/-/blob/main/catalog-info.yaml`;
    const configured = (apiBaseUrl: string): string =>
      JSON.stringify({
        ...(JSON.parse(configOf(target)) as object),
        integrations: { gitlab: [{ host: 'git.acme.org', baseUrl: `${git}/code`, apiBaseUrl }] },
      });
    for (const api of [`${git}/code/api/v4`, 'https://evil.example/api/v4']) {
      const hosts = await StandInHosts.open(({ url }) =>
        url.href === `${git}/code/api/v4${file}` ? aComponent('shop') : undefined,
      );
      const window = await Window.open(hosts, { config: configured(api) });
      await window.fetch();
      expect(window.refs()).toEqual(['component:default/own', 'component:default/shop']);
      expect(hosts.takeRequests()).toEqual([`${git}/code/api/v4${file}`]);
    }
  });

  it('are read from Gerrit, whose answers are in base64', async () => {
    const gerrit = 'https://gerrit.acme.org';
    const target = `${gerrit}/browse/shop/+/refs/heads/main/catalog-info.yaml`;
    const config = JSON.stringify({
      ...(JSON.parse(configOf(target)) as object),
      integrations: { gerrit: [{ host: 'gerrit.acme.org', gitilesBaseUrl: `${gerrit}/browse` }] },
    });
    const hosts = await StandInHosts.open(() => Buffer.from(aComponent('shop')).toString('base64'));
    const window = await Window.open(hosts, { config });
    await window.fetch();
    expect(window.refs()).toEqual(['component:default/own', 'component:default/shop']);
    expect(hosts.takeRequests()).toEqual([
      `${gerrit}/projects/shop/branches/main/files/catalog-info.yaml/content`,
    ]);
    const shop = window.engine.getEntities().find(({ metadata }) => metadata.name === 'shop');
    expect(shop?.metadata.annotations).toMatchObject({
      'backstage.io/edit-url': `${gerrit}/admin/repos/edit/repo/shop/branch/refs/heads/main/file/catalog-info.yaml`,
    });
  });

  it('are fetched automatically, and again after 15 minutes', async () => {
    const hosts = await StandInHosts.open(gitHub(REPOSITORY));
    const window = await Window.open(hosts);
    const changed = new Promise<void>(resolve => window.urls.onDidChange(resolve));
    await window.clock.pass(MINUTE);
    await changed;
    await window.engine.sourcesRead();
    expect(window.refs()).toContain('component:default/shop');
    hosts.takeRequests();
    await window.clock.pass(13 * MINUTE);
    expect(hosts.takeRequests()).toEqual([]);
    // They may have been fetched at any time of the first minute.
    await window.clock.pass(3 * MINUTE);
    await expect.poll(() => hosts.requests.length).toBe(2);
    expect(hosts.takeRequests()).toEqual([`${RAW}/cart.yaml 304`, `${RAW}/catalog-info.yaml 304`]);
  });

  it('are restored from the copy at the next start, with later problems', async () => {
    const hosts = await StandInHosts.open(gitHub(REPOSITORY));
    const store = new InMemoryBlobStore();
    await (await Window.open(hosts, { store })).fetch();
    hosts.answering = () => ({ status: 410 });
    const window = await Window.open(hosts, { store });
    expect(window.refs()).toContain('component:default/cart');
    await window.fetch();
    expect(window.refs()).toEqual([
      'component:default/cart',
      'component:default/own',
      'component:default/shop',
      'location:default/parts!',
    ]);
    const [problem] = window.problems();
    expect(problem).toMatch(/^app-config\.yaml:10 error Unable to read url, .* 410 Gone/);
  });

  it('are updated after changes of files and config', async () => {
    const files: Record<string, string> = { ...REPOSITORY };
    const hosts = await StandInHosts.open(gitHub(files));
    const window = await Window.open(hosts);
    await window.fetch();
    files['acme/shop/cart.yaml'] = aComponent('trolley');
    await window.fetch();
    expect(window.refs()).toContain('component:default/trolley');
    files['acme/shop/more.yaml'] = aComponent('more');
    await window.write(
      '/work/own.yaml',
      aLocation('own', 'https://github.com/acme/shop/blob/main/more.yaml').replace(
        'spec:',
        'spec:\n  type: url',
      ),
    );
    await window.fetch();
    expect(window.refs()).toEqual([
      'component:default/more',
      'component:default/shop',
      'component:default/trolley',
      'location:default/own',
      'location:default/parts',
    ]);
  });

  it('have readable files named by their addresses', async () => {
    const hosts = await StandInHosts.open(gitHub(REPOSITORY));
    const window = await Window.open(hosts);
    await window.fetch();
    const file = window.engine.getEntitySource('component:default/cart')?.file ?? '';
    expect(file).toBe(`${ROOT}github.com/acme/shop/tree/main/cart.yaml`);
    const content = await window.urls.fileSystem.readFile(file);
    expect(new TextDecoder().decode(content)).toBe(REPOSITORY['acme/shop/cart.yaml']);
  });

  it('are requested only if the config and the settings allow it', async () => {
    const hosts = await StandInHosts.open(() => aComponent('secret'));
    const window = await Window.open(hosts, {
      config: JSON.stringify({
        // The hosts allowed here don't include it.
        backend: { reading: { allow: [{ host: '169.254.169.254' }] } },
        catalog: {
          locations: [
            { type: 'url', target: 'https://elsewhere.org/catalog-info.yaml' },
            { type: 'url', target: 'https://169.254.169.254/catalog-info.yaml' },
            { type: 'url', target: 'https://ftp.acme.org/catalog-info.yaml' },
          ],
        },
      }),
    });
    await window.fetch();
    expect(hosts.requests).toEqual([]);
    expect(window.refs()).toEqual([]);
    expect(window.problems()).toEqual([
      expect.stringMatching(/^app-config.*Reading from 'https:\/\/elsewhere\.org.* is not allowed/),
      expect.stringMatching(/^app-config.*Reading from 'https:\/\/169.* is not allowed/),
      expect.stringMatching(/^app-config.*Reading from 'https:\/\/ftp.* is not allowed/),
    ]);
  });

  it('resolve placeholders with addresses in files', async () => {
    const SPEC = 'https://files.acme.org/spec.yaml';
    const hosts = await StandInHosts.open();
    hosts.overrides.set(SPEC, 'openapi: 3.0.0\n');
    const own = aDescriptor('api:pay', { definition: { $text: SPEC } });
    const backend = { reading: { allow: [{ host: 'files.acme.org' }] } };
    const catalog = { locations: [{ type: 'file', target: './own.yaml' }] };
    const window = await Window.open(hosts, { config: JSON.stringify({ backend, catalog }), own });
    await window.fetch();
    const definition = () => window.engine.getEntityByRef('api:default/pay')?.spec?.['definition'];
    expect(definition()).toBe('openapi: 3.0.0\n');
    hosts.overrides.set(SPEC, 'openapi: 3.1.0\n');
    await window.fetch();
    expect(definition()).toBe('openapi: 3.1.0\n');
  });
});

import { describe, expect, it } from 'vitest';
import type {
  DiscoverySourceConfig,
  RemoteSource,
} from '../../../../../../src/features/sources/core';
import { openDiscoverySource } from '../../../../../../src/features/sources/core/discovery/discoverySource';
import { aComponent } from '../../../../../support/descriptors';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';
import { gitHub, StandInHosts } from '../../../../../support/standInHosts';
import { ConnectedSource, sourceDeps } from '../../../../../support/urlSources';

const config: DiscoverySourceConfig = {
  type: 'github',
  host: 'github.com',
  org: 'acme',
  filter: undefined,
  id: 'github acme',
  key: 'acme',
  name: 'Acme',
  path: 'catalog-info.yaml',
  allow: ['*'],
  interval: 1,
  color: undefined,
};

interface Acme {
  readonly files: Record<string, string>;
  readonly repositories: string[];
  readonly hosts: StandInHosts;
  open(store?: InMemoryBlobStore): Promise<ConnectedSource>;
}

/** An organization whose repositories have files by `acme/NAME/PATH`. */
async function acme(files: Record<string, string>, ...repositories: string[]): Promise<Acme> {
  const forge = gitHub(files);
  const hosts = await StandInHosts.open(request => {
    if (request.url.host !== 'api.github.com') return forge(request);
    const listed = repositories.map(name => ({
      name,
      html_url: `https://github.com/acme/${name}`,
      default_branch: 'main',
    }));
    return JSON.stringify(listed);
  });
  const open = (store = new InMemoryBlobStore()): Promise<ConnectedSource> => {
    const source: RemoteSource = openDiscoverySource(config, sourceDeps(hosts, { store }));
    return ConnectedSource.of(source);
  };
  return { files, repositories, hosts, open };
}

describe('source of an organization', () => {
  it('has descriptors of repositories that have one, without problems for others', async () => {
    const { open } = await acme({ 'acme/a/catalog-info.yaml': aComponent('a') }, 'a', 'b');
    const source = await open();
    expect(await source.fetch()).toMatchObject({ changed: true, requests: 3 });
    expect(source.refs()).toEqual(['component:default/a']);
    expect(source.problems()).toEqual([]);
  });

  it('follows added and removed repositories and descriptors', async () => {
    const { open, files, repositories } = await acme(
      { 'acme/a/catalog-info.yaml': aComponent('a'), 'acme/b/catalog-info.yaml': aComponent('b') },
      'a',
    );
    const source = await open();
    await source.fetch();
    repositories.push('b');
    await source.fetch();
    expect(source.refs()).toEqual(['component:default/a', 'component:default/b']);
    repositories.shift();
    files['acme/b/catalog-info.yaml'] = aComponent('b2');
    await source.fetch();
    expect(source.refs()).toEqual(['component:default/b2']);
  });

  it('is restored after a restart without requests', async () => {
    const { open, hosts } = await acme({ 'acme/a/catalog-info.yaml': aComponent('a') }, 'a', 'b');
    const store = new InMemoryBlobStore();
    await (await open(store)).fetch();
    hosts.takeRequests();
    const reopened = await open(store);
    await reopened.restore();
    expect([reopened.refs(), hosts.takeRequests()]).toEqual([['component:default/a'], []]);
    expect(await reopened.fetch()).toMatchObject({ changed: false });
  });
});

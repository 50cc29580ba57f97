import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSourceAddress, SOURCE_SCHEME } from '../../../../../../src/features/sources/core';
import { aComponent, aDescriptor, aLocation } from '../../../../../support/descriptors';
import { catalogOf, fetchInto, GitSourcePlace } from '../../../../../support/gitSources';
import type { TestCatalog } from '../../../../../support/testCatalog';

const { signal } = new AbortController();
let place: GitSourcePlace;

beforeEach(() => {
  place = new GitSourcePlace();
});
afterEach(() => {
  place.dispose();
});

async function fetched(files: Readonly<Record<string, string>>): Promise<TestCatalog> {
  place.repository.commit(files);
  const source = place.open();
  const catalog = await catalogOf(source);
  await fetchInto(catalog, source);
  return catalog;
}

const uri = (path: string): string => `${SOURCE_SCHEME}://shop/${path}`;

describe('entities of a git repository', () => {
  it('have the annotations of a Backstage that reads the same file', async () => {
    const catalog = await fetched({ 'a/catalog-info.yaml': aComponent('shop') });
    expect(catalog.entity('component:default/shop')?.metadata['annotations']).toEqual({
      'backstage.io/managed-by-location':
        'url:https://github.com/acme/shop/tree/main/a/catalog-info.yaml',
      'backstage.io/managed-by-origin-location':
        'url:https://github.com/acme/shop/tree/main/a/catalog-info.yaml',
      'backstage.io/view-url': 'https://github.com/acme/shop/tree/main/a/catalog-info.yaml',
      'backstage.io/edit-url': 'https://github.com/acme/shop/edit/main/a/catalog-info.yaml',
      'backstage.io/source-location': 'url:https://github.com/acme/shop/tree/main/a/',
    });
  });

  it('have the address of the command line on hosts of unknown type', async () => {
    place.repository.commit({ 'a, b/catalog-info.yaml': aComponent('shop') });
    const source = place.open({ config: { branch: 'main' } });
    await source.fetch({ signal });
    const others = ['https://git.example.com/a/shop.git', 'git@git.example.com:a/shop.git'].map(
      url => {
        Object.assign(source, { config: { ...source.config, url } });
        return source.locationOf?.(uri('a%2C%20b/catalog-info.yaml'));
      },
    );
    expect(others).toEqual([
      'url:git+https://git.example.com/a/shop.git#main:a%2C%20b/catalog-info.yaml',
      'url:git+ssh://git@git.example.com/a/shop.git#main:a%2C%20b/catalog-info.yaml',
    ]);
    expect(parseSourceAddress(others[0]?.slice(4) ?? '')).toMatchObject({
      value: {
        type: 'git',
        url: 'https://git.example.com/a/shop.git',
        branch: 'main',
        paths: ['a, b/catalog-info.yaml'],
      },
    });
  });

  it('include targets of Locations, placeholders and annotations', async () => {
    const catalog = await fetched({
      'catalog-info.yaml': aLocation('all', './parts/*.yaml', './odd/part.txt'),
      'parts/api.yaml': aDescriptor('api:pets', { definition: { $text: '../spec/pets.md' } }),
      'spec/pets.md': '# Pets',
      'odd/part.txt': aComponent('odd', {}),
      'docs/mkdocs.yml': 'site_name: Docs',
    });
    expect(catalog.refs()).toEqual([
      'api:default/pets',
      'component:default/odd',
      'location:default/all',
    ]);
    expect(catalog.entity('api:default/pets')?.['spec']).toMatchObject({ definition: '# Pets' });
    expect(catalog.places('api:default/pets')).toEqual({
      location: 'url:https://github.com/acme/shop/tree/main/parts/api.yaml',
      origin: 'url:https://github.com/acme/shop/tree/main/catalog-info.yaml',
    });
    expect(
      catalog.engine.getProblems().filter(({ code }) => code !== 'dangling-reference'),
    ).toEqual([]);
  });

  it("can't read files outside of their repository", async () => {
    place.repository.write({
      'catalog-info.yaml': aDescriptor('api:a', { definition: { $text: './passwd' } }),
    });
    place.repository.write({
      'b.yaml': aDescriptor('api:b', { definition: { $text: '../../../etc/passwd' } }),
    });
    symlinkSync('/etc/passwd', join(place.repository.folder, 'passwd'));
    symlinkSync('/etc', join(place.repository.folder, 'etc'));
    symlinkSync('../../../../../../../etc/passwd', join(place.repository.folder, 'up'));
    const catalog = await fetched({
      'c.yaml': aDescriptor('api:c', { definition: { $text: './up' } }),
    });
    const outside = 'Placeholder may only reference files from the same repository as the entity';
    expect(catalog.messages().filter(message => message.startsWith('Placeholder'))).toEqual([
      `Placeholder $text could not read location ../../../etc/passwd, Error: ${outside}`,
      'Placeholder $text could not read location ./up, NotFoundError: there is no such file',
      'Placeholder $text could not read location ./passwd, NotFoundError: there is no such file',
    ]);
  });

  it('include files that `.gitignore` names', async () => {
    place.repository.write({ 'generated/catalog-info.yaml': aComponent('made') });
    place.repository.commit();
    const catalog = await fetched({ '.gitignore': 'generated\n' });
    expect(catalog.refs()).toEqual(['component:default/made']);
  });

  it('are limited to the configured paths', async () => {
    place.repository.commit({
      'a.yaml': aComponent('a'),
      'b.yaml': aComponent('b'),
      'folder/deep/c.yaml': aComponent('c'),
      'globs/d/x.yml': aComponent('d'),
      'globs/e/x.yml': aComponent('e'),
    });
    const source = place.open({ config: { paths: ['a.yaml', 'folder', '/globs/*/x.yml'] } });
    const catalog = await catalogOf(source);
    await fetchInto(catalog, source);
    expect(catalog.refs()).toEqual(['a', 'c', 'd', 'e'].map(name => `component:default/${name}`));
  });

  it('are restored from the copy without requests', async () => {
    place.repository.commit({ 'a.yaml': aComponent('a') });
    const first = place.open();
    await first.fetch({ signal });
    first.dispose();
    place.repository.remove('.git');
    const second = place.open();
    const catalog = await catalogOf(second);
    expect([catalog.refs(), second.fetchedAt]).toEqual([[], undefined]);
    await second.restore();
    await catalog.engine.sourcesRead();
    expect(catalog.refs()).toEqual(['component:default/a']);
    expect(second.fetchedAt).toBe(first.fetchedAt);
    await second.forget();
    await catalog.engine.sourcesRead();
    expect([catalog.refs(), second.fetchedAt]).toEqual([[], undefined]);
  });

  it('are completed later with files found by parsing', async () => {
    // A key that is `$text` only after YAML parsing.
    const text = aDescriptor('api:pets', { definition: { $text: './pets.md' } });
    place.repository.commit({
      'api.yaml': text.replace('$text:', '"$te\\x78t":'),
      'pets.md': '# Pets',
    });
    const source = place.open();
    const catalog = await catalogOf(source);
    await source.fetch({ signal });
    await new Promise<void>(resolve => {
      source.onDidChange(changes => changes && resolve());
      void catalog.engine.sourcesRead();
    });
    await catalog.engine.sourcesRead();
    expect(catalog.entity('api:default/pets')?.['spec']).toMatchObject({ definition: '# Pets' });
  });
});

describe('refresh', () => {
  it('reads only changed files again', async () => {
    place.repository.commit({
      'a.yaml': aComponent('a'),
      'b.yaml': aComponent('b'),
      'c.yaml': aComponent('c'),
    });
    const source = place.open();
    const catalog = await catalogOf(source);
    await fetchInto(catalog, source);
    const a = catalog.entity('component:default/a');
    catalog.takeEvents();
    place.repository.remove('c.yaml');
    place.repository.commit({
      'b.yaml': aComponent('b', { type: 'website' }),
      'd.yaml': aComponent('d'),
    });
    const events: unknown[] = [];
    source.onDidChange(changes => events.push(changes));
    const outcome = await source.fetch({ signal });
    await catalog.engine.sourcesRead();
    expect(outcome).toMatchObject({ changed: true });
    expect(events).toEqual([
      [
        { type: 'changed', uri: uri('b.yaml') },
        { type: 'changed', uri: uri('d.yaml') },
        { type: 'deleted', uri: uri('c.yaml') },
      ],
    ]);
    expect(catalog.refs()).toEqual(['a', 'b', 'd'].map(name => `component:default/${name}`));
    expect(catalog.entity('component:default/a')).toBe(a);
    expect(await source.fetch({ signal })).toMatchObject({ changed: false, requests: 1 });
  });

  it('updates all addresses after the default branch changed', async () => {
    place.repository.commit({ 'a.yaml': aComponent('a') });
    const source = place.open();
    const catalog = await catalogOf(source);
    await fetchInto(catalog, source);
    place.repository.git('branch', '-m', 'main', 'trunk');
    await fetchInto(catalog, source);
    expect(catalog.entity('component:default/a')?.metadata['annotations']).toMatchObject({
      'backstage.io/managed-by-location': 'url:https://github.com/acme/shop/tree/trunk/a.yaml',
      'backstage.io/view-url': 'https://github.com/acme/shop/tree/trunk/a.yaml',
    });
  });

  it('reads files again that refer to a changed file', async () => {
    const definition = { $text: './pets.md' };
    place.repository.commit({
      'api.yaml': aDescriptor('api:pets', { definition }),
      'pets.md': 'one',
    });
    const source = place.open();
    const catalog = await catalogOf(source);
    await fetchInto(catalog, source);
    place.repository.commit({ 'pets.md': 'two' });
    await fetchInto(catalog, source);
    expect(catalog.entity('api:default/pets')?.['spec']).toMatchObject({ definition: 'two' });
  });
});

describe("source that can't be fetched", () => {
  it.each([
    [{ branch: 'gone' }, 'missing', 'There is no branch or tag gone', 'Available: main.'],
    [
      { paths: ['gone.yaml'] },
      'missing',
      'The repository has nothing at gone.yaml',
      /Correct "paths"/,
    ],
    [{ paths: ['../x'] }, 'refused', 'A path must not leave its repository', undefined],
    [
      { branch: '--upload-pack=x' },
      'refused',
      'The name of a branch must not start with "-"',
      undefined,
    ],
    [{ url: 'ext::sh -c id' }, 'refused', /spaces/, undefined],
    [{ url: 'file:///nowhere/at/all' }, 'missing', /no such repository/, /Check its address/],
  ])('reports the reason and advice: %j', async (config, failure, message, advice) => {
    place.repository.commit({ 'a.yaml': aComponent('a') });
    const error: unknown = await place
      .open({ config })
      .fetch({ signal })
      .catch((found: unknown) => found);
    const match = (text: RegExp | string): unknown =>
      typeof text === 'string' ? text : expect.stringMatching(text);
    expect(error).toMatchObject({
      name: 'SourceError',
      failure,
      message: match(message),
      ...(advice && { advice: match(advice) }),
    });
  });

  it('reports that there are no commits', async () => {
    await expect(place.open().fetch({ signal })).rejects.toMatchObject({
      failure: 'missing',
      message: 'The repository has no commits yet',
    });
  });

  it('keeps its entities', async () => {
    place.repository.commit({ 'a.yaml': aComponent('a') });
    const source = place.open();
    const catalog = await catalogOf(source);
    await fetchInto(catalog, source);
    place.repository.remove('.git');
    await expect(source.fetch({ signal })).rejects.toMatchObject({ failure: 'missing' });
    await catalog.engine.sourcesRead();
    expect(catalog.refs()).toEqual(['component:default/a']);
  });
});

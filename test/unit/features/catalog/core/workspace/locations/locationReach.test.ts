import { describe, expect, it } from 'vitest';
import {
  aComponent,
  aDescriptor,
  aLocation,
  documents,
} from '../../../../../../support/descriptors';
import { marked } from '../../../../../../support/markedText';
import { openCatalog } from '../../../../../../support/testCatalog';

const g = (name: string): string => aDescriptor(`group:${name}`);

describe('Location targets', () => {
  it.each([
    ['relative', './a/x.txt'],
    ['bare', 'a/x.txt'],
    ['upwards', '../work/a/x.txt'],
    ['absolute', '/work/a/x.txt'],
    ['with a space', 'a/b c.txt'],
  ])('%s include files with other extensions', async (_, target) => {
    const catalog = await openCatalog({
      'catalog-info.yaml': aLocation('l', target),
      'a/x.txt': g('x'),
      'a/b c.txt': g('x'),
    });
    expect(catalog.refs()).toEqual(['group:default/x', 'location:default/l']);
    expect(catalog.codes()).toEqual([]);
  });

  it('include both `target` and `targets`', async () => {
    const catalog = await openCatalog({
      'x.yaml': aDescriptor('location:l', { target: './a.txt', targets: ['./b.txt'] }),
      'a.txt': g('a'),
      'b.txt': g('b'),
    });
    expect(catalog.refs()).toEqual(['group:default/a', 'group:default/b', 'location:default/l']);
  });

  it.each([
    ['missing', './no.yaml', ['location-target-missing']],
    ['a glob without a match', './no/*.yaml', ['location-target-missing']],
    ['a folder', './a', ['location-target-invalid']],
    ['a folder with a slash', './a/', ['location-target-invalid']],
    ['outside', '../x.yaml', ['location-not-read']],
    ['outside and absolute', '/etc/passwd', ['location-not-read']],
    ['on another host', 'https://example.com/x.yaml', ['location-not-read']],
    ['a link to the outside', './link.yaml', ['location-not-read']],
    ['circular links', './ring.yaml', ['location-target-missing']],
    ['itself', './catalog-info.yaml', []],
  ])('%s', async (_, target, codes) => {
    const catalog = await openCatalog({ 'a/x.yaml': g('x'), '/x.yaml': g('out') });
    catalog.files.link('/work/link.yaml', '/x.yaml');
    catalog.files.link('/work/ring.yaml', './ring.yaml');
    await catalog.write({ 'catalog-info.yaml': aLocation('l', target) });
    expect(catalog.codes()).toEqual(codes);
    expect(catalog.refs()).toEqual(['group:default/x', 'location:default/l']);
  });

  it('can be missing when optional', async () => {
    const catalog = await openCatalog({
      'x.yaml': aDescriptor('location:l', { targets: ['./no.yaml'], presence: 'optional' }),
    });
    expect(catalog.codes()).toEqual([]);
  });

  it('are marked and reported one by one when not read', async () => {
    const { text, ranges } = marked(
      'apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: l}\nspec:\n  type: url\n  target: <|https://example.com/a|>\n  targets:\n    - <|https://example.com/b|>\n',
    );
    const catalog = await openCatalog({ 'x.yaml': text });
    expect(catalog.problems().map(({ range }) => range)).toEqual(ranges);
    expect(catalog.messages()[0]).toBe(
      'https://example.com/a is on another machine and was not read; its entities are missing here',
    );
  });

  it('of type url are relative to the file or the repository root', async () => {
    const catalog = await openCatalog({
      '/.git/HEAD': '',
      'a/x.yaml': aDescriptor('location:l', { type: 'url', targets: ['./x.txt', '/work/y.txt'] }),
      'a/x.txt': g('x'),
      'y.txt': g('y'),
    });
    expect(catalog.refs()).toEqual(['group:default/x', 'group:default/y', 'location:default/l']);
  });

  it('appear and disappear with their files', async () => {
    const catalog = await openCatalog({ 'x.yaml': aLocation('l', './a.txt', './b/*.yaml') });
    expect(catalog.codes()).toEqual(['location-target-missing', 'location-target-missing']);
    await catalog.write({ 'a.txt': g('a'), 'b/c.yaml': g('c') });
    expect([catalog.codes(), catalog.places('group:default/a').origin]).toEqual([[], 'x.yaml']);
    await catalog.remove('a.txt', 'b');
    expect(catalog.codes()).toEqual(['location-target-missing', 'location-target-missing']);
  });

  it('include files that git ignores', async () => {
    const catalog = await openCatalog({
      '.gitignore': 'out\n',
      'x.yaml': aLocation('l', './out/a.yaml'),
      'out/a.yaml': g('a'),
      'out/b.yaml': g('b'),
    });
    expect(catalog.refs()).toEqual(['group:default/a', 'location:default/l']);
  });

  it('are checked as descriptors', async () => {
    const catalog = await openCatalog({
      'a.yaml': 'name: x\n',
      'x.yaml': aDescriptor('group:x'),
    });
    expect(catalog.codes('a.yaml')).toEqual([]);
    await catalog.write({ 'l.yaml': aLocation('l', './a.yaml') });
    expect(new Set(catalog.codes('a.yaml'))).toEqual(new Set(['invalid-envelope']));
    await catalog.remove('l.yaml');
    expect(catalog.codes('a.yaml')).toEqual([]);
  });

  it('are removed with their only Location', async () => {
    const catalog = await openCatalog({ 'x.yaml': aLocation('l', './a.txt'), 'a.txt': g('a') });
    await catalog.write({ 'x.yaml': aLocation('l') });
    expect(catalog.refs()).toEqual(['location:default/l']);
  });
});

describe('Globs of targets', () => {
  const nameOf = (path: string): string =>
    path.replace('[', 'bracket').replaceAll(/\W+/g, '-').replace(/^-/, '');

  it.each([
    ['./*.yaml', ['a.yaml']],
    ['./**/*.yaml', ['a.yaml', 'd/b.yaml', 'e/x.yaml', 'e/[x].yaml']],
    ['./{a,d/b}.yaml', ['a.yaml', 'd/b.yaml']],
    ['./.h/*.yaml', ['.h/c.yaml']],
    ['./?/b.yaml', ['d/b.yaml']],
    ['./d/[bc].yaml', ['d/b.yaml']],
    ['./[!b].yaml', ['a.yaml']],
    ['./**.yaml', ['a.yaml']],
    ['./{a,d/**}.yaml', ['a.yaml', 'd/b.yaml']],
    ['./e/[x].yaml', ['e/x.yaml']],
    ['./d\\*.yaml', ['d/b.yaml']],
    ['./d\\b.yaml', ['d/b.yaml']],
  ])('%s', async (target, reached) => {
    const files = ['a.yaml', 'd/b.yaml', '.h/c.yaml', 'e/x.yaml', 'e/[x].yaml'];
    const catalog = await openCatalog({
      '0/x.yaml': aLocation('l', target.replace('./', '../')),
      ...Object.fromEntries(files.map(path => [path, g(nameOf(path))])),
    });
    const origins = files.filter(path => {
      return catalog.places(`group:default/${nameOf(path)}`).origin === '0/x.yaml';
    });
    expect(origins).toEqual(reached);
  });

  it.each([
    ['wildcards in a name', `./${'*a'.repeat(40)}.yaml`, 'location-target-missing'],
    ['wildcards in names', `./${'*a*a/'.repeat(40)}b.yaml`, 'location-target-missing'],
    ['folders', `./${'**/a/'.repeat(40)}b.yaml`, 'location-target-missing'],
    ['repetitions', `./${'+(a|b)'.repeat(40)}b.yaml`, 'location-target-missing'],
    [
      'nested alternatives',
      `./${'{a,'.repeat(40)}a${'}'.repeat(40)}b.yaml`,
      'location-target-missing',
    ],
    ['alternatives', `./${'{a,a}'.repeat(40)}b.yaml`, 'location-target-invalid'],
    ['characters', `./${'?'.repeat(70_000)}.yaml`, 'location-target-invalid'],
  ])('with many %s are matched or rejected in bounded time', async (_, target, code) => {
    const name = 'a'.repeat(200);
    const catalog = await openCatalog({
      'x.yaml': aLocation('l', target),
      [`${name}.yml`]: g('a'),
      [`${'a/'.repeat(100)}a.yml`]: g('b'),
    });
    expect(catalog.codes()).toEqual([code]);
  });

  it.each(['./*/*/*/*/catalog-info.yaml', './**/a-*-*.yaml', './{a,b,c}/**/{d,e}.{yaml,yml}'])(
    '%s is matched without results',
    async target => {
      const catalog = await openCatalog({ 'x.yaml': aLocation('l', target) });
      expect(catalog.codes()).toEqual(['location-target-missing']);
    },
  );
});

describe('Origins of entities', () => {
  it.each([
    ['a file by itself', {}, 'x.yaml'],
    ['the only Location', { 'm.yaml': aLocation('m', './x.yaml') }, 'm.yaml'],
    [
      'the first of two Locations',
      { 'm.yaml': aLocation('m', './x.yaml'), 'b.yaml': aLocation('b', './x.yaml') },
      'b.yaml',
    ],
    [
      'the start of a chain of three',
      {
        'z.yaml': aLocation('z', './b.yaml'),
        'b.yaml': aLocation('b', './m.yaml'),
        'm.yaml': aLocation('m', './x.yaml'),
      },
      'z.yaml',
    ],
    [
      'the first file of a cycle',
      { 'm.yaml': aLocation('m', './n.yaml'), 'n.yaml': aLocation('n', './m.yaml', './x.yaml') },
      'm.yaml',
    ],
  ])('%s', async (_, files, origin) => {
    const catalog = await openCatalog({ 'x.yaml': g('x'), ...files });
    expect(catalog.places('group:default/x')).toEqual({ location: 'x.yaml', origin });
    expect(catalog.codes()).toEqual([]);
  });

  it('ingest a file once that is both targeted and discovered', async () => {
    const catalog = await openCatalog({
      'm.yaml': documents(aLocation('m', './x.yaml'), aLocation('n', './x.yaml')),
      'x.yaml': aComponent('x', { owner: 'm' }),
    });
    expect(catalog.codes()).toEqual(['dangling-reference']);
  });
});

import { describe, expect, it } from 'vitest';
import { groupProblems } from '../../../../../../src/features/catalog/core';
import type { Problem } from '../../../../../../src/model';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import { at, openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

const owned = (name: string, owner = 'platform'): string => aComponent(name, { owner });

const foreign = (name: string, apiVersion = 'acme.backstage.io/v1'): string =>
  `apiVersion: ${apiVersion}\nkind: Package\nmetadata:\n  name: ${name}\n`;

/** `a.yaml:7 code message`, as the UI reports it. */
function reported({ engine }: TestCatalog): readonly string[] {
  return engine.getProblems().map(shown);
}

const shown = ({ file = '', range, message }: Problem): string =>
  `${file.slice(at('x').length - 1)}:${range.start.line + 1} ${message}`;

const GROUP = 'group:default/platform, which is not in the catalog';

describe('Missing owner', () => {
  it('is one problem with its count and related locations', async () => {
    const catalog = await openCatalog({
      'a.yaml': owned('a'),
      'b.yaml': documents(owned('b'), owned('c')),
      'd.yaml': aDescriptor('user:d', { memberOf: ['platform'] }),
    });
    expect(reported(catalog)).toEqual([`a.yaml:8 4 places refer to ${GROUP}`]);
    const [problem] = catalog.problems();
    expect(problem?.related?.map(({ message, file }) => [message, file])).toEqual([
      ['component:default/b', at('b.yaml')],
      ['component:default/c', at('b.yaml')],
      ['user:default/d', at('d.yaml')],
    ]);
  });

  it("isn't grouped for a single reference or per entity", async () => {
    const message = `spec.owner refers to ${GROUP}`;
    const one = await openCatalog({ 'a.yaml': owned('a') });
    expect(one.messages()).toEqual([message]);
    const two = await openCatalog({ 'a.yaml': owned('a'), 'b.yaml': owned('b') });
    const ofEntity = two.engine.getProblems({ entityRef: 'component:default/b' });
    expect(ofEntity.map(shown)).toEqual([`b.yaml:8 ${message}`]);
  });

  it('is grouped per owner', async () => {
    const catalog = await openCatalog({
      'a.yaml': documents(owned('a'), owned('b', 'user:guest')),
      'b.yaml': documents(owned('c'), owned('d', 'user:guest')),
    });
    expect(catalog.messages()).toEqual([
      `2 places refer to ${GROUP}`,
      '2 places refer to user:default/guest, which is not in the catalog',
    ]);
  });

  it("isn't grouped when a similar owner exists or fails", async () => {
    const near = await openCatalog({
      'a.yaml': documents(owned('a'), owned('b')),
      'g.yaml': aDescriptor('group:platfrom'),
    });
    expect(near.problems()).toHaveLength(2);
    const failing = await openCatalog({
      'a.yaml': documents(owned('a'), owned('b')),
      'g.yaml': aDescriptor('group:platform', { type: 5 }),
    });
    expect(failing.codes('a.yaml')).toEqual(['dangling-reference', 'dangling-reference']);
  });

  it('excludes ignored references', async () => {
    const ignored = owned('a').replace('platform', 'platform # callboard-disable-line');
    const catalog = await openCatalog({
      'a.yaml': ignored,
      'b.yaml': owned('b'),
      'c.yaml': owned('c'),
    });
    expect(reported(catalog)).toEqual([`b.yaml:8 2 places refer to ${GROUP}`]);
  });

  it('uses severity settings', async () => {
    const files = { 'a.yaml': owned('a'), 'b.yaml': owned('b') };
    const error = await openCatalog(files, {
      options: { severities: { 'dangling-reference': 'error' } },
    });
    expect(error.problems().map(({ severity }) => severity)).toEqual(['error']);
    const off = await openCatalog(files, {
      options: { severities: { 'dangling-reference': 'off' } },
    });
    expect(off.problems()).toEqual([]);
  });

  it('moves to the next file when the first one changes', async () => {
    const catalog = await openCatalog({
      'a.yaml': owned('a'),
      'b.yaml': owned('b'),
      'c.yaml': owned('c'),
    });
    const events: string[][] = [];
    catalog.engine.onDidChange(({ files }) => events.push([...files].sort()));
    await catalog.write({ 'a.yaml': owned('a', 'user:guest') });
    expect(reported(catalog)).toEqual([
      'a.yaml:8 spec.owner refers to user:default/guest, which is not in the catalog',
      `b.yaml:8 2 places refer to ${GROUP}`,
    ]);
    expect(events).toEqual([[at('a.yaml'), at('b.yaml')]]);
    await catalog.remove('b.yaml');
    expect(catalog.messages('c.yaml')).toEqual([`spec.owner refers to ${GROUP}`]);
    await catalog.write({ 'g.yaml': aDescriptor('group:platform') });
    expect(catalog.problems('c.yaml')).toEqual([]);
  });
});

describe('Unknown kind', () => {
  it('is one problem with all its entities', async () => {
    const catalog = await openCatalog({
      'a.yaml': documents(foreign('a'), foreign('b')),
      'b.yaml': foreign('c', 'other.backstage.io/v1'),
    });
    expect(reported(catalog)).toEqual([
      'a.yaml:2 No processor recognized 3 entities of kind Package as valid, possibly caused by a foreign kind or apiVersion',
    ]);
    expect(catalog.problems()[0]?.related).toHaveLength(2);
  });
});

it('groups any part of a catalog the same way', async () => {
  const catalog = await openCatalog({
    'a.yaml': owned('a'),
    'b/b.yaml': owned('b'),
    'b/c.yaml': owned('c'),
  });
  const all = catalog.engine.getProblems({ ungrouped: true });
  expect(groupProblems(all)).toEqual(catalog.engine.getProblems());
  const part = all.filter(({ file = '' }) => file.startsWith(at('b')));
  expect(groupProblems(part).map(shown)).toEqual([`b/b.yaml:8 2 places refer to ${GROUP}`]);
});

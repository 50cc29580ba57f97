import { describe, expect, it } from 'vitest';
import { aComponent, aDescriptor, aLocation } from '../../../../support/descriptors';
import { at, openCatalog, type TestCatalog } from '../../../../support/testCatalog';

const FILES = {
  'a.yaml': aComponent('a', { owner: 'nobody', system: 'nothing' }),
  'b.yaml': aComponent('a'),
  'bad.yaml': aComponent('bad', { type: 7 }),
  'c/bad.yaml': aComponent('bad', { lifecycle: 7 }),
  'good.yaml': aComponent('good', { owner: 'group:team' }),
  'links.yaml': aLocation('links', './nowhere.yaml', 'https://example.com/x.yaml'),
  'team.yaml': aDescriptor('group:team'),
};
const REFS = [
  'component:default/a',
  'component:default/bad',
  'component:default/good',
  'component:default/new',
  'group:default/team',
  'location:default/links',
];

/** Expects exactly the entity's problems from the full list, in the same order. */
function expectSame({ engine }: TestCatalog): void {
  const all = engine.getProblems();
  for (const ref of REFS) {
    const ofEntity = engine.getProblems({ entityRef: ref });
    expect(ofEntity).toEqual(all.filter(({ entityRef }) => entityRef === ref));
  }
}

function codes({ engine }: TestCatalog, entityRef: string): readonly string[] {
  return engine
    .getProblems({ entityRef })
    .map(({ file = '', code }) => `${file.slice(at('').length + 1)} ${code}`);
}

describe('Problems of an entity', () => {
  it('include all files that define it, even failing ones', async () => {
    const catalog = await openCatalog(FILES);
    expect(codes(catalog, 'component:default/a')).toEqual([
      'a.yaml dangling-reference',
      'a.yaml dangling-reference',
      'b.yaml duplicate-entity',
    ]);
    expect(codes(catalog, 'Component:default/Bad')).toEqual([
      'bad.yaml invalid-spec',
      'c/bad.yaml invalid-spec',
    ]);
    expect(codes(catalog, 'location:default/links')).toEqual([
      'links.yaml location-target-missing',
      'links.yaml location-not-read',
    ]);
    expect(codes(catalog, 'component:default/good')).toEqual([]);
    expectSame(catalog);
  });

  it('follow file changes', async () => {
    const catalog = await openCatalog(FILES);
    await catalog.write({
      'bad.yaml': aComponent('good'),
      'new.yaml': aComponent('bad', { type: 1 }),
    });
    expect(codes(catalog, 'component:default/bad')).toEqual([
      'c/bad.yaml invalid-spec',
      'new.yaml invalid-spec',
    ]);
    expectSame(catalog);
    await catalog.remove('c', 'a.yaml', 'links.yaml');
    expectSame(catalog);
    await catalog.move('new.yaml', 'moved.yaml');
    expect(codes(catalog, 'component:default/bad')).toEqual(['moved.yaml invalid-spec']);
    expectSame(catalog);
    await catalog.engine.refresh();
    expectSame(catalog);
  });
});

it('suggest an entity with its current spelling', async () => {
  const catalog = await openCatalog({
    'a.yaml': aComponent('a', { owner: 'user:jane', dependsOn: ['component:shop'] }),
    'b.yaml': aDescriptor('resource:SHOP'),
    'c.yaml': aDescriptor('user:jane'),
  });
  const suggestions = (): unknown => catalog.problems('a.yaml')[0]?.suggestions;
  expect(suggestions()).toEqual(['resource:SHOP']);
  await catalog.write({ 'b.yaml': aDescriptor('resource:Shop') });
  expect(suggestions()).toEqual(['resource:Shop']);
});

import { describe, expect, it } from 'vitest';
import { offered } from '../../../../../support/codeActions';
import { aComponent, aDescriptor, aLocation, documents } from '../../../../../support/descriptors';

const org = aDescriptor('group:team');
const text = aComponent('shop').replace('Component', 'Comp<|>onent');
const path = 'teams/shop/catalog-info.yaml';
const TITLE = 'Add this file to Location "all" in locations/all.yaml';
const TARGET = '../teams/shop/catalog-info.yaml';

describe('Add this file to a Location', () => {
  it.each([
    ['targets', aLocation('all', './a.yaml'), aLocation('all', './a.yaml', TARGET)],
    [
      'targets in brackets',
      aLocation('all').replace('targets: []', "targets: ['./a.yaml'] # c"),
      aLocation('all').replace('targets: []', `targets: ['./a.yaml', '${TARGET}'] # c`),
    ],
    [
      'a target',
      aDescriptor('location:all', { type: 'file', target: './a.yaml' }),
      aDescriptor('location:all', { type: 'file', targets: ['./a.yaml', TARGET] }),
    ],
    [
      'nothing',
      aDescriptor('location:all'),
      aDescriptor('location:all').replace('spec: {}', `spec: { targets: [${TARGET}] }`),
    ],
    [
      'another document before it',
      documents(aComponent('b'), aLocation('all', './a.yaml')),
      documents(aComponent('b'), aLocation('all', './a.yaml', TARGET)),
    ],
  ])('appends it to a Location with %s', async (_, before, after) => {
    const files = {
      'org.yaml': org,
      'locations/a.yaml': aComponent('a'),
      'locations/all.yaml': before,
    };
    const actions = await offered({ path, text, files });
    expect(actions.find(TITLE).kind).toBe('refactor');
    expect(Object.keys(actions.changes(TITLE))).toEqual(['locations/all.yaml']);
    expect(actions.changes(TITLE)['locations/all.yaml']).toBe(after);
    expect(await actions.codesAfter(TITLE)).toEqual([]);
  });

  it("offers the nearest Locations that don't include it yet", async () => {
    const { titles } = await offered({
      path,
      text,
      files: {
        'org.yaml': org,
        'all.yaml': aLocation('far', './org.yaml'),
        'teams/all.yaml': aLocation('near', './shop/other.yaml'),
        'teams/shop/other.yaml': aComponent('other'),
        'teams/shop/all.yaml': aLocation('named', './catalog-info.yaml'),
        'teams/globs.yaml': aLocation('globs', './*/*.yaml'),
      },
    });
    expect(titles).toEqual([
      'Add this file to Location "near" in teams/all.yaml',
      'Add this file to Location "far" in all.yaml',
      'Add TechDocs to Component "shop"',
    ]);
  });

  it("isn't offered in the middle of a descriptor", async () => {
    const { titles } = await offered({
      path,
      text: aComponent('shop').replace('service', 'ser<|>vice'),
      files: { 'org.yaml': org, 'all.yaml': aLocation('all', './org.yaml') },
    });
    expect(titles).toEqual([]);
  });
});

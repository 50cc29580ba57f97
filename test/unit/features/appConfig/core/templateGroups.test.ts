import { expect, it } from 'vitest';
import { templateGroupsOf } from '../../../../../src/features/catalog/core/configuredBackstage/config/templateGroupsFile';
import { InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';

async function read(text: string): Promise<unknown> {
  const { groups, issues } = await templateGroupsOf(['file:///app-config.yaml'], {
    fileSystem: new InMemoryFileSystem({ '/app-config.yaml': text }),
    environment: new Map(),
  });
  return { groups, issues: issues.map(({ message }) => message) };
}

const page = (groups: string): string => `app:
  extensions:
    - nav-item:search
    - sub-page:scaffolder/templates:
        config:
          groups: ${groups}
`;

it('reads the groups of templates', async () => {
  expect(
    await read(
      page('[{ title: Services, filter: { spec.type: service } }, { title: All, filter: {} }]'),
    ),
  ).toEqual({
    groups: [
      { title: 'Services', filter: { 'spec.type': 'service' } },
      { title: 'All', filter: {} },
    ],
    issues: [],
  });
});

it.each(['app: { title: x }', 'app: { extensions: all }', page('5')])(
  'finds none in %j',
  async text => {
    expect(await read(text)).toEqual({ groups: [], issues: [] });
  },
);

it('reports invalid groups', async () => {
  expect(
    await read(page('[{ filter: {} }, { title: A, filter: 5 }, { title: B, filter: { a: b } }]')),
  ).toEqual({
    groups: [{ title: 'B', filter: { a: 'b' } }],
    issues: [
      'A group of templates needs a title',
      'Invalid filter of a group of templates: A predicate must be an object, such as {"kind": "Component"}, not a number',
    ],
  });
});

import { expect, it } from 'vitest';
import { english } from '../../../../../src/base';
import { descriptorActions } from '../../../../../src/features/portal/plugin/cards/about';
import { anEntity, InMemoryCatalog } from '../../../../support/inMemoryCatalog';

const annotations = {
  'backstage.io/edit-url': 'https://acme.org/edit/a.yaml',
  'backstage.io/view-url': 'https://acme.org/view/a.yaml',
};

function titles(file: string | undefined): readonly string[] {
  const entity = anEntity('Component:web', {}, { annotations });
  const catalog = new InMemoryCatalog({ entities: [entity] });
  const source = catalog.getEntitySource('component:default/web');
  catalog.getEntitySource = () => (source && file !== undefined ? { ...source, file } : undefined);
  return descriptorActions(entity, { catalog, translate: english }).map(({ title }) => title);
}

it.each([
  ['file:///work/a.yaml', ['View Descriptor on the Web', 'Edit']],
  // The file is read-only.
  [
    'callboard-source://acme/a.yaml',
    ['View Descriptor on the Web', 'Edit Descriptor on the Web', 'Open Cached Copy'],
  ],
  [undefined, ['View Descriptor on the Web', 'Edit Descriptor on the Web']],
])('lists the actions for a descriptor in %s', (file, expected) => {
  expect(titles(file)).toEqual(expected);
});

import { expect, it } from 'vitest';
import { tableOf } from '../../../../../../support/catalogTables';
import { InMemoryCatalog } from '../../../../../../support/inMemoryCatalog';

const catalog = new InMemoryCatalog();

it('stores views by name and columns by kind', async () => {
  const kept = new Map<string, unknown>();
  const { settings } = tableOf(catalog, kept);
  let changes = 0;
  settings.onDidChange(() => changes++);
  await settings.saveView('Mine', { kind: 'component', only: ['owned'] });
  await settings.saveView('Broken', { only: ['withProblems'] });
  await settings.renameView('Mine', 'Ours');
  await settings.setColumns('component', ['owner']);
  await settings.setColumns('api', ['type']);
  await settings.setColumns('api', undefined);
  expect(changes).toBe(6);
  const { settings: later } = tableOf(catalog, kept);
  expect(later.get()).toEqual({
    views: [
      { name: 'Broken', query: { only: ['withProblems'] } },
      { name: 'Ours', query: { kind: 'component', only: ['owned'] } },
    ],
    columns: { component: ['owner'] },
    widths: {},
  });
  await later.deleteView('Broken');
  expect(later.get().views.map(({ name }) => name)).toEqual(['Ours']);
});

it('rejects a duplicate view name', async () => {
  const { settings } = tableOf(catalog);
  await settings.saveView('A', {});
  await settings.saveView('B', { text: 'b' });
  await expect(settings.renameView('A', 'B')).rejects.toThrow('"B"');
  expect(settings.get().views).toHaveLength(2);
});

it('ignores invalid stored settings', () => {
  const stored = [
    ['portal.catalogViews', [{ name: 'Good', query: {} }, { name: 'Bad', query: { text: 1 } }, 3]],
    ['portal.catalogColumns', { component: ['owner'], api: 'type' }],
    ['portal.catalogColumnWidths', { component: { name: 300 }, api: { name: 'wide' }, group: 3 }],
  ] as const;
  const { settings } = tableOf(catalog, new Map<string, unknown>(stored));
  expect(settings.get()).toEqual({
    views: [{ name: 'Good', query: {} }],
    columns: { component: ['owner'] },
    widths: { component: { name: 300 } },
  });
});

it('stores column widths until the columns are reset', async () => {
  const kept = new Map<string, unknown>();
  const { settings } = tableOf(catalog, kept);
  await settings.setWidths('component', { name: 320, type: 90 });
  const { settings: later } = tableOf(catalog, kept);
  expect(later.get().widths).toEqual({ component: { name: 320, type: 90 } });
  await later.setColumns('component', ['owner']);
  expect(later.get().widths).toEqual({ component: { name: 320, type: 90 } });
  await later.setColumns('component', undefined);
  expect(tableOf(catalog, kept).settings.get().widths).toEqual({});
});

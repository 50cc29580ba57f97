import { describe, expect, it } from 'vitest';
import { EntityPlaces } from '../../../../../src/features/catalog/plugin';
import {
  anEntity,
  InMemoryCatalog,
  type InMemoryCatalogContent,
} from '../../../../support/inMemoryCatalog';

const ROOT = 'file:///work';
const content: InMemoryCatalogContent = {
  entities: [
    anEntity('API:web-api'),
    anEntity('Component:web'),
    anEntity('Component:admin'),
    anEntity('Group:crew'),
    anEntity('System:shop'),
  ],
  files: {
    'api:default/web-api': 'file:///work/web/catalog-info.yaml',
    'component:default/web': 'file:///work/web/catalog-info.yaml',
    'component:default/admin': 'file:///work/web/admin/catalog-info.yaml',
    'group:default/crew': 'file:///work/org/teams/crew.yaml',
    'system:default/shop': 'file:///work/system.yaml',
  },
};

describe('EntityPlaces', () => {
  it('finds the nearest folder with entities, components first', () => {
    const { around } = open();
    expect(around('web/src/a/b.ts')).toEqual(['component:default/web', 'api:default/web-api']);
    expect(around('web/admin/x.ts')).toEqual(['component:default/admin']);
    expect(around('README.md')).toEqual(['system:default/shop']);
  });

  it('prefers an entity named like a folder on the path', () => {
    const { places } = open({
      entities: [anEntity('Component:a'), anEntity('Component:mailer'), anEntity('API:mails')],
    });
    const around = (path: string) => places.entitiesAround(`${ROOT}/${path}`, ROOT)[0];
    expect(around('services/mailer/src/x.ts')).toBe('component:default/mailer');
    expect(around('services/mails/x.ts')).toBe('api:default/mails');
    expect(around('mailer.ts')).toBe('component:default/a');
  });

  it('skips groups and users', () => {
    expect(open().around('org/teams/notes.md')).toEqual(['system:default/shop']);
  });

  it("lists a folder's descriptor files and their entities", () => {
    const { places } = open({
      ...content,
      files: { ...content.files, 'group:default/crew': 'file:///work/system.yaml' },
    });
    expect([...places.filesIn('file:///work/web')]).toEqual(['file:///work/web/catalog-info.yaml']);
    expect(places.entitiesOfFile('file:///work/web/catalog-info.yaml')).toEqual([
      'component:default/web',
      'api:default/web-api',
    ]);
    expect(places.entitiesOfFile('file:///work/system.yaml')).toEqual(['system:default/shop']);
  });

  it('stops at the workspace folder', () => {
    const { places } = open();
    expect(places.entitiesAround('file:///work/org/x.md', 'file:///work/org')).toEqual([]);
    expect(places.entitiesAround('file:///other/x.md', ROOT)).toEqual([]);
  });

  it('follows moved and deleted entities and fires changed folders', () => {
    const { catalog, places, around, flush: settle } = open();
    const changed: string[] = [];
    places.onDidChange(folders => changed.push(...folders));
    catalog.update({
      entities: content.entities?.filter(({ metadata }) => metadata.name !== 'admin') ?? [],
    });
    settle();
    expect(around('web/admin/x.ts')[0]).toBe('component:default/web');
    expect(changed).toEqual(['file:///work/web/admin']);
  });

  it('indexes a large catalog in slices', () => {
    const entities = Array.from({ length: 2500 }, (_, index) => anEntity(`Component:c${index}`));
    const { flush: settle, places } = open({ entities });
    expect(settle()).toBe(0);
    expect(places.entitiesIn(ROOT)).toHaveLength(2500);
    expect(open({ entities }).slices).toBe(3);
  });
});

function open(initial: InMemoryCatalogContent = content) {
  const catalog = new InMemoryCatalog(initial);
  const pending: (() => void)[] = [];
  const places = new EntityPlaces({ catalog, schedule: run => pending.push(run) });
  /** Runs pending work. */
  const flush = (): number => {
    let runs = 0;
    for (let next = pending.shift(); next; next = pending.shift()) {
      next();
      runs++;
    }
    return runs;
  };
  const slices = flush();
  const around = (path: string) => places.entitiesAround(`${ROOT}/${path}`, ROOT);
  return { catalog, places, flush, slices, around };
}

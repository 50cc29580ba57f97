import { describe, expect, it } from 'vitest';
import type { SearchDocument } from '../../../../../../src/api';
import { loadEntityCollators } from '../../../../../../src/features/catalog/plugin';
import type { Entity } from '../../../../../../src/model';
import { anEntity, InMemoryCatalog } from '../../../../../support/inMemoryCatalog';

const { signal } = new AbortController();

/** The collators of a catalog with these entities, and their change events. */
async function open(entities: readonly Entity[]) {
  const catalog = new InMemoryCatalog({ entities });
  const collators = await loadEntityCollators(catalog);
  const changes: string[] = [];
  for (const { id, onDidChange } of collators) {
    onDidChange(({ sources }) => {
      for (const ref of sources ?? ['all']) changes.push(`${id} ${ref.replace('default/', '')}`);
    });
  }
  const of = (id: string) => {
    const collator = collators.find(one => one.id === id);
    if (!collator) throw new Error(`There is no collator ${id}`);
    return collator;
  };
  const documents = async (id: string): Promise<readonly SearchDocument[]> => {
    const created: SearchDocument[] = [];
    for (const source of await of(id).getSources(signal)) {
      created.push(...(await of(id).collate(source.id, signal)));
    }
    return created;
  };
  const update = (next: readonly Entity[]): string[] => {
    changes.length = 0;
    catalog.update({ entities: next });
    return changes.sort();
  };
  return { catalog, collators, of, documents, update };
}

const crew = anEntity('Group:crew', {
  type: 'team',
  parent: 'fleet',
  profile: { displayName: 'The Crew' },
});
const fleet = anEntity('Group:fleet', { type: 'unit' }, { title: 'The Fleet' });
const jane = anEntity('User:jane', {
  memberOf: ['crew'],
  profile: { displayName: 'Jane Doe', email: 'j.doe@acme.example' },
});
const tickets = anEntity('System:tickets', { owner: 'crew' }, { title: 'Ticket Sales' });
const pay = anEntity(
  'Component:shop/Pay',
  {
    type: 'Service',
    lifecycle: 'Production',
    owner: 'group:default/crew',
    system: 'default/tickets',
  },
  {
    title: 'Payments',
    description: 'Takes money.',
    tags: ['Java'],
    labels: { tier: 'gold', 'acme.example/public': 'true' },
    links: [
      { url: 'https://acme.example/x', title: 'Dashboard' },
      { url: 'https://acme.example/y' },
    ],
    annotations: {
      'backstage.io/managed-by-location': 'file:/a/b',
      'backstage.io/techdocs-ref': 'dir:.',
      'backstage.io/kubernetes-id': 'pay-eu',
      'github.com/project-slug': 'acme/pay',
    },
  },
);
const template = anEntity('Template:service', { type: 'service' });
const all = [crew, fleet, jane, tickets, pay, template];

describe('Catalog collator', () => {
  it('creates a document of an entity with related names', async () => {
    const { documents } = await open(all);
    expect(await documents('catalog')).toEqual([
      {
        id: 'entity',
        title: 'Payments',
        names: ['Pay'],
        keywords: [
          'Component',
          'shop',
          'service',
          'production',
          'java',
          'The Crew',
          'crew',
          'gold',
          'pay-eu',
          'acme/pay',
        ],
        text: 'Takes money. · Dashboard',
        path: ['Ticket Sales'],
        ref: 'component:shop/pay',
        isEntity: true,
        facets: {
          kind: ['component'],
          type: ['service'],
          owner: ['group:default/crew'],
          lifecycle: ['production'],
          tag: ['java'],
          system: ['system:default/tickets'],
        },
        target: { type: 'entity', entityRef: 'component:shop/pay' },
        icon: 'chip',
      },
      expect.objectContaining({ ref: 'system:default/tickets', title: 'Ticket Sales' }),
    ]);
  });

  it('names a missing owner by its ref', async () => {
    const { documents } = await open([anEntity('API:a', { owner: 'user:shop/nobody' })]);
    expect(await documents('catalog')).toMatchObject([
      { keywords: expect.arrayContaining(['nobody']), path: [] },
    ]);
  });

  it('limits the text and keywords of an entity', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`a.example/${index}`, `value-${index}`]),
    );
    const { documents } = await open([
      anEntity(
        'Component:a',
        { type: ['x'], owner: { a: 1 } },
        {
          title: 7,
          description: 'x'.repeat(100_000),
          annotations: { long: 'y'.repeat(1000), ...many, __proto__: 'z' },
          labels: ['a'],
          tags: 'no',
          links: { url: 1 },
        },
      ),
    ]);
    const [document] = await documents('catalog');
    expect(document).toMatchObject({ title: 'a', facets: { type: [], tag: [], owner: [] } });
    expect(document?.text).toHaveLength(4000);
    expect(document?.keywords).toHaveLength(40);
  });

  it('locates an entity at its current position', async () => {
    const { catalog, of, documents } = await open([pay]);
    const [document] = await documents('catalog');
    const file = 'file:///work/elsewhere.yaml';
    catalog.update({ files: { 'component:shop/pay': file } });
    expect(document && (await of('catalog').locate?.(document, signal))).toMatchObject({ file });
  });

  it('returns nothing for deleted entities and those of other collators', async () => {
    const { of } = await open(all);
    for (const ref of ['component:default/gone', 'user:default/jane', 'template:default/service']) {
      expect(await of('catalog').collate(ref, signal)).toEqual([]);
    }
  });
});

describe('People collator', () => {
  it('creates documents of users and groups', async () => {
    const { documents } = await open(all);
    expect(await documents('people')).toMatchObject([
      {
        title: 'The Crew',
        names: ['crew'],
        keywords: ['Group', 'team'],
        text: 'Jane Doe',
        path: ['The Fleet'],
        facets: { kind: ['group'], type: ['team'] },
        icon: 'organization',
      },
      { title: 'The Fleet', names: ['fleet'], text: '', path: [] },
      {
        title: 'Jane Doe',
        names: ['jane', 'j.doe@acme.example', 'j.doe'],
        keywords: ['User'],
        text: 'The Crew',
        path: ['The Fleet', 'The Crew'],
        ref: 'user:default/jane',
        isEntity: true,
        target: { type: 'entity', entityRef: 'user:default/jane' },
      },
    ]);
  });

  it('ends for cyclic groups', async () => {
    const { documents } = await open([
      anEntity('Group:a', { parent: 'b' }),
      anEntity('Group:b', { parent: 'a' }),
    ]);
    expect(await documents('people')).toMatchObject([{ path: ['b'] }, { path: ['a'] }]);
  });
});

describe('Catalog change', () => {
  async function changed(next: readonly Entity[]): Promise<string[]> {
    const { documents, update } = await open(all);
    for (const id of ['catalog', 'people']) await documents(id);
    return update(next);
  }
  const but = (entity: Entity, other: Entity): readonly Entity[] =>
    all.map(one => (one === entity ? other : one));

  it('updates only documents that it affects', async () => {
    const { title: _, ...metadata } = pay.metadata;
    expect(await changed(but(pay, { ...pay, metadata }))).toEqual(['catalog component:shop/pay']);
    const described = { ...crew, metadata: { ...crew.metadata, description: 'Sails.' } };
    expect(await changed(but(crew, described))).toEqual(['people group:crew']);
    expect(await changed(but(template, { ...template, spec: {} }))).toEqual([]);
  });

  it('updates documents that show a renamed entity', async () => {
    const renamed = anEntity('Group:crew', { type: 'team', parent: 'fleet' }, { title: 'Sailors' });
    expect(await changed(but(crew, renamed))).toEqual([
      'catalog component:shop/pay',
      'catalog system:tickets',
      'people group:crew',
      'people user:jane',
    ]);
  });

  it('updates all documents below a renamed group', async () => {
    const renamed = anEntity('Group:fleet', { type: 'unit' }, { title: 'Ships' });
    expect(await changed(but(fleet, renamed))).toEqual([
      'people group:crew',
      'people group:fleet',
      'people user:jane',
    ]);
  });

  it('updates documents of added and removed entities', async () => {
    expect(await changed([...all, anEntity('API:new')])).toEqual(['catalog api:new']);
    expect(await changed(all.filter(one => one !== tickets))).toEqual([
      'catalog component:shop/pay',
      'catalog system:tickets',
      'people group:crew',
    ]);
  });

  it("isn't reported after disposal", async () => {
    const { collators, update } = await open(all);
    for (const collator of collators) collator.dispose();
    expect(update([])).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { LoadedTemplate, SearchDocument } from '../../../../../../src/api';
import { loadTemplatesCollator } from '../../../../../../src/features/scaffolder/plugin';
import type { JsonObject } from '../../../../../../src/model';
import { anEntity, InMemoryCatalog } from '../../../../../support/inMemoryCatalog';

const { signal } = new AbortController();

const shipped: LoadedTemplate = {
  ref: 'template:default/typescript-service',
  title: 'TypeScript Service',
  description: 'A service to begin with.',
  type: 'service',
  tags: ['TypeScript'],
  owner: 'group:default/callboard',
  file: 'file:///callboard/templates/typescript-service/template.yaml',
  isShipped: true,
  entity: { spec: { parameters: { properties: { port: { title: 'Port' } } } } },
  actions: [],
};

async function open(catalog: InMemoryCatalog) {
  const collator = await loadTemplatesCollator({
    catalog,
    scaffolder: {
      getTemplates: () => Promise.resolve([shipped]),
      loadTemplate: ref => Promise.resolve(ref === shipped.ref ? shipped : undefined),
    },
  });
  const documents: SearchDocument[] = [];
  for (const { id } of await collator.getSources(signal)) {
    documents.push(...(await collator.collate(id, signal)));
  }
  return { collator, documents };
}

const parameters: JsonObject = {
  title: 'The service',
  properties: {
    name: { title: 'Name', description: 'What it is called' },
    tier: { enum: ['gold', 'silver', 1], enumNames: ['Best', 'Good'] },
    sites: { type: 'array', items: { properties: { region: { 'ui:help': 'Where it runs' } } } },
  },
  dependencies: {
    tier: { oneOf: [{ properties: { budget: { title: 'Money' } } }] },
  },
};

const service = anEntity(
  'Template:service',
  {
    type: 'Service',
    lifecycle: 'Production',
    owner: 'crew',
    parameters: [parameters],
    steps: [{ id: 'a', name: 'Fetch the skeleton', action: 'fetch:template' }, 'half written'],
  },
  { title: 'New Service', description: 'Begins a service.', tags: ['Java'] },
);

describe('templates collator', () => {
  it("creates documents of the catalog's templates with their fields and actions", async () => {
    const { documents } = await open(new InMemoryCatalog({ entities: [service] }));
    expect(documents[0]).toEqual({
      id: 'template',
      title: 'New Service',
      names: ['service'],
      keywords: [
        'template',
        'service',
        'production',
        'java',
        'crew',
        'name',
        'tier',
        'sites',
        'gold',
        'silver',
        '1',
        'region',
        'budget',
        'fetch:template',
      ],
      text: [
        'Begins a service.',
        'The service',
        'Name',
        'What it is called',
        'Best',
        'Good',
        'Where it runs',
        'Money',
        'Fetch the skeleton',
      ].join('\n'),
      ref: 'template:default/service',
      isEntity: true,
      facets: {
        kind: ['template'],
        type: ['service'],
        lifecycle: ['production'],
        owner: ['group:default/crew'],
        tag: ['java'],
      },
      target: { type: 'page', page: { page: 'template', template: 'template:default/service' } },
      icon: 'server-process',
    });
  });

  it('creates documents of included templates without an owner', async () => {
    const { collator, documents } = await open(new InMemoryCatalog());
    expect(documents).toMatchObject([
      {
        title: 'TypeScript Service',
        names: ['typescript-service'],
        keywords: ['template', 'service', 'typescript', 'port'],
        text: 'A service to begin with.\nPort',
        facets: { type: ['service'], owner: [], tag: ['typescript'] },
        location: { file: shipped.file },
      },
    ]);
    const [document] = documents;
    expect(document && (await collator.locate?.(document, signal))).toEqual({ file: shipped.file });
  });

  it('prefers a template of the catalog over an included one', async () => {
    const own = anEntity('Template:typescript-service', {}, { title: 'Ours' });
    const { collator, documents } = await open(new InMemoryCatalog({ entities: [own] }));
    expect(documents.map(({ title }) => title)).toEqual(['Ours']);
    expect(documents[0] && (await collator.locate?.(documents[0], signal))).toMatchObject({
      file: 'file:///work/catalog-info.yaml',
    });
  });

  it('works without included templates', async () => {
    const catalog = new InMemoryCatalog({ entities: [service] });
    const collator = await loadTemplatesCollator({ catalog });
    expect(await collator.getSources(signal)).toEqual([{ id: 'template:default/service' }]);
    expect(await collator.collate('template:default/gone', signal)).toEqual([]);
  });

  it('reports changed templates only', async () => {
    const catalog = new InMemoryCatalog({ entities: [service] });
    const { collator } = await open(catalog);
    const changes: unknown[] = [];
    collator.onDidChange(({ sources }) => changes.push(sources));
    catalog.update({ entities: [service, anEntity('API:a')] });
    expect(changes).toEqual([]);
    catalog.update({ entities: [anEntity('API:a')] });
    expect(changes).toEqual([new Set(['template:default/service'])]);
  });

  it.each<[string, JsonObject]>([
    ['half written', { parameters: 'x', steps: { name: 1 } }],
    ['empty', {}],
    ['of other types', { parameters: [1, [{ properties: [1], enum: 'x' }]], steps: [1, [2]] }],
  ])('accepts a spec that is %s', async (_, spec) => {
    const entities = [anEntity('Template:a', spec)];
    const { documents } = await open(new InMemoryCatalog({ entities }));
    expect(documents[0]).toMatchObject({ keywords: ['template'], text: '' });
  });

  it('ends for circular, deep or very long parameters', async () => {
    const circle: JsonObject = { title: 'Again', properties: {} };
    circle['properties'] = { circle };
    let deep: JsonObject = { title: 'Bottom' };
    for (let depth = 0; depth < 5000; depth++) deep = { properties: { deep } };
    const wide = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, index) => [`p${index}`, { title: `Title ${index}` }]),
    );
    const spec = { parameters: [circle, deep, { properties: wide }] };
    const entities = [anEntity('Template:a', spec)];
    const { documents } = await open(new InMemoryCatalog({ entities }));
    expect(documents[0]?.text).toHaveLength(8000);
    expect(documents[0]?.keywords?.length).toBeLessThan(210);
  });
});

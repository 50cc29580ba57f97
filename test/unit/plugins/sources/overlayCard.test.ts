import { describe, expect, it } from 'vitest';
import type { CardContent, CatalogSourceInfo, EntityCard } from '../../../../src/api';
import { Emitter, english } from '../../../../src/base';
import { overlayCard } from '../../../../src/plugins/sources/overlayCard';
import { aComponent } from '../../../support/descriptors';
import { SourceInMemory } from '../../../support/sourceInMemory';
import { openCatalog, type TestCatalog } from '../../../support/testCatalog';

const info: CatalogSourceInfo = {
  ...{ id: 'remote', name: 'Portal', type: 'backstage', url: 'https://backstage.acme.org' },
  ...{ color: undefined, isFetching: false, progress: undefined, fetchedAt: 0, entities: 1 },
  failure: undefined,
};

type Texts = Readonly<Record<string, string>>;

async function open(
  here: Texts,
  there: Texts,
): Promise<{ catalog: TestCatalog; card: EntityCard }> {
  const catalog = await openCatalog(here);
  const source = new SourceInMemory(catalog.files);
  source.put(there);
  catalog.engine.addSource(source);
  await catalog.engine.sourcesRead();
  const sources = {
    getSourceOf: (file: string) => (catalog.engine.isOfSource(file) ? info : undefined),
    onDidChange: new Emitter<void>().event,
  };
  return { catalog, card: overlayCard({ catalog: catalog.engine, sources, translate: english }) };
}

async function shown(here: Texts, there: Texts): Promise<CardContent | undefined> {
  const { catalog, card } = await open(here, there);
  const entity = catalog.entity('component:default/a');
  if (!entity || card.isShownFor?.(entity) === false) return undefined;
  return card.load(entity, { signal: new AbortController().signal });
}

describe('what changes in a source', () => {
  it('is each field and relation that differs from what the workspace has', async () => {
    expect(
      await shown(
        { 'a.yaml': aComponent('a', { owner: 'new', lifecycle: 'production' }) },
        { 'a.yaml': aComponent('a', { owner: 'old', lifecycle: 'production', system: 'shop' }) },
      ),
    ).toEqual({
      type: 'sections',
      sections: [
        {
          title: 'When this replaces what Portal has',
          content: {
            type: 'fields',
            fields: [
              field('spec.owner', removed('− old'), added('+ new')),
              field('spec.system', removed('− shop')),
              field(
                'ownedBy',
                ...[removed('−'), { type: 'entity', entityRef: 'group:default/old' }],
                ...[added('+'), { type: 'entity', entityRef: 'group:default/new' }],
              ),
              field('partOf', removed('−'), {
                type: 'entity',
                entityRef: 'system:default/shop',
              }),
            ],
          },
        },
      ],
    });
  });

  it('is nothing where both are the same, which is said', async () => {
    const same = { 'a.yaml': aComponent('a') };
    expect(await shown(same, same)).toEqual({
      type: 'sections',
      sections: [
        {
          title: 'When this replaces what Portal has',
          content: {
            type: 'message',
            tone: 'good',
            text: 'Nothing changes: both are the same.',
          },
        },
      ],
    });
  });

  it('is not asked of entities that only one of them has', async () => {
    expect(await shown({ 'a.yaml': aComponent('a') }, { 'b.yaml': aComponent('b') })).toBe(
      undefined,
    );
    expect(await shown({}, { 'a.yaml': aComponent('a') })).toBe(undefined);
  });

  it('has a way to the place in the source', async () => {
    const same = { 'a.yaml': aComponent('a') };
    const { catalog, card } = await open(same, same);
    const entity = catalog.entity('component:default/a');
    expect(entity && card.actionsFor?.(entity)).toEqual([
      {
        title: 'Open in Portal',
        icon: 'go-to-file',
        target: {
          type: 'source',
          file: 'file:///sources/remote/a.yaml',
          range: { start: { line: 3, character: 8 }, end: { line: 3, character: 9 } },
        },
      },
    ]);
  });
});

function field(label: string, ...value: readonly object[]): object {
  return { label, wide: true, value };
}

function removed(text: string): object {
  return { type: 'text', text, tone: 'bad' };
}

function added(text: string): object {
  return { type: 'text', text, tone: 'good' };
}

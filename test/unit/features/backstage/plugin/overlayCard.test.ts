import { describe, expect, it } from 'vitest';
import type { CardContent, EntityCard } from '../../../../../src/api';
import { Emitter, english } from '../../../../../src/base';
import type { RenamedEntity } from '../../../../../src/features/backstage/plugin/moved/renamedEntity';
import { overlayCard } from '../../../../../src/features/backstage/plugin/overlayCard';
import { aComponent } from '../../../../support/descriptors';
import { aSource } from '../../../../support/sourceInfo';
import { SourceInMemory } from '../../../../support/sourceInMemory';
import { openCatalog, type TestCatalog } from '../../../../support/testCatalog';

const info = aSource({
  id: 'remote',
  name: 'Portal',
  type: 'backstage',
  url: 'https://backstage.acme.org',
  entities: 1,
});

type Texts = Readonly<Record<string, string>>;

async function open(
  here: Texts,
  there: Texts,
  renamed: readonly RenamedEntity[] = [],
): Promise<{ catalog: TestCatalog; card: EntityCard }> {
  const catalog = await openCatalog(here);
  const source = new SourceInMemory(catalog.files);
  source.put(there);
  catalog.engine.addSource(source);
  await catalog.engine.sourcesRead();
  const sources = {
    getSourceOf: (file: string) => (catalog.engine.isOfSource(file) ? info : undefined),
    getSources: () => [info],
  };
  const card = overlayCard({
    catalog: catalog.engine,
    sources,
    translate: english,
    renames: { of: ref => renamed.filter(each => [each.ref, each.oldRef].includes(ref)) },
    onDidChange: new Emitter<void>().event,
  });
  return { catalog, card };
}

async function shown(here: Texts, there: Texts): Promise<CardContent | undefined> {
  const { catalog, card } = await open(here, there);
  const entity = catalog.entity('component:default/a');
  if (!entity || card.isShownFor?.(entity) === false) return undefined;
  return card.load(entity, { signal: new AbortController().signal });
}

describe('Changes in a source', () => {
  it('list each differing field and relation', async () => {
    expect(
      await shown(
        { 'a.yaml': aComponent('a', { owner: 'new', lifecycle: 'production' }) },
        { 'a.yaml': aComponent('a', { owner: 'old', lifecycle: 'production', system: 'shop' }) },
      ),
    ).toEqual({
      type: 'sections',
      sections: [
        {
          title: 'Changes in Portal after replacing',
          content: {
            type: 'fields',
            fields: [
              field('spec.owner', removed(text('old')), added(text('new'))),
              field('spec.system', removed(text('shop'))),
              field(
                'ownedBy',
                removed({ type: 'entity', entityRef: 'group:default/old' }),
                added({ type: 'entity', entityRef: 'group:default/new' }),
              ),
              field('partOf', removed({ type: 'entity', entityRef: 'system:default/shop' })),
            ],
          },
        },
      ],
    });
  });

  it('ignore fields that the server sets', async () => {
    const metadata = (more: string): Texts => ({
      'a.yaml': aComponent('a').replace('name: a', `name: a\n${more}`),
    });
    const there = metadata(
      '  annotations: { backstage.io/view-url: "https://a.example", backstage.io/orphan: "true", own: b }\n  etag: abc\n  uid: "1"',
    );
    expect(await shown(metadata('  annotations: { own: b }'), there)).toMatchObject({
      sections: [{ content: { type: 'message', tone: 'good' } }],
    });
  });

  it('are empty for equal entities, with a message', async () => {
    const same = { 'a.yaml': aComponent('a') };
    expect(await shown(same, same)).toEqual({
      type: 'sections',
      sections: [
        {
          title: 'Changes in Portal after replacing',
          content: {
            type: 'message',
            tone: 'good',
            text: 'No changes.',
          },
        },
      ],
    });
  });

  it("aren't shown for entities that only one side has", async () => {
    expect(await shown({ 'a.yaml': aComponent('a') }, { 'b.yaml': aComponent('b') })).toBe(
      undefined,
    );
    expect(await shown({}, { 'a.yaml': aComponent('a') })).toBe(undefined);
  });

  it('link to the entity in the source', async () => {
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

function text(shown: string): object {
  return { type: 'text', text: shown };
}

function removed(piece: object): object {
  return { type: 'change', change: 'removed', piece };
}

function added(piece: object): object {
  return { type: 'change', change: 'added', piece };
}

describe('Renamed entity in a source', () => {
  const renamed: RenamedEntity = {
    oldRef: 'component:default/old',
    ref: 'component:default/a',
    file: 'a.yaml',
    sourceId: 'remote',
    isOrphan: false,
  };
  const there = { 'a.yaml': aComponent('old', { owner: 'team' }) };

  async function sections(name: string, one: RenamedEntity, here: Texts) {
    const { catalog, card } = await open(here, there, [one]);
    const entity = catalog.entity(`component:default/${name}`);
    expect(entity && card.isShownFor?.(entity)).toBe(true);
    const { signal } = new AbortController();
    const content = entity && (await card.load(entity, { signal }));
    return content?.type === 'sections' ? content.sections : [];
  }

  const command = (name: string) => ({
    type: 'command',
    command: `callboard.instances.${name}`,
    arguments: [{ entityRef: 'component:default/old', sourceId: 'remote' }],
  });

  it('is shown with its changes and actions', async () => {
    const here = { 'a.yaml': aComponent('a', { owner: 'team' }) };
    expect(await sections('a', renamed, here)).toMatchObject([
      {
        title: 'Registered under another name in Portal',
        content: {
          entityRefs: ['component:default/old'],
          actions: [
            { text: 'Refresh in Backstage', target: command('refresh') },
            { text: 'Unregister…', target: command('unregister') },
          ],
        },
      },
      {
        title: 'Changes after replacing',
        content: { fields: [field('metadata.name', removed(text('old')), added(text('a')))] },
      },
    ]);
  });

  it('is shown with its other file', async () => {
    const here = { 'b.yaml': aComponent('a', { owner: 'team' }) };
    const moved = { ...renamed, file: 'b.yaml', movedFrom: 'old/a.yaml' };
    expect(await sections('a', moved, here)).toMatchObject([
      {
        content: {
          text: 'In that Backstage, another file describes it under another name: old/a.yaml.',
        },
      },
      {},
    ]);
    expect(await sections('old', moved, here)).toMatchObject([
      { content: { text: 'The workspace contains it under another name.' } },
    ]);
  });

  it('shows its name in the workspace, or that it is missing', async () => {
    const here = { 'a.yaml': aComponent('a') };
    expect(await sections('old', renamed, here)).toMatchObject([
      { title: 'Still in Portal', content: { entityRefs: ['component:default/a'] } },
    ]);
    const missing = { ...renamed, ref: undefined, isOrphan: true };
    expect(await sections('old', missing, {})).toMatchObject([
      {
        content: {
          text: 'The file in the workspace no longer describes this entity.',
          actions: [{ text: 'Delete Orphan…', target: command('unregister') }],
        },
      },
    ]);
  });
});

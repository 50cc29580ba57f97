import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultCatalogOptions } from '../../../../../../src/features/catalog/core';
import { PackedEntity } from '../../../../../../src/features/catalog/core/packing/packedEntity';
import {
  compactRecord,
  packRecord,
} from '../../../../../../src/features/catalog/core/packing/packedFile';
import { DescriptorReader } from '../../../../../../src/features/catalog/core/reading/descriptorReader';
import {
  type FileMemory,
  RecentFiles,
} from '../../../../../../src/features/catalog/core/reading/recentFiles';
import type { FileRecord } from '../../../../../../src/features/catalog/core/records';
import type { IndexSession } from '../../../../../../src/features/catalog/core/workspace/catalogIndex';
import { aComponent, aDescriptor, aLocation } from '../../../../../support/descriptors';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { longRun } from '../../../../../support/longRun';
import { at } from '../../../../../support/testCatalog';

const REQUEST = { uri: at('x.yaml'), isMeant: false, boundary: at('') };

const files = new InMemoryFileSystem({ '/work/note.txt': 'A note' });
const reader = await DescriptorReader.open(defaultCatalogOptions, {
  fileSystem: files,
  processors: [],
  kindSchemas: {},
});
const session: IndexSession = {
  options: defaultCatalogOptions,
  processors: [],
  kindSchemas: {},
  reader: () => Promise.resolve(reader),
};

let recent = new RecentFiles();
beforeEach(() => {
  recent = new RecentFiles();
});

async function read(
  text: string,
  memory: FileMemory | undefined,
  request = REQUEST,
): Promise<FileRecord | undefined> {
  files.write('/work/x.yaml', text);
  const record = (await reader.readFile(request, 0, { memory }))?.record;
  if (record) memory?.settle(compactRecord(record));
  return record;
}

/** Refs of the entities that were not read again. */
function recalled(record: FileRecord | undefined): readonly string[] | undefined {
  return record?.entities.filter(entity => entity instanceof PackedEntity).map(({ ref }) => ref);
}

const many = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `---\n${aComponent(`c${index}`)}`);

const refs = (...numbers: readonly number[]): string[] =>
  numbers.map(number => `component:default/c${number}`);

describe('after an edit', () => {
  it('reads only the document again that changed', async () => {
    const memory = recent.memoryOf(REQUEST, session);
    const parts = many(10);
    await read(parts.join(''), memory);
    parts[3] = `---\n# More\n\n${aComponent('changed')}`;
    expect(recalled(await read(parts.join(''), memory))).toEqual(refs(0, 1, 2, 4, 5, 6, 7, 8, 9));
    expect(recalled(await read(parts.slice(2).join(''), memory))).toEqual([
      ...refs(2),
      'component:default/changed',
      ...refs(4, 5, 6, 7, 8, 9),
    ]);
  });

  it.each([
    ['fails', aComponent('a', { owner: 'not a ref:/' })],
    ['is no entity', aDescriptor('component:a', { type: 5 })],
    ['leads to files', aLocation('a', './other.yaml')],
    ['is a template', aDescriptor('template:a')],
    ['reads a file', `${aDescriptor('api:a')}  definition:\n    $text: ./note.txt\n`],
    ['is of another product', 'apiVersion: v1\nkind: Pod\n'],
    ['does not exist', ''],
  ])('reads a document again that %s', async (_, document) => {
    const memory = recent.memoryOf(REQUEST, session);
    const text = ['---\n', document, ...many(8)].join('');
    await read(text, memory);
    expect(recalled(await read(text, memory))).toEqual(refs(0, 1, 2, 3, 4, 5, 6, 7));
  });

  it('does not read documents again that have problems, and tells them at their new places', async () => {
    const memory = recent.memoryOf(REQUEST, session);
    const troubled = aDescriptor(
      'component:a',
      { owner: 'component:c1' },
      {
        uid: 'x',
        annotations: {
          'backstage.io/techdocs-ref': 'dir:.',
          'backstage.io/techdocs-entity': 'component:nothing',
        },
      },
    );
    const rest = many(8).join('');
    const first = await read(`---\n${troubled}${rest}`, memory);
    const again = await read(`---\n${aComponent('new')}\n---\n${troubled}${rest}`, memory);
    expect(recalled(again)).toEqual(['component:default/a', ...refs(0, 1, 2, 3, 4, 5, 6, 7)]);
    expect(again?.problems.map(({ code }) => code)).toEqual([
      'read-only-field',
      'techdocs-ref-missing',
    ]);
    const cold = await read(`---\n${aComponent('new')}\n---\n${troubled}${rest}`, undefined);
    expect(again?.problems).toEqual(cold?.problems);
    expect(again?.misplaced).toEqual(cold?.misplaced);
    expect(again?.annotationRefs).toEqual(cold?.annotationRefs);
    expect(again?.sightings).toEqual(first?.sightings);
    expect(again?.sightings).toHaveLength(3);
  });

  it('reads a file of few documents again', async () => {
    const memory = recent.memoryOf(REQUEST, session);
    await read(many(7).join(''), memory);
    expect(recalled(await read(many(7).join(''), memory))).toEqual([]);
  });
});

describe('what a file gave', () => {
  const other = { ...REQUEST, uri: at('y.yaml') };

  it.each<[string, typeof REQUEST, Partial<IndexSession>]>([
    ['other options', REQUEST, { options: { ...defaultCatalogOptions } }],
    ['other schemas', REQUEST, { kindSchemas: {} }],
    ['another boundary', { ...REQUEST, boundary: at('a') }, {}],
    ['a Location that leads to it', { ...REQUEST, isMeant: true }, {}],
  ])('is not told again with %s', (_, request, changed) => {
    const memory = recent.memoryOf(REQUEST, session);
    expect(recent.memoryOf(REQUEST, session)).toBe(memory);
    expect(recent.memoryOf(other, session)).not.toBe(memory);
    const now = recent.memoryOf(request, { ...session, ...changed });
    expect(now).toBeDefined();
    expect(now).not.toBe(memory);
  });

  it.each<[string, Partial<IndexSession>]>([
    ['processors', { processors: [{ getProcessorName: () => 'a' }] }],
    ['owners of CODEOWNERS', { options: { ...defaultCatalogOptions, ownerFromCodeowners: true } }],
  ])('is not kept with %s', (_, changed) => {
    const memory = recent.memoryOf(REQUEST, session);
    expect(recent.memoryOf(REQUEST, { ...session, ...changed })).toBeUndefined();
    expect(recent.memoryOf(REQUEST, session)).not.toBe(memory);
  });

  it('is forgotten when other files were changed since', () => {
    const memory = recent.memoryOf(REQUEST, session);
    for (const name of ['a', 'b', 'c', 'd']) {
      recent.memoryOf({ ...REQUEST, uri: at(name) }, session);
    }
    expect(recent.memoryOf(REQUEST, session)).not.toBe(memory);
  });
});

const DOCUMENTS: readonly string[] = [
  aComponent('small'),
  aComponent('Other', { dependsOn: ['resource:db', 'x', 'not a ref:/'] }),
  aDescriptor('group:team', { type: 'team', children: [] }),
  aDescriptor('api:long', { definition: 'x'.repeat(9000) }),
  `# Before\n${aComponent('noted')}# callboard-disable-next-line\n`,
  'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: flow, tags: [a,\n  b]}\nspec: {type: a, lifecycle: b, owner: c}\n',
  'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: &m {name: anchored}\nspec: {type: a, children: []}\n',
  `${aComponent('text')}  more:\n    $text: ./note.txt\n`,
  aLocation('places', './a.yaml', './b/*.yaml'),
  aDescriptor('template:t', { type: 'service', steps: [] }),
  aDescriptor('component:broken', { type: 5 }),
  'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: "open\n',
  'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${{ values.name }}\n',
  'kind: Component\nmetadata:\n  name: no-version\n',
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: pod\n',
  '# Nothing\n',
  '',
];

const aDocument = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...DOCUMENTS) },
  { weight: 1, arbitrary: fc.nat(50).map(number => aComponent(`c${number}`)) },
);

const PIECES = ['\n', 'a', ' ', '#', ': ', '- ', '"', '$', ']', '---\n', '---', '\n---\n', '\t'];
const RARE_PIECES = ['\r\n', '\r', '\n%', '\n...\n', '\uFEFF', 'é', '&a ', '|\n', '--- ]\n'];

/** Of the text, by shares of its length or of its documents. */
type Edit = (text: string) => string;

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const insertion = fc
  .tuple(
    share,
    fc.nat(5),
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.constantFrom(...RARE_PIECES) },
    ),
  )
  .map(([where, gone, piece]): Edit => text => {
    const start = Math.floor(where * text.length);
    return text.slice(0, start) + piece + text.slice(start + gone);
  });
const replacement = fc
  .tuple(share, fc.nat(3), fc.array(aDocument, { maxLength: 3 }))
  .map(([where, gone, added]): Edit => text => {
    const parts = text.split(/^(?=---)/m);
    parts.splice(
      Math.floor(where * parts.length),
      gone,
      ...added.map(document => `---\n${document}`),
    );
    return parts.join('');
  });
const otherLineEnds = fc.constant<Edit>(text => text.replaceAll(/\r?\n/g, '\r\n'));

it('gives what reading afresh gives, whatever is edited', async () => {
  let saved = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(aDocument, { minLength: 25, maxLength: 30 }),
      fc.array(
        fc.oneof(
          { weight: 10, arbitrary: insertion },
          { weight: 10, arbitrary: replacement },
          { weight: 1, arbitrary: otherLineEnds },
        ),
        { maxLength: 12 },
      ),
      async (isMeant, documents, edits) => {
        const request = { ...REQUEST, isMeant };
        const memory = new RecentFiles().memoryOf(request, session);
        let text = documents.join('---\n');
        for (const edit of [(same: string) => same, ...edits]) {
          text = edit(text);
          const again = await read(text, memory, request);
          const afresh = await read(text, undefined, request);
          saved += recalled(again)?.length ?? 0;
          expect(again && packRecord(again)).toEqual(afresh && packRecord(afresh));
        }
      },
    ),
    longRun({ runs: 12, seed: 20261124 }),
  );
  // Or nothing was tried.
  expect(saved).toBeGreaterThan(200);
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { DescriptorDraft, ImportService, LoadedTemplate } from '../../../../../../src/api';
import { silentLogger } from '../../../../../../src/base';
import { FolderStarts } from '../../../../../../src/features/scaffolder/vscode/runs/folderStarts';
import { templateOf } from '../../../../../support/templateRuns';

const folder = 'file:///work/shop';

function aTemplate(annotations: Readonly<Record<string, string>>): LoadedTemplate {
  const entity = templateOf('{ parameters: [{ properties: { name: {} } }], steps: [] }');
  return {
    ref: 'template:default/test',
    title: 'Test',
    description: undefined,
    type: 'service',
    tags: [],
    owner: undefined,
    file: '',
    isShipped: false,
    actions: [],
    entity: { ...entity, metadata: { name: 'test', annotations } },
  };
}

/** From the golden path that registers a repository. */
const golden = parse(readFileSync('templates/register-repository/template.yaml', 'utf8')) as {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
};
const ofFolder = aTemplate(golden.metadata.annotations);
const another = aTemplate({});

function startsWith(importer: Partial<ImportService>): FolderStarts {
  const found: ImportService = {
    findCandidates: () => Promise.resolve({ candidates: [], described: 0 }),
    draft: candidates => Promise.resolve(candidates.map(({ folder: uri }) => aDraft(uri))),
    ...importer,
  };
  return new FolderStarts({ importer: found, logger: silentLogger });
}

function aDraft(uri: string): DescriptorDraft {
  const text = `metadata: { name: ${uri.slice(uri.lastIndexOf('/') + 1)} }`;
  return { folder: uri, file: '', text, entityRefs: [], owner: undefined, notes: [] };
}

it('fills in the form from the folder if the template describes it', async () => {
  const starts = startsWith({});
  await starts.start(ofFolder, folder);
  expect(starts.valuesOf(ofFolder.ref)).toEqual({ name: 'shop' });
  expect(starts.placeOf(ofFolder.ref)).toMatchObject({ folder, describesFolder: true });
  starts.forget(ofFolder.ref);
  expect(starts.valuesOf(ofFolder.ref)).toEqual({});
  expect(starts.placeOf(ofFolder.ref)).toBeUndefined();
});

it('keeps the folder of other templates without reading it', async () => {
  const starts = startsWith({ draft: () => Promise.reject(new Error('looked into')) });
  await starts.start(another, folder);
  expect(starts.placeOf(another.ref)).toEqual({ folder, describesFolder: false, values: {} });
  await starts.start(another, undefined);
  expect(starts.placeOf(another.ref)).toBeUndefined();
});

it("fills in nothing if the folder is described already or can't be read", async () => {
  const described = startsWith({ draft: () => Promise.resolve([]) });
  await described.start(ofFolder, folder);
  expect(described.valuesOf(ofFolder.ref)).toEqual({});
  const failing = startsWith({ findCandidates: () => Promise.reject(new Error('no disk')) });
  await failing.start(ofFolder, folder);
  expect(failing.valuesOf(ofFolder.ref)).toEqual({});
  expect(failing.placeOf(ofFolder.ref)).toMatchObject({ folder });
});

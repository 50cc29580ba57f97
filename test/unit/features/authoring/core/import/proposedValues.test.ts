import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  createImportService,
  proposedValues,
} from '../../../../../../src/features/authoring/core/import';
import type { JsonObject } from '../../../../../../src/model';
import { templateOf } from '../../../../../support/templateRuns';
import { at, openCatalog } from '../../../../../support/testCatalog';

const golden = parse(
  readFileSync('templates/register-repository/template.yaml', 'utf8'),
) as JsonObject;

async function proposed(
  files: Readonly<Record<string, string>>,
  template: JsonObject = golden,
): Promise<JsonObject> {
  const { engine, files: fileSystem, clock } = await openCatalog(files);
  const importer = createImportService({ fileSystem, clock, catalog: engine });
  const evidence = [{ type: 'npm', uri: at('shop/package.json') }];
  const [draft] = await importer.draft([
    { folder: at('shop'), path: 'shop', evidence, coveredBy: undefined, isSuggested: true },
  ]);
  if (!draft) throw new Error('Nothing was found');
  return proposedValues(template, draft);
}

it("fills the form from a folder's files", async () => {
  const values = await proposed({
    'shop/package.json': '{ "name": "@acme/shop", "version": "1.2.3", "description": "ignored" }',
    'shop/tsconfig.json': '{}',
    'shop/README.md': '# Shop\n\nSells tickets for the ferries.\n',
    CODEOWNERS: '/shop @acme/crew\n',
    'crew.yaml':
      'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: crew }\nspec: { type: team, children: [] }\n',
  });
  expect(values).toEqual({
    name: 'shop',
    description: 'Sells tickets for the ferries.',
    tags: ['typescript'],
    type: 'library',
    lifecycle: 'production',
    owner: 'group:default/crew',
  });
});

it('omits unknown values and fields outside the form', async () => {
  const template = templateOf(
    '{ parameters: [{ properties: { name: { type: string } } }], steps: [] }',
  );
  expect(await proposed({ 'shop/a.txt': '' }, template)).toEqual({ name: 'shop' });
  expect(await proposed({ 'shop/a.txt': '' })).not.toHaveProperty('owner');
  expect(
    await proposedValues(templateOf('{ parameters: 5, steps: [] }'), aDraft('name: [')),
  ).toEqual({});
});

it('returns owners as entity refs like pickers', async () => {
  const draft = { ...aDraft('metadata: { name: a }'), owner: 'crew' };
  expect(await proposedValues(golden, draft)).toEqual({ name: 'a', owner: 'group:default/crew' });
  expect(await proposedValues(golden, { ...draft, owner: 'user:ada' })).toMatchObject({
    owner: 'user:default/ada',
  });
  expect(await proposedValues(golden, { ...draft, owner: ':::' })).toEqual({ name: 'a' });
});

function aDraft(text: string): Parameters<typeof proposedValues>[1] {
  return { folder: '', file: '', text, entityRefs: [], owner: undefined, notes: [] };
}

import { expect, it } from 'vitest';
import { openApis } from '../../../../../../src/features/apis/plugin/definitions/openApis';
import { aDescriptor, documents } from '../../../../../support/descriptors';
import { fileUri } from '../../../../../support/inMemoryFileSystem';
import { broken, DefinitionsInFiles, drawnProblem } from '../editors';

/** The problems of the APIs in these files when they are open. */
async function problemsIn(
  { catalog, checks }: DefinitionsInFiles,
  ...open: readonly string[]
): Promise<readonly string[]> {
  const texts = open.map(path => ({ uri: fileUri(`/work/${path}`), version: 1 }));
  for (const [ref, own] of openApis(texts, catalog)) await checks.check(ref, { texts: own });
  return [...checks.problems().values()].flat().map(drawnProblem);
}

it("reports problems in the definition's file when either file is open", async () => {
  const editors = await DefinitionsInFiles.of({
    'catalog-info.yaml': aDescriptor('api:a', {
      type: 'openapi',
      definition: { $text: './a.yaml' },
    }),
    'a.yaml': broken,
  });
  const problems = ['a.yaml 6:7-6:13 The property "sumary" is not expected here'];
  expect(await problemsIn(editors, 'a.yaml')).toEqual(problems);
  expect(await problemsIn(editors, 'catalog-info.yaml')).toEqual(problems);
  expect(await problemsIn(editors, 'a.yaml', 'catalog-info.yaml')).toEqual(problems);
});

it('reports problems in a descriptor', async () => {
  const editors = await DefinitionsInFiles.of({
    'catalog-info.yaml': documents(
      aDescriptor('api:a', { type: 'openapi', definition: broken }),
      aDescriptor('api:b', { type: 'graphql', definition: 'type Query {\n  a: Nothing\n}\n' }),
    ),
  });
  expect(await problemsIn(editors, 'catalog-info.yaml')).toEqual([
    'catalog-info.yaml 15:11-15:17 The property "sumary" is not expected here',
    'catalog-info.yaml 27:10-27:17 Unknown type "Nothing"',
  ]);
});

it('reports the line within a definition that is escaped', async () => {
  const editors = await DefinitionsInFiles.of({
    'catalog-info.yaml': aDescriptor('api:a', { type: 'openapi' }).replace(
      /definition: .*/,
      `definition: ${JSON.stringify(broken)}`,
    ),
  });
  expect(await problemsIn(editors, 'catalog-info.yaml')).toEqual([
    expect.stringMatching(/^catalog-info.yaml (\d+:15)-\1 Line 6 of the definition: The property/),
  ]);
});

it('reports a problem once for several APIs with one definition', async () => {
  const definition = { type: 'openapi', definition: { $text: './a.yaml' } };
  const editors = await DefinitionsInFiles.of({
    'catalog-info.yaml': documents(
      aDescriptor('api:a', definition),
      aDescriptor('api:b', definition),
    ),
    'a.yaml': broken,
  });
  expect(await problemsIn(editors, 'a.yaml')).toHaveLength(1);
});

it('rereads a definition only after changes', async () => {
  const editors = await DefinitionsInFiles.of({
    'catalog-info.yaml': documents(
      aDescriptor('api:a', { type: 'openapi', definition: { $text: './a.yaml' } }),
      aDescriptor('api:b', { type: 'openapi', definition: broken }),
    ),
    'a.yaml': broken,
  });
  expect(await problemsIn(editors, 'catalog-info.yaml')).toHaveLength(2);
  expect(await problemsIn(editors, 'catalog-info.yaml')).toHaveLength(2);
  expect(editors.loaded).toEqual(['api:default/a', 'api:default/b']);
  await editors.write('a.yaml', broken.replace('sumary', 'summary'));
  expect(await problemsIn(editors, 'catalog-info.yaml')).toHaveLength(1);
  expect(editors.loaded).toEqual(['api:default/a', 'api:default/b', 'api:default/a']);
});

it('sets the entity and document of a problem', async () => {
  const editors = await DefinitionsInFiles.of({
    'catalog-info.yaml': documents(
      aDescriptor('component:c'),
      aDescriptor('api:a', { type: 'openapi', definition: broken }),
      aDescriptor('api:b', { type: 'openapi', definition: { $text: './b.yaml' } }),
    ),
    'b.yaml': broken,
  });
  await problemsIn(editors, 'catalog-info.yaml');
  expect(
    [...editors.checks.problems().values()]
      .flat()
      .map(({ code, severity, entityRef, document }) => [code, severity, entityRef, document]),
  ).toEqual([
    ['definition-invalid', 'warning', 'api:default/a', 1],
    ['definition-invalid', 'warning', 'api:default/b', undefined],
  ]);
});

it('drops the problems of a deleted API', async () => {
  const editors = await DefinitionsInFiles.of({
    'catalog-info.yaml': aDescriptor('api:a', { type: 'openapi', definition: broken }),
  });
  expect(await problemsIn(editors, 'catalog-info.yaml')).toHaveLength(1);
  await editors.write('catalog-info.yaml', aDescriptor('api:b', { type: 'openapi' }));
  await editors.checks.check('api:default/a');
  expect(editors.checks.problems().size).toBe(0);
});

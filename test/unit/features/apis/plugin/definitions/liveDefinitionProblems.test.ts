import { afterEach, expect, it, vi } from 'vitest';
import type { Problem } from '../../../../../../src/api';
import { silentLogger } from '../../../../../../src/base';
import { LiveDefinitionProblems } from '../../../../../../src/features/apis/plugin/definitions/liveDefinitionProblems';
import type { OpenText } from '../../../../../../src/features/apis/plugin/definitions/openApis';
import { aDescriptor, documents } from '../../../../../support/descriptors';
import { fileUri } from '../../../../../support/inMemoryFileSystem';
import { broken, DefinitionsInFiles, drawnProblem } from '../editors';

const fixed = broken.replace('sumary', 'summary');
const inFile = (path: string): Readonly<Record<string, unknown>> => ({
  type: 'openapi',
  definition: { $text: path },
});
const wrong = 'The property "sumary" is not expected here';

const live: LiveDefinitionProblems[] = [];
afterEach(() => live.splice(0).forEach(problems => problems.dispose()));

/** Follows the definitions of a catalog and collects the reported problems by file. */
function follow(
  { catalog, checks }: DefinitionsInFiles,
  open: readonly OpenText[] = [],
): { readonly source: LiveDefinitionProblems; readonly told: () => readonly string[] } {
  const source = new LiveDefinitionProblems({
    catalog,
    logger: silentLogger,
    openTexts: () => open,
    loadChecks: () => Promise.resolve(checks),
  });
  live.push(source);
  const byFile = new Map<string, readonly Problem[]>();
  source.onDidChangeProblems(files => {
    for (const file of files) byFile.set(file, source.getProblems(file));
  });
  return { source, told: () => [...byFile.values()].flat().map(drawnProblem).sort() };
}

it('reports problems of closed files and again after changes', async () => {
  const definitions = await DefinitionsInFiles.of({
    'catalog-info.yaml': documents(
      aDescriptor('api:a', inFile('./a.yaml')),
      aDescriptor('api:b', { type: 'openapi', definition: broken }),
      aDescriptor('component:c'),
    ),
    'a.yaml': broken,
  });
  const { told } = follow(definitions);
  const inDescriptor = expect.stringMatching(
    /^catalog-info.yaml .* The property "sumary"/,
  ) as string;
  await vi.waitFor(() => expect(told()).toEqual([`a.yaml 6:7-6:13 ${wrong}`, inDescriptor]));
  await definitions.write('a.yaml', fixed);
  await vi.waitFor(() => expect(told()).toEqual([inDescriptor]));
  await definitions.write('catalog-info.yaml', aDescriptor('component:c'));
  await vi.waitFor(() => expect(told()).toEqual([]));
  // Each was read once, and the changed one again; the deleted one wasn't read.
  expect(definitions.loaded).toEqual(['api:default/a', 'api:default/b', 'api:default/a']);
});

it('starts with open files, when the catalog is ready', async () => {
  const definitions = await DefinitionsInFiles.of({
    'a/catalog-info.yaml': aDescriptor('api:a', inFile('./a.yaml')),
    'a/a.yaml': broken,
    'b/catalog-info.yaml': aDescriptor('api:b', inFile('./b.yaml')),
    'b/b.yaml': broken,
  });
  const { told } = follow(definitions, [{ uri: fileUri('/work/b/b.yaml'), version: 1 }]);
  await vi.waitFor(() => expect(told()).toHaveLength(2));
  expect(definitions.loaded).toEqual(['api:default/b', 'api:default/a']);
});

it('checks a file again after its editor closed unsaved', async () => {
  const definitions = await DefinitionsInFiles.of({
    'catalog-info.yaml': aDescriptor('api:a', inFile('./a.yaml')),
    'a.yaml': fixed,
  });
  const open: OpenText[] = [{ uri: fileUri('/work/a.yaml'), version: 2 }];
  definitions.files.write('/work/a.yaml', broken);
  const { source, told } = follow(definitions, open);
  await definitions.write('a.yaml', broken);
  await vi.waitFor(() => expect(told()).toHaveLength(1));
  open.pop();
  source.lookSoon();
  await definitions.write('a.yaml', fixed);
  await vi.waitFor(() => expect(told()).toEqual([]));
});

it('updates positions of a bundle when its lines move', async () => {
  const definitions = await DefinitionsInFiles.of({
    'catalog-info.yaml': aDescriptor('api:a', {
      type: 'openapi',
      definition: { $openapi: './a.yaml' },
    }),
    'a.yaml': broken,
  });
  const { told } = follow(definitions);
  await vi.waitFor(() => expect(told()).toEqual([`a.yaml 6:7-6:13 ${wrong}`]));
  await definitions.write('a.yaml', `# Orders\n${broken}`);
  await vi.waitFor(() => expect(told()).toEqual([`a.yaml 7:7-7:13 ${wrong}`]));
});

it("continues after a definition that can't be read", async () => {
  const definitions = await DefinitionsInFiles.of({
    'a/catalog-info.yaml': aDescriptor('api:a', { type: 'openapi', definition: broken }),
    'b/catalog-info.yaml': aDescriptor('api:b', { type: 'openapi', definition: broken }),
  });
  definitions.files.remove('/work/a/catalog-info.yaml');
  const { told } = follow(definitions);
  await vi.waitFor(() => expect(told()).toEqual([expect.stringMatching(/^b\//)]));
});

import { afterEach, expect, it } from 'vitest';
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
  includesClosed = true,
): { readonly source: LiveDefinitionProblems; readonly told: () => readonly string[] } {
  const source = new LiveDefinitionProblems({
    catalog,
    logger: silentLogger,
    openTexts: () => open,
    includesClosed,
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
  await expect.poll(told).toEqual([`a.yaml 6:7-6:13 ${wrong}`, inDescriptor]);
  await definitions.write('a.yaml', fixed);
  await expect.poll(told).toEqual([inDescriptor]);
  await definitions.write('catalog-info.yaml', aDescriptor('component:c'));
  await expect.poll(told).toEqual([]);
  // Each once at first, then the changed one, and the one in the file that refers to it, as its place may be another.
  expect(definitions.loaded).toEqual([
    'api:default/a',
    'api:default/b',
    'api:default/a',
    'api:default/b',
  ]);
});

it('starts with open files, when the catalog is ready', async () => {
  const definitions = await DefinitionsInFiles.of({
    'a/catalog-info.yaml': aDescriptor('api:a', inFile('./a.yaml')),
    'a/a.yaml': broken,
    'b/catalog-info.yaml': aDescriptor('api:b', inFile('./b.yaml')),
    'b/b.yaml': broken,
  });
  const { told } = follow(definitions, [{ uri: fileUri('/work/b/b.yaml'), version: 1 }]);
  await expect.poll(told).toHaveLength(2);
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
  await expect.poll(told).toHaveLength(1);
  open.pop();
  source.lookSoon();
  await definitions.write('a.yaml', fixed);
  await expect.poll(told).toEqual([]);
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
  await expect.poll(told).toEqual([`a.yaml 6:7-6:13 ${wrong}`]);
  await definitions.write('a.yaml', `# Orders\n${broken}`);
  await expect.poll(told).toEqual([`a.yaml 7:7-7:13 ${wrong}`]);
});

it.each([true, false])(
  'finds the place again after the file changed back and forth during a check, closed files included: %s',
  async includesClosed => {
    const original = aDescriptor('api:a', { type: 'openapi', definition: broken });
    const moved = `# Orders\n${original}`;
    const definitions = await DefinitionsInFiles.of({ 'catalog-info.yaml': moved });
    // The check reads the file before the catalog does.
    definitions.files.write('/work/catalog-info.yaml', original);
    const open = [{ uri: fileUri('/work/catalog-info.yaml'), version: 1 }];
    const { told } = follow(definitions, open, includesClosed);
    await expect.poll(told).toHaveLength(1);
    await definitions.write('catalog-info.yaml', original);
    await definitions.write('catalog-info.yaml', moved);
    await expect.poll(told).toEqual([`catalog-info.yaml 16:11-16:17 ${wrong}`]);
  },
);

it('finds a problem again after the file changed back and forth during a check', async () => {
  // The catalog doesn't keep long definitions: the check reads them from the file.
  const long = (text: string): string => `${text}# ${'long '.repeat(10_000)}\n`;
  const definitions = await DefinitionsInFiles.of({
    'catalog-info.yaml': aDescriptor('api:a', inFile('./a.yaml')),
    'a.yaml': long(broken),
  });
  definitions.files.write('/work/a.yaml', long(fixed));
  const { told } = follow(definitions);
  await expect.poll(() => definitions.loaded).toHaveLength(1);
  await definitions.write('a.yaml', long(fixed));
  await definitions.write('a.yaml', long(broken));
  await expect.poll(told).toEqual([`a.yaml 6:7-6:13 ${wrong}`]);
});

it("continues after a definition that can't be read", async () => {
  const definitions = await DefinitionsInFiles.of({
    'a/catalog-info.yaml': aDescriptor('api:a', { type: 'openapi', definition: broken }),
    'b/catalog-info.yaml': aDescriptor('api:b', { type: 'openapi', definition: broken }),
  });
  definitions.files.remove('/work/a/catalog-info.yaml');
  const { told } = follow(definitions);
  await expect.poll(told).toEqual([expect.stringMatching(/^b\//)]);
});

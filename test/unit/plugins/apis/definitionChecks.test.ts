import { expect, it } from 'vitest';
import { english, silentLogger } from '../../../../src/base';
import { CatalogEngine } from '../../../../src/core/catalog';
import { ApiDefinitions } from '../../../../src/plugins/apis/apiDefinitions';
import { DefinitionChecks } from '../../../../src/plugins/apis/definitionChecks';
import { openApis } from '../../../../src/plugins/apis/openApis';
import { aDescriptor, documents } from '../../../support/descriptors';
import { fileUri, InMemoryFileSystem } from '../../../support/inMemoryFileSystem';
import { TestClock } from '../../../support/testClock';

const broken = `openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /orders:
    get:
      sumary: All of them
`;

class Editors {
  readonly files = new InMemoryFileSystem();
  readonly catalog = new CatalogEngine({
    fileSystem: this.files,
    clock: new TestClock(),
    logger: silentLogger,
  });
  readonly loaded: string[] = [];
  readonly #definitions = new ApiDefinitions({
    catalog: this.catalog,
    files: {
      readFile: uri => this.files.readFile(uri),
      exists: async uri => (await this.files.stat(uri)) !== undefined,
    },
    translate: english,
  });
  readonly #checks = new DefinitionChecks({
    catalog: this.catalog,
    definitions: {
      load: (ref, signal) => {
        this.loaded.push(ref);
        return this.#definitions.load(ref, signal);
      },
    },
    translate: english,
  });

  static async of(files: Readonly<Record<string, string>>): Promise<Editors> {
    const editors = new Editors();
    for (const [path, text] of Object.entries(files)) editors.files.write(`/work/${path}`, text);
    editors.catalog.setRoots([{ uri: fileUri('/work'), name: 'work' }]);
    await editors.catalog.refresh();
    return editors;
  }

  async write(path: string, text: string): Promise<void> {
    this.files.write(`/work/${path}`, text);
    await this.catalog.applyChanges([{ type: 'changed', uri: fileUri(`/work/${path}`) }]);
  }

  /** Problems as text, with the file and the characters that they are at, while these files are open. */
  async problems(...open: readonly string[]): Promise<readonly string[]> {
    const texts = open.map(path => ({ uri: fileUri(`/work/${path}`), version: 1 }));
    const byFile = await this.#checks.check(openApis(texts, this.catalog));
    return [...byFile].flatMap(([file, problems]) =>
      problems.map(({ message, range: { start, end } }) => {
        const place = `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
        return `${file.slice('file:///work/'.length)} ${place} ${message}`;
      }),
    );
  }
}

it('tells what is wrong in the file that holds the definition, whichever of the two is open', async () => {
  const editors = await Editors.of({
    'catalog-info.yaml': aDescriptor('api:a', {
      type: 'openapi',
      definition: { $text: './a.yaml' },
    }),
    'a.yaml': broken,
    'other.yaml': broken,
  });
  const told = ['a.yaml 6:7-6:13 The property "sumary" is not expected here'];
  expect(await editors.problems('a.yaml')).toEqual(told);
  expect(await editors.problems('catalog-info.yaml')).toEqual(told);
  expect(await editors.problems('a.yaml', 'catalog-info.yaml')).toEqual(told);
  expect(await editors.problems('other.yaml')).toEqual([]);
});

it('tells what is wrong in a descriptor', async () => {
  const editors = await Editors.of({
    'catalog-info.yaml': documents(
      aDescriptor('api:a', { type: 'openapi', definition: broken }),
      aDescriptor('api:b', { type: 'graphql', definition: 'type Query {\n  a: Nothing\n}\n' }),
    ),
  });
  expect(await editors.problems('catalog-info.yaml')).toEqual([
    'catalog-info.yaml 15:11-15:17 The property "sumary" is not expected here',
    'catalog-info.yaml 27:10-27:17 Unknown type "Nothing"',
  ]);
});

it('says the line where a definition is written otherwise than it is read', async () => {
  const editors = await Editors.of({
    'catalog-info.yaml': aDescriptor('api:a', { type: 'openapi' }).replace(
      /definition: .*/,
      `definition: ${JSON.stringify(broken)}`,
    ),
  });
  expect(await editors.problems('catalog-info.yaml')).toEqual([
    expect.stringMatching(/^catalog-info.yaml (\d+:15)-\1 Line 6 of the definition: The property/),
  ]);
});

it('tells a problem once, however many APIs have the definition', async () => {
  const definition = { type: 'openapi', definition: { $text: './a.yaml' } };
  const editors = await Editors.of({
    'catalog-info.yaml': documents(
      aDescriptor('api:a', definition),
      aDescriptor('api:b', definition),
    ),
    'a.yaml': broken,
  });
  expect(await editors.problems('a.yaml')).toHaveLength(1);
});

it('reads a definition again when it has changed, and only then', async () => {
  const editors = await Editors.of({
    'catalog-info.yaml': documents(
      aDescriptor('api:a', { type: 'openapi', definition: { $text: './a.yaml' } }),
      aDescriptor('api:b', { type: 'openapi', definition: broken }),
    ),
    'a.yaml': broken,
  });
  expect(await editors.problems('catalog-info.yaml')).toHaveLength(2);
  expect(await editors.problems('catalog-info.yaml')).toHaveLength(2);
  expect(editors.loaded).toEqual(['api:default/a', 'api:default/b']);
  await editors.write('a.yaml', broken.replace('sumary', 'summary'));
  expect(await editors.problems('catalog-info.yaml')).toHaveLength(1);
  expect(editors.loaded).toEqual(['api:default/a', 'api:default/b', 'api:default/a']);
});

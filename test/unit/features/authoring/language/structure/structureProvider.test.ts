import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createStructureProvider,
  StructureService,
  type StructureKind,
} from '../../../../../../src/features/authoring/language';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';
import { at } from '../../../../../support/testCatalog';

describe('Structure provider', () => {
  let workspace: LanguageWorkspace;
  let isElsewhere: boolean;
  let state: object;
  let world: { isTrusted: boolean; hosts: readonly string[]; now: number };
  let kinds: readonly StructureKind[];
  let files: Record<string, string>;
  let fetched: string[];

  beforeEach(async () => {
    workspace = await openLanguageWorkspace({ 'b.yaml': aDescriptor('group:b') });
    isElsewhere = false;
    state = {};
    world = { isTrusted: true, hosts: [], now: 0 };
    kinds = [];
    files = {};
    fetched = [];
  });
  afterEach(() => workspace.dispose());

  function open() {
    const service = new StructureService({
      declaredKinds: () => kinds,
      readFile: uri => {
        const text = files[uri.replace(`${at('')}/`, '')];
        return text === undefined
          ? Promise.reject(new Error('there is no such file'))
          : Promise.resolve(text);
      },
      fetchText: url => {
        fetched.push(url);
        return Promise.resolve(JSON.stringify({ properties: { size: { type: 'number' } } }));
      },
      workspaceFolders: () => [at('')],
      isTrusted: () => world.isTrusted,
      allowedHosts: () => world.hosts,
      now: () => world.now,
    });
    const provider = createStructureProvider({
      service,
      isDelegated: () => isElsewhere,
      state: () => state,
    });
    return { service, provider };
  }

  async function problemsOf(text: string, name = 'a.yaml', opened = open()) {
    const found = (await opened.provider.problems?.(workspace.open(name, text))) ?? [];
    return found.map(({ code, message, range: { start } }) => [code, start.line, message]);
  }

  const codesOf = async (...args: Parameters<typeof problemsOf>): Promise<readonly unknown[]> =>
    (await problemsOf(...args)).map(([code, line]) => `${line} ${code}`);

  const hover = async (markedText: string, name = 'a.yaml') => {
    const found = await open().provider.hover?.(workspace.cursor(name, markedText));
    return JSON.stringify(found?.contents ?? '');
  };
  const labels = async (markedText: string, name = 'a.yaml') => {
    const found = await open().provider.complete?.(workspace.cursor(name, markedText));
    return found?.items.map(({ label }) => label) ?? [];
  };

  describe('problems', () => {
    it('are left to the engine for descriptors and app-config.yaml', async () => {
      expect(await problemsOf('kind: Component\nspec: 1\nmetadata: [\n')).toEqual([]);
      expect(await problemsOf('catalog:\n  locations: 7\n', 'app-config.yaml')).toEqual([]);
    });

    it("are reported for mkdocs.yml, with MkDocs's own YAML tags", async () => {
      const text = 'site_name: A\nstrict: nearly\nuse_directory_urls: !ENV [X, true]\n';
      const found = await problemsOf(text, 'mkdocs.yml');
      expect(found.map(([code, line]) => [code, line])).toEqual([['schema-mismatch', 1]]);
    });

    it('are reported for template tests', async () => {
      const text = `valus: {}
tests:
  - expect: { status: done, files: { a: text, b: , c: { has: x, contains: [y] }, golden: z } }
`;
      const found = await problemsOf(text, 'a.callboard-test.yaml');
      expect(found.map(([, line, message]) => `${line} ${message}`)).toEqual([
        '2 Missing property "name".',
        '2 Value is not accepted. Valid values: "completed", "failed".',
        '2 Property has is not allowed.',
        '0 Property valus is not allowed.',
      ]);
    });

    it('are moved with their documents', async () => {
      const opened = open();
      const wrong = '---\nsite_name: [5]\n';
      for (const [text, lines] of [
        [`${wrong}${wrong.replace('5', '6')}`, [1, 3]],
        [`# A\n\n${wrong}${wrong.replace('5', '6')}`, [3, 5]],
        [`${wrong.replace('5', '6')}${wrong}${wrong}`, [1, 3, 5]],
      ] as const) {
        expect((await problemsOf(text, 'mkdocs.yml', opened)).map(([, line]) => line)).toEqual(
          lines,
        );
        expect(await problemsOf(text, 'mkdocs.yml', opened)).toEqual(
          await problemsOf(text, 'mkdocs.yml'),
        );
      }
    });

    it('are reported for documents with a schema comment', async () => {
      files = { 'size.json': '{"properties": {"size": {"type": "number"}}}' };
      const text = documents(
        '# yaml-language-server: $schema=size.json\nsize: large\n',
        '# yaml-language-server: $schema=none\nsite_name: 1\n',
      );
      expect(await problemsOf(text)).toEqual([
        ['schema-mismatch', 1, expect.stringContaining('number')],
      ]);
    });
  });

  it.each([
    ['a byte order mark', `<|>\uFEFF${aComponent('a')}`],
    ['mixed line breaks', `<|>\r\n--\n# About the kind\n${aComponent('a')}`],
  ])('completes only at the cursor: before %s', async (_, marked) => {
    const request = workspace.cursor('a.yaml', marked);
    const { items = [] } = (await open().provider.complete?.(request)) ?? {};
    for (const { textEdit } of items) {
      if (!textEdit || !('range' in textEdit)) continue;
      expect(textEdit.range.start).toEqual(request.position);
    }
  });

  it('explains and completes a custom kind by its schema', async () => {
    const region = { description: 'Where it runs.', enum: ['eu', 'us'] };
    kinds = [
      {
        kind: 'Cluster',
        apiVersions: ['acme.example/v1'],
        schema: { properties: { spec: { properties: { region } } } },
      },
    ];
    const text = 'apiVersion: acme.example/v1\nkind: Cluster\nmetadata:\n  name: a\nspec:\n';
    expect(await hover(`${text}  reg<|>ion: eu\n`)).toContain('Where it runs.');
    expect(await hover(`${text.replace('na', 'na<|>')}`)).toContain('The name in references');
    expect(await labels(`${text}  region: <|>\n`)).toEqual(expect.arrayContaining(['eu', 'us']));
    expect(await labels(`${text}  <|>\n`)).toEqual(['region']);
  });

  describe('with a schema comment', () => {
    const named = (schema: string) => `# yaml-language-server: $schema=${schema}\nsize: large\n`;

    it.each([
      ['../elsewhere.json', /outside the workspace/],
      ['/etc/passwd', /outside the workspace/],
      ['file:///etc/passwd', /outside the workspace/],
      ['nowhere.json', /no such file/],
      ['data:,x', /only workspace paths/],
      ['https://schemas.example.com/a.json', /callboard\.yaml\.schemaHosts/],
      ['http://169.254.169.254/latest/meta-data', /169\.254\.169\.254 are blocked/],
    ])('rejects %s with a reason', async (schema, reason) => {
      expect(await problemsOf(named(schema))).toEqual([
        ['schema-refused', 0, expect.stringMatching(reason)],
      ]);
      expect(fetched).toEqual([]);
    });

    it('fetches from listed hosts in a trusted workspace', async () => {
      const text = named('https://schemas.example.com/a.json');
      world.hosts = ['schemas.example.com'];
      world.isTrusted = false;
      expect(await codesOf(text)).toEqual(['0 schema-refused']);
      expect(fetched).toEqual([]);
      world.isTrusted = true;
      expect(await codesOf(text)).toEqual(['1 schema-mismatch']);
      expect(fetched).toEqual(['https://schemas.example.com/a.json']);
    });

    it('reloads a changed schema or one that it refers to', async () => {
      files = {
        'size.json': '{"properties": {"size": {"$ref": "types.json#/definitions/size"}}}',
        'types.json': '{"definitions": {"size": {"type": "number"}}}',
      };
      const opened = open();
      expect(await problemsOf(named('size.json'), 'a.yaml', opened)).toHaveLength(1);
      files['types.json'] = '{"definitions": {"size": {"type": "string"}}}';
      expect(opened.service.schemaChanged(at('other.json'))).toBe(false);
      expect(opened.service.schemaChanged(at('types.json'))).toBe(true);
      expect(await problemsOf(named('size.json'), 'a.yaml', opened)).toEqual([]);
      files['size.json'] = '{"properties": {"size": {"type": "boolean"}}}';
      expect(opened.service.schemaChanged(at('size.json'))).toBe(true);
      expect(await problemsOf(named('size.json'), 'a.yaml', opened)).toHaveLength(1);
    });

    it('loads a missing schema when it is created', async () => {
      const opened = open();
      expect(await codesOf(named('size.json'), 'a.yaml', opened)).toEqual(['0 schema-refused']);
      files['size.json'] = '{"properties": {"size": {"type": "string"}}}';
      expect(opened.service.schemaChanged(at('size.json'))).toBe(true);
      expect(await problemsOf(named('size.json'), 'a.yaml', opened)).toEqual([]);
    });

    it.each([
      ['../more.json', 'schema-mismatch', /number/],
      ['../../elsewhere.json', 'schema-refused', /outside the workspace/],
      ['https://schemas.example.com/a.json', 'schema-refused', /callboard\.yaml\.schemaHosts/],
    ])('applies the same limits to references of a schema: %s', async (reference, code, reason) => {
      files = {
        'schemas/size.json': JSON.stringify({ allOf: [{ $ref: reference }] }),
        'more.json': '{"properties": {"size": {"type": "number"}}}',
      };
      expect(await problemsOf(named('schemas/size.json'))).toEqual([
        [code, 1, expect.stringMatching(reason)],
      ]);
      expect(fetched).toEqual([]);
    });
  });

  describe('with another YAML extension', () => {
    beforeEach(() => (isElsewhere = true));

    it("doesn't explain, and completes only in later documents", async () => {
      const spec =
        'apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata:\n  name: a\nspec:\n  <|>\n';
      expect(await hover(spec.replace('na<|>me', 'name').replace('<|>', 'member<|>Of: []'))).toBe(
        '""',
      );
      expect(await labels(spec)).toEqual([]);
      expect(await labels(documents(aComponent('a'), spec))).toContain('memberOf');
      isElsewhere = false;
      expect(await labels(spec)).toContain('memberOf');
    });

    it('ignores documents with a schema comment', async () => {
      files = { 'size.json': '{"properties": {"size": {"type": "number"}}}' };
      const text = '# yaml-language-server: $schema=size.json\n<|>size: large\n';
      expect(await problemsOf(text.replace('<|>', ''))).toEqual([]);
      expect(await problemsOf(text.replace('<|>', '').replace('size.json', '/etc/passwd'))).toEqual(
        [],
      );
      expect(await labels(documents(aComponent('a'), text))).toEqual([]);
    });

    it('still reports problems', async () => {
      const found = await codesOf('site_name: A\nstrict: nearly\n', 'mkdocs.yml');
      expect(found).toEqual(['1 schema-mismatch']);
    });
  });
});

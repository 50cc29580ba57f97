import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import type { PlaceholderResult } from '../../../../../../src/features/catalog/core/processing/placeholderResolution';
import { resolvePlaceholders } from '../../../../../../src/features/catalog/core/processing/placeholders';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { sharedMaterial } from '../../../../../support/sharedMaterial';
import { at, openCatalog } from '../../../../../support/testCatalog';

const FILES = {
  '/outside.txt': 'outside',
  '/work/root.txt': 'root',
  '/work/a b.txt': 'blank',
  '/work/apis/text.txt': 'text',
  '/work/apis/data.json': '{"k": [1, null]}',
  '/work/apis/broken.json': '{',
  '/work/apis/data.yaml': '# c\nk: v\ndate: 2020-01-01\n',
  '/work/apis/two.yaml': 'a: 1\n---\nb: 2\n',
  '/work/apis/broken.yaml': 'a: [\n',
  '/work/apis/empty.yaml': '',
};

function disk(files: Readonly<Record<string, string>> = {}): InMemoryFileSystem {
  return new InMemoryFileSystem({ ...FILES, ...files });
}

function resolve(
  value: unknown,
  { fileSystem = disk(), maxFileSize = 10_000 } = {},
): Promise<PlaceholderResult> {
  return resolvePlaceholders(value, {
    fileSystem,
    base: at('apis/catalog-info.yaml'),
    boundary: at(''),
    maxFileSize,
  });
}

/** Returns a placeholder's value, or the code of its problem. */
async function outcome(value: unknown, options?: Parameters<typeof resolve>[1]): Promise<unknown> {
  const result = await resolve(value, options);
  return result.issues.length ? result.issues.map(({ code }) => code).join() : result.value;
}

describe('Replaced placeholders', () => {
  it.each([
    ['$text', { $text: './text.txt' }, 'text'],
    ['$json', { $json: './data.json' }, { k: [1, null] }],
    ['$yaml', { $yaml: 'data.yaml' }, { k: 'v', date: '2020-01-01' }],
    ['can be nested deeply', [{ a: { $text: '../root.txt' } }], [{ a: 'root' }]],
    ['can be relative to the repository root', { $text: '/root.txt' }, 'root'],
    ['can contain an encoded space', { $text: '../a%20b.txt' }, 'blank'],
    ['can contain a space', { $text: '../a b.txt' }, 'blank'],
    ['ignore query and fragment', { $text: './text.txt?x=1#y' }, 'text'],
    ['can be a URL of the same repository', { $text: 'file:///work/root.txt' }, 'root'],
    ['can leave and reenter the folder', { $text: '../apis/../apis/./text.txt' }, 'text'],
  ])('%s', async (_, value, expected) => {
    expect(await outcome(value)).toEqual(expected);
  });

  it.each([
    ['for an unknown key', { $unknown: './text.txt' }],
    ['with another key beside it', { $text: './text.txt', other: 1 }],
    ['with two placeholders', { $text: './text.txt', $json: './data.json' }],
    ["for a schema's $ref", { schema: { $ref: '#/definitions/x' } }],
    ['below an unknown key', { $unknown: { $text: './text.txt' } }],
    ['below a key beside another', { $unknown: 1, a: { $text: './text.txt' } }],
    ['null', null],
  ])('not %s', async (_, value) => {
    expect(await outcome(value)).toEqual(value);
  });

  it("aren't resolved within included files", async () => {
    const fileSystem = disk({ '/work/apis/again.yaml': 'a: { $text: ./text.txt }\n' });
    expect(await outcome({ $yaml: './again.yaml' }, { fileSystem })).toEqual({
      a: { $text: './text.txt' },
    });
  });

  it('list all their files, including missing ones', async () => {
    const { dependencies, unread } = await resolve({
      a: { $text: './text.txt' },
      b: [{ $text: './missing.txt' }, { $text: './text.txt' }],
    });
    expect(dependencies).toEqual([at('apis/text.txt'), at('apis/missing.txt')]);
    expect(unread).toEqual([['b', 0]]);
  });
});

describe('Placeholder problems', () => {
  it.each([
    [
      { $text: 12 },
      'Placeholder $text expected a string value parameter, in the form of an absolute URL or a relative path',
    ],
    [
      { $json: './broken.json' },
      /^Placeholder \$json failed to parse JSON data at \.\/broken\.json, SyntaxError: /,
    ],
    [
      { $yaml: './two.yaml' },
      'Placeholder $yaml expected to find exactly one document of data at ./two.yaml, found 2',
    ],
    [
      { $yaml: './empty.yaml' },
      'Placeholder $yaml expected to find exactly one document of data at ./empty.yaml, found 0',
    ],
    [
      { $yaml: './broken.yaml' },
      /^Placeholder \$yaml found an error in the data at \.\/broken\.yaml, YAMLParseError: Flow sequence .* column 1$/,
    ],
    [
      { $text: '../../outside.txt' },
      'Placeholder $text could not read location ../../outside.txt, Error: Placeholder may only reference files from the same repository as the entity',
    ],
    [
      { $text: './missing.txt' },
      'Placeholder $text could not read location ./missing.txt, NotFoundError: there is no such file',
    ],
    [
      { $openapi: './broken.yaml' },
      /^Placeholder \$openapi unable to bundle the file at \.\/broken\.yaml, /,
    ],
  ])('%j', async (value, message) => {
    const { issues } = await resolve(value);
    expect(issues.map(issue => issue.message)).toEqual([
      typeof message === 'string' ? message : expect.stringMatching(message),
    ]);
  });

  it('mark the value of the placeholder', async () => {
    const { issues } = await resolve({ spec: [{ $text: './missing.txt' }] });
    expect(issues.map(({ path }) => path)).toEqual([['spec', 0, '$text']]);
  });

  it.each([
    ['a folder', { $text: '../apis' }, 'placeholder-invalid'],
    ['an unreadable file', { $text: './secret.txt' }, 'placeholder-invalid'],
    ['a large file', { $text: './large.txt' }, 'placeholder-invalid'],
    ['another host', { $text: 'https://example.com/x' }, 'placeholder-not-read'],
    ['another host without a scheme', { $text: '//example.com/x' }, 'placeholder-not-read'],
    ['another scheme', { $text: 'data:text/plain,x' }, 'placeholder-not-read'],
  ])('%s', async (_, value, code) => {
    const fileSystem = disk({
      '/work/apis/secret.txt': 's',
      '/work/apis/large.txt': 'x'.repeat(99),
    });
    fileSystem.setReadable('/work/apis/secret.txt', false);
    expect(await outcome(value, { fileSystem, maxFileSize: 50 })).toBe(code);
  });

  it('include a file whose aliases expand too far', async () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [index, name] of [...'bcdefg'].entries()) {
      lines.push(`${name}: &${name} [${`*${'abcdef'[index]}, `.repeat(10)}]`);
    }
    const fileSystem = disk({ '/work/apis/bomb.yaml': lines.join('\n') });
    expect(await outcome({ $yaml: './bomb.yaml' }, { fileSystem })).toBe('placeholder-invalid');
    expect(await outcome({ $openapi: './bomb.yaml' }, { fileSystem })).toBe('placeholder-invalid');
  });

  it('include a file that is nested too deeply', async () => {
    const deep = `${'['.repeat(50_000)}`;
    const fileSystem = disk({
      '/work/apis/deep.yaml': deep,
      '/work/apis/deep.json': deep,
      '/work/apis/refers.yaml': 'a: { $ref: ./deep.yaml }\n',
    });
    for (const value of [
      { $yaml: './deep.yaml' },
      { $json: './deep.json' },
      { $openapi: './deep.yaml' },
      { $openapi: './refers.yaml' },
    ]) {
      expect(await outcome(value, { fileSystem })).toBe('placeholder-invalid');
    }
  });

  it('include a bundle that refers to an overly nested file', async () => {
    const fileSystem = disk({
      '/work/apis/refers.yaml': 'a: { $ref: ./nested.yaml }\n',
      '/work/apis/nested.yaml': `${'['.repeat(300)}${']'.repeat(300)}`,
    });
    expect(await outcome({ $openapi: './refers.yaml' }, { fileSystem })).toBe(
      'placeholder-invalid',
    );
  });
});

describe('Placeholder boundary', () => {
  it.each([
    '../../outside.txt',
    '%2e%2e/%2e%2e/outside.txt',
    '..%2f..%2foutside.txt',
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '../../work/root.txt',
    'file:///outside.txt',
    'file:///work/../outside.txt',
    'file:///work/%2e%2e/outside.txt',
    'file://host/work/root.txt',
    'FILE:///outside.txt',
    '../'.repeat(20) + 'outside.txt',
  ])('rejects %s', async reference => {
    const fileSystem = disk();
    expect(await outcome({ $text: reference }, { fileSystem })).toBe('placeholder-invalid');
    expect(fileSystem.takeReads()).toEqual({});
  });

  it.each([
    ['a link to a file outside', '/work/apis/link.txt', '/outside.txt', './link.txt'],
    ['a link to a folder outside', '/work/apis/link', '/', './link/outside.txt'],
    ['circular links', '/work/apis/ring', './ring', './ring'],
  ])("doesn't follow %s", async (_, link, target, reference) => {
    const fileSystem = disk();
    fileSystem.link(link, target);
    expect(await outcome({ $text: reference }, { fileSystem })).not.toBe('outside');
    expect(fileSystem.takeReads()).toEqual({});
  });

  it('follows a link inside the repository', async () => {
    const fileSystem = disk();
    fileSystem.link('/work/apis/link.txt', '../root.txt');
    expect(await outcome({ $text: './link.txt' }, { fileSystem })).toBe('root');
  });

  const api = (file: string): string =>
    `apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: a}\nspec: {type: x, lifecycle: x, owner: x, definition: {$text: ${file}}}\n`;

  it.each([
    ['the workspace folder without a repository', {}, ['placeholder-invalid']],
    ['the repository around the workspace', { '/.git/HEAD': '' }, []],
    ['a repository inside the workspace', { '/work/a/.git/HEAD': '' }, ['placeholder-invalid']],
  ])('is %s', async (_, files, expected) => {
    const [reference, path] = '/work/a/.git/HEAD' in files ? ['../x.txt', 'a'] : ['../x.txt', '.'];
    const catalog = await openCatalog(
      { '/x.txt': 'x', 'x.txt': 'x', ...files, 'catalog-info.yaml': '', [`a/b/c.txt`]: '' },
      {},
    );
    await catalog.write({ [path === 'a' ? 'a/x.yaml' : 'x.yaml']: api(reference) });
    expect(catalog.codes().filter(code => code.startsWith('placeholder'))).toEqual(expected);
  });
});

describe('Bundles', () => {
  afterEach(() => vi.unstubAllGlobals());

  const bundle = async (
    files: Readonly<Record<string, string>>,
    key: '$openapi' | '$asyncapi' = '$openapi',
  ): Promise<unknown> => {
    const prefixed = Object.entries(files).map(([path, text]) => [`/work/apis/${path}`, text]);
    const fileSystem = disk(Object.fromEntries(prefixed) as Record<string, string>);
    const value = await outcome({ [key]: './spec.yaml' }, { fileSystem });
    return typeof value === 'string' && !value.startsWith('placeholder-')
      ? (parse(value) as unknown)
      : value;
  };

  it('include referenced files across folders and formats', async () => {
    expect(
      await bundle({
        'spec.yaml': 'paths: { $ref: ./parts/paths.yaml }\n',
        'parts/paths.yaml': 'a: { $ref: "../schemas.json#/A" }\n',
        'schemas.json': '{ "A": { "type": "string" } }',
      }),
    ).toEqual({ paths: { a: { type: 'string' } } });
  });

  it('end for files that refer to each other', async () => {
    expect(
      await bundle({
        'spec.yaml': 'x: { $ref: "./b.yaml#/b" }\n',
        'b.yaml': 'b: { properties: { again: { $ref: "./c.yaml#/c" } } }\n',
        'c.yaml': 'c: { properties: { again: { $ref: "./b.yaml#/b" } } }\n',
      }),
    ).toEqual({ x: { properties: { again: { properties: { again: { $ref: '#/x' } } } } } });
  });

  it('keep AsyncAPI 3 references to channels and messages', async () => {
    const text = [
      "asyncapi: '3.0.0'",
      'channels: { a: { address: a } }',
      "operations: { send: { channel: { $ref: '#/channels/a' } } }",
    ].join('\n');
    expect(await bundle({ 'spec.yaml': text }, '$asyncapi')).toEqual(parse(text));
  });

  it.each([
    ['a web address', 'https://example.com/x.yaml', 'placeholder-not-read'],
    ['a metadata address', 'http://169.254.169.254/latest', 'placeholder-not-read'],
    ['a local file URL', 'file:///etc/passwd', 'placeholder-invalid'],
    ['an absolute path', '/etc/passwd', 'placeholder-missing'],
    ['a path outside the repository', '../../outside.txt', 'placeholder-invalid'],
    ['a missing file', './missing.yaml', 'placeholder-missing'],
  ])('fetch nothing by themselves: %s', async (_, reference, code) => {
    const fetched = vi.fn();
    vi.stubGlobal('fetch', fetched);
    expect(
      await bundle({
        'spec.yaml': 'x: { $ref: ./b.yaml }\n',
        'b.yaml': `y: { $ref: ${JSON.stringify(reference)} }\n`,
      }),
    ).toBe(code);
    expect(fetched).not.toHaveBeenCalled();
  });
});

const oracle = sharedMaterial(
  'oracle/catalog/sem-placeholders',
  'The comparison with the placeholders that a Backstage server replaced',
);

describe.runIf(oracle)('Placeholders compared with a Backstage server', () => {
  it('have the same values', async () => {
    const folder = join(oracle ?? '', 'input', 'acme', 'placeholders');
    const files: Record<string, string> = {
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/config': '[remote "origin"]\n  url = https://github.com/acme/placeholders\n',
    };
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      files[path.slice(folder.length + 1)] = readFileSync(path, 'utf8');
    }
    const catalog = await openCatalog(files);
    const recorded = JSON.parse(readFileSync(join(oracle ?? '', 'entities.json'), 'utf8')) as {
      kind: string;
      metadata: { name: string };
      spec: unknown;
    }[];
    const compared = recorded.flatMap(({ kind, metadata, spec }) => {
      // The configured locations are the server's own, and content that it fetched from the web
      // isn't fetched here.
      if (metadata.name.startsWith('generated-')) return [];
      if (['text-absolute', 'text-allowed-host'].includes(metadata.name)) return [];
      return [{ ref: `${kind}:default/${metadata.name}`.toLowerCase(), spec }];
    });
    expect(compared.map(({ ref }) => ref)).toContain('api:default/openapi-bundle');
    expect(compared.map(({ ref }) => ({ ref, spec: catalog.entity(ref)?.spec }))).toEqual(compared);
  });

  it('fail with the same messages', async () => {
    const folder = join(oracle ?? '', 'input', 'acme', 'placeholders', 'apis');
    const catalog = await openCatalog({
      ...Object.fromEntries(
        readdirSync(folder)
          .filter(name => name.includes('.'))
          .map(name => [`apis/${name}`, readFileSync(join(folder, name), 'utf8')]),
      ),
      '.git/HEAD': '',
    });
    const unprocessed = JSON.parse(
      readFileSync(join(oracle ?? '', 'unprocessed.json'), 'utf8'),
    ) as { entity_ref: string; errors: { message: string }[] }[];
    const messages = catalog.problems().map(({ entityRef, message }) => `${entityRef} ${message}`);
    // Missing and remote files keep their entity here, with a warning.
    const failed = unprocessed.filter(({ entity_ref }) =>
      /^api:default\/(?!text-missing|text-otherrepo)/.test(entity_ref),
    );
    expect(failed.length).toBeGreaterThan(3);
    for (const { entity_ref, errors } of failed) {
      const message = errors[0]?.message.replace(/^.*?; caused by Error: /, '') ?? '';
      expect(messages).toContain(`${entity_ref} ${message}`);
    }
  });
});

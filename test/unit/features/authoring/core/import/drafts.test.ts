import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { yamlScalar } from '../../../../../../src/features/authoring/core/import/descriptorText';
import { aDescriptor } from '../../../../../support/descriptors';
import { longRun } from '../../../../../support/longRun';
import { importing } from './importing';

/** The first draft's documents, parsed. */
async function drafted(
  files: Readonly<Record<string, string>>,
  options?: Parameters<typeof importing>[1],
): Promise<readonly Record<string, Record<string, unknown>>[]> {
  const workspace = await importing(files, options);
  const [draft] = await workspace.draft();
  return parseAllDocuments(draft?.text ?? '').map(
    document => document.toJS() as Record<string, Record<string, unknown>>,
  );
}

const github = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/config': '[remote "origin"]\n\turl = git@github.com:acme/shop.git\n',
};

describe('Descriptor draft', () => {
  it('contains all values found in a folder', async () => {
    const { draft } = await importing({
      ...github,
      '.github/CODEOWNERS': '* @acme/platform\n/services/orders/ @acme/orders\n',
      'services/orders/package.json': JSON.stringify({
        name: '@acme/orders',
        version: '0.3.0',
        description: 'From the manifest',
        homepage: 'https://orders.example.com',
        dependencies: { express: '4' },
        devDependencies: { typescript: '5' },
      }),
      'services/orders/README.md':
        '# Orders\n\n[![build](x)](y)\n\nTakes **orders**: all of them.\n',
      'services/orders/Dockerfile': 'FROM node',
      'services/orders/mkdocs.yml': 'site_name: x',
      'services/orders/api/openapi.yaml': 'openapi: 3.0.0\ninfo:\n  title: "Orders: v2"\n',
    });
    const [orders] = await draft();
    expect(orders?.text).toBe(`apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: orders
  description: "Takes orders: all of them."
  annotations:
    github.com/project-slug: acme/shop
    backstage.io/techdocs-ref: dir:.
  tags:
    - typescript
    - express
  links:
    - url: https://github.com/acme/shop/tree/main/services/orders/
      title: Repository
      icon: code
    - url: https://orders.example.com
      title: Homepage
      icon: web
spec:
  type: service
  lifecycle: experimental
  owner: orders
  providesApis:
    - orders-api
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: orders-api
  title: "Orders: v2"
spec:
  type: openapi
  lifecycle: experimental
  owner: orders
  definition:
    $text: ./api/openapi.yaml
`);
  });

  const named: readonly [string, Record<string, string>, string, string, string[]][] = [
    [
      'go',
      {
        'go.mod':
          'module github.com/acme/pay/v2\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.9.0\n)\n',
      },
      'pay',
      'service',
      ['go', 'gin'],
    ],
    [
      'maven',
      {
        'pom.xml':
          '<project><parent><artifactId>up</artifactId></parent><!-- <artifactId>no</artifactId> --><artifactId>pay</artifactId><dependencies><dependency><artifactId>spring-boot-starter</artifactId></dependency></dependencies></project>',
      },
      'pay',
      'service',
      ['java', 'spring-boot'],
    ],
    [
      'maven with comments and earlier lists',
      {
        'pom.xml':
          '<?xml version="1.0"?>\n<project xmlns="http://maven.apache.org/POM/4.0.0">\n<build><plugins><plugin><artifactId>no</artifactId></plugin></plugins></build><artifactId xml:space="preserve"><![CDATA[p]]>a<!-- x -->&#121;</artifactId></project>',
      },
      'pay',
      'library',
      ['java'],
    ],
    [
      'gradle',
      { 'build.gradle.kts': 'plugins { kotlin("jvm")\n `java-library` }' },
      'x',
      'library',
      ['kotlin'],
    ],
    [
      'cargo',
      { 'Cargo.toml': '[package]\nname = "pay"\n[dependencies]\naxum = "0.7"\n' },
      'pay',
      'service',
      ['rust', 'axum'],
    ],
    [
      'python',
      { 'pyproject.toml': '[project]\nname = "pay"\ndependencies = ["FastAPI>=0.1"]\n' },
      'pay',
      'service',
      ['python', 'fastapi'],
    ],
    ['poetry', { 'pyproject.toml': '[tool.poetry]\nname = "pay"\n' }, 'pay', 'library', ['python']],
    [
      'setup.py',
      { 'setup.py': "setup(\n  name='pay',\n  install_requires=['Django'])" },
      'pay',
      'service',
      ['python', 'django'],
    ],
    ['setup.cfg', { 'setup.cfg': '[metadata]\nname = pay\n' }, 'pay', 'library', ['python']],
    [
      'dotnet',
      { 'Pay.Web.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>' },
      'Pay.Web',
      'service',
      ['dotnet'],
    ],
    [
      'dotnet with property groups',
      {
        'Pay.csproj':
          '<Project Sdk="Microsoft.NET.Sdk">\n<ItemGroup><AssemblyName>no</AssemblyName></ItemGroup><PropertyGroup Condition="a &lt; b"><AssemblyName Condition="x">pay</AssemblyName></PropertyGroup></Project>',
      },
      'pay',
      'library',
      ['dotnet'],
    ],
    ['helm', { 'Chart.yaml': 'name: pay\ndescription: x\n' }, 'pay', 'service', ['helm']],
    ['docker', { Dockerfile: 'FROM x' }, 'x', 'service', []],
    ['mkdocs', { 'mkdocs.yml': 'site_name: Handbook\n' }, 'Handbook', 'documentation', []],
    [
      'a website',
      { 'package.json': '{"name":"web","private":true,"dependencies":{"react-dom":"1"}}' },
      'web',
      'website',
      ['javascript', 'react'],
    ],
    [
      'a library',
      { 'package.json': '{"name":"@acme/ui","main":"x","peerDependencies":{"react-dom":"1"}}' },
      'ui',
      'library',
      ['javascript', 'react'],
    ],
    [
      'a library in a container',
      { 'package.json': '{"name":"a","main":"x"}', Dockerfile: '' },
      'a',
      'service',
      ['javascript'],
    ],
    [
      'a broken manifest',
      { 'package.json': '{"name":', 'tsconfig.json': '{}' },
      'x',
      'library',
      [],
    ],
    [
      'a name that cannot be one',
      { 'package.json': '{"name":"---"}' },
      'x',
      'library',
      ['javascript'],
    ],
  ];

  it.each(named)('of %s has its name, type and tags', async (_, files, name, type, tags) => {
    const [component] = await drafted(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`x/${path}`, text])),
    );
    expect(component?.['metadata']?.['name']).toBe(name);
    expect(component?.['spec']?.['type']).toBe(type);
    expect(component?.['metadata']?.['tags'] ?? []).toEqual(tags);
  });

  it('avoids names of the catalog and other drafts', async () => {
    const { draft } = await importing({
      'have/catalog-info.yaml': aDescriptor('component:Shop'),
      'a/package.json': '{"name":"shop"}',
      'b/package.json': '{"name":"@acme/shop"}',
      'c/api/package.json': '{"name":"a"}',
      'd/api/go.mod': 'module a',
    });
    const names = (await draft()).map(({ entityRefs }) => entityRefs[0]);
    expect(names).toEqual([
      'component:default/a',
      'component:default/acme-shop',
      'component:default/api',
      'component:default/d-a',
    ]);
  });

  it('belongs to the only system above it', async () => {
    const systems = {
      'shop/catalog-info.yaml': aDescriptor('system:Shop'),
      'two/org.yaml': `${aDescriptor('system:one')}---\n${aDescriptor('system:two')}`,
    };
    const { draft } = await importing({ ...systems, 'shop/a/go.mod': '', 'two/b/go.mod': '' });
    const [a, b] = await draft();
    expect(parse(a?.text ?? '')).toMatchObject({ spec: { system: 'Shop' } });
    expect(b?.text).not.toContain('system:');
  });

  it('resolves an email in CODEOWNERS to a user', async () => {
    const { draft } = await importing({
      CODEOWNERS: '* jane@example.com',
      'org.yaml': aDescriptor('user:jdoe', { profile: { email: 'Jane@Example.com' } }),
      'a/go.mod': '',
    });
    expect((await draft())[0]?.owner).toBe('user:default/jdoe');
  });

  it.each([
    ['openapi: 3.0.0\ninfo: { title: All orders, version: "1" }\n', 'All orders'],
    ['{"openapi":"3.0.0","info":{"version":"1","title":"All, orders"}}', 'All, orders'],
    ["openapi: 3.0.0\ninfo:\n  version: 1\n  title: 'All orders' # now\n", 'All orders'],
    ['openapi: 3.0.0\ninfo:\n  title: All, orders # now\n', 'All, orders'],
  ])('uses the title of the API definition %j', async (definition, title) => {
    const [, api] = await drafted({ 'a/go.mod': '', 'a/openapi.yaml': definition });
    expect(api?.['metadata']?.['title']).toBe(title);
  });

  it('marks an unknown owner unless the caller provides one', async () => {
    const { draft, errorsAfter } = await importing({ 'a/go.mod': '' });
    const [draft1] = await draft();
    expect(draft1?.owner).toBeUndefined();
    expect(draft1?.text).toContain('# Nobody is known');
    expect((await draft({ owner: 'team-a' }))[0]?.text).toContain('owner: team-a');
    expect(await errorsAfter([...(draft1 ? [draft1] : [])])).toEqual([]);
  });

  it("isn't created if a descriptor was added in between", async () => {
    const { catalog, candidates, importer } = await importing({ 'a/go.mod': '' });
    const found = await candidates();
    catalog.files.write('/work/a/catalog-info.yml', '');
    expect(await importer.draft(found)).toEqual([]);
  });

  it('skips partial and oversized definitions with a note', async () => {
    const { draft, errorsAfter } = await importing(
      {
        'a/go.mod': '',
        'a/openapi-parts.yaml': 'components: {}',
        'a/openapi.yaml': `openapi: 3.0.0 ${'x'.repeat(300)}`,
        'a/messages.proto': 'message A {}',
        'a/my orders#1.proto': 'service OrderDesk {\n}',
        'a/schema.graphql': 'type Query { a: Int }',
      },
      { settings: { 'callboard.catalog.maxFileSize': 200 } },
    );
    const drafts = await draft();
    expect(drafts[0]?.entityRefs.slice(1)).toEqual(['api:default/a-api', 'api:default/order-desk']);
    expect(drafts[0]?.text).toContain('$text: ./my%20orders%231.proto');
    expect(drafts[0]?.notes).toEqual([
      "openapi.yaml was skipped: it can't be read or is too large",
    ]);
    expect(await errorsAfter(drafts)).toEqual([]);
  });

  it('reads nothing through links outside the repository', async () => {
    const { catalog, draft } = await importing({
      'a/go.mod': 'module a',
      '/secret': 'The secret is 42.',
    });
    catalog.files.link('/work/a/README.md', '/secret');
    expect((await draft())[0]?.text).not.toContain('secret');
  });
});

describe('Draft value', () => {
  it('keeps trailing spaces that YAML treats as letters', () => {
    expect(parse(`key: ${yamlScalar('a\u2003')}\n`)).toEqual({ key: 'a\u2003' });
  });

  it('is parsed back unchanged from one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), value => {
        const text = yamlScalar(value);
        expect(text).not.toMatch(/[\n\r]/);
        expect(parse(`key: ${text}\n`)).toEqual({ key: value });
        expect(parse(`- ${text}\n`, { version: '1.1' })).toEqual([value]);
      }),
    );
  });
});

describe('Draft from hostile files', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'x\n---\nkind: Evil',
      '{{name}}',
      '${{ values.name }}',
      '"}\n  owner: me #',
      '!!js/function x',
      '*alias',
      '&anchor',
      '@scope/name',
      '<script>alert(1)</script>',
      '\u0000\u0085\u2028\uFEFF',
      '- a\n- b',
      ': ',
      ' # ',
      'constructor',
      '__proto__',
      'y',
      '1e3',
    ),
  );

  it('is valid for any manifest, README, definition and CODEOWNERS', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ name: nasty, text: nasty, owner: nasty, title: nasty, version: nasty }),
        fc.constantFrom('npm', 'cargo', 'python', 'go', 'maven', 'helm'),
        async ({ name, text, owner, title, version }, kind) => {
          const manifests: Record<string, [string, string]> = {
            npm: [
              'package.json',
              JSON.stringify({ name, description: text, version, homepage: title }),
            ],
            cargo: [
              'Cargo.toml',
              `[package]\nname = ${JSON.stringify(name)}\ndescription = ${JSON.stringify(text)}`,
            ],
            python: ['setup.py', `setup(name='${name}', description='${text}')`],
            go: ['go.mod', `module ${name}`],
            maven: [
              'pom.xml',
              `<project><artifactId>${name}</artifactId><description>${text}</description></project>`,
            ],
            helm: [
              'Chart.yaml',
              `name: ${JSON.stringify(name)}\ndescription: ${JSON.stringify(text)}`,
            ],
          };
          const [file, content] = manifests[kind] ?? ['go.mod', ''];
          const { draft, errorsAfter, catalog } = await importing({
            ...github,
            CODEOWNERS: `* @${owner} ${owner}@example.com ${owner}`,
            [`a/${file}`]: content,
            'a/README.md': `# ${name}\n\n${text}\n`,
            'a/openapi.json': JSON.stringify({ openapi: '3.0.0', info: { title } }),
            'a/orders.proto': `service ${name} {`,
          });
          const drafts = await draft();
          expect(drafts).toHaveLength(1);
          expect(await errorsAfter(drafts)).toEqual([]);
          expect(catalog.refs()).toEqual([...(drafts[0]?.entityRefs ?? [])].toSorted());
        },
      ),
      longRun({ runs: 40, seed: 20261125 }),
    );
  });
});

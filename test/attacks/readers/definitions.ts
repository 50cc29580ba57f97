import type { CardTreeItem } from '../../../src/api';
import { english, LineIndex } from '../../../src/base';
import { isSurelyValid } from '../../../src/features/apis/core/check/isSurelyValid';
import { outlineDefinition } from '../../../src/features/apis/core/outline/outlineDefinition';
import { readManifests } from '../../../src/features/authoring/core/import/manifests/readManifests';
import { firstParagraph } from '../../../src/features/authoring/core/import/prose';
import { importing } from '../../unit/features/authoring/core/import/importing';
import type { Reader } from '../attack';

/** Outline of a definition on an API's page; references of its parts are followed one level. */
async function outlineOf(type: string, definition: string): Promise<unknown> {
  const index = new LineIndex(definition);
  const outline = await outlineDefinition({
    definition,
    type,
    translate: english,
    source: {
      file: 'file:///work/api',
      range: index.rangeAt(0, 0),
      rangeOf: ({ start, end }) => index.rangeAt(start, end),
    },
  });
  // As in the product: other formats have separate parsers.
  const isDocument = !['graphql', 'grpc', 'trpc'].includes(type);
  if (
    isDocument &&
    (await isSurelyValid({ definition, type }, Infinity)) &&
    outline?.problems.length
  ) {
    throw new Error(`A valid definition has problems: ${JSON.stringify(outline.problems)}`);
  }
  const operations: readonly CardTreeItem[] = outline?.operations ?? [];
  return [outline?.problems, structuredClone([operations, outline?.types])];
}

const manifestReader = (
  type: string,
  file: string,
  format: Reader['format'],
  frames: readonly string[],
): Reader => ({
  name: `${file} in Import…`,
  format,
  sources: type === 'npm' ? ['src/features/authoring/core/import/manifests/'] : [],
  frames: ['<|>', ...frames],
  read: text => readManifests([{ type, uri: `file:///work/${file}`, text }]),
});

const OPENAPI = "openapi: 3.1.0\ninfo: { title: A, version: '1' }\n";

export const definitionReaders: readonly Reader[] = [
  {
    name: 'README in Import…',
    format: 'markdown',
    sources: ['src/features/authoring/core/import/prose.ts'],
    frames: [
      '<|>',
      '# Shop\n\n<|>\n',
      '[<|>](a) and more.\n\n[a]: <|>\n',
      '<p><|></p>\n\nSells <|>.\n',
    ],
    read: text => firstParagraph(text),
  },
  {
    name: 'OpenAPI in YAML',
    format: 'yaml',
    sources: [
      'src/features/apis/core/document/',
      'src/features/apis/core/check/',
      'src/features/apis/core/validation/',
    ],
    frames: [
      '<|>',
      `${OPENAPI}paths: <|>\n`,
      `${OPENAPI}paths:\n  /a: { get: { parameters: [<|>], responses: <|> } }\ncomponents: { schemas: <|> }\n`,
      `${OPENAPI}paths: { /a: { $ref: <|> } }\nsecurity: <|>\nservers: [{ url: <|> }]\n`,
    ],
    read: text => outlineOf('openapi', text),
  },
  {
    name: 'OpenAPI in JSON',
    format: 'json',
    sources: [],
    frames: ['<|>', '{"openapi":"3.0.0","info":{"title":"A","version":"1"},"paths":<|>}'],
    read: text => outlineOf('openapi', text),
  },
  {
    name: 'AsyncAPI',
    format: 'yaml',
    sources: [],
    frames: [
      '<|>',
      "asyncapi: 3.0.0\ninfo: { title: A, version: '1' }\nchannels: <|>\noperations: <|>\n",
      "asyncapi: 2.6.0\ninfo: { title: A, version: '1' }\nchannels: { a: { publish: <|> } }\n",
    ],
    read: text => outlineOf('asyncapi', text),
  },
  {
    name: 'GraphQL',
    format: 'graphql',
    sources: ['src/features/apis/core/formats/'],
    frames: ['<|>', 'type Query { a(b: Int = <|>): Int }\n', '"""<|>"""\ntype A { a: Int }\n'],
    read: text => outlineOf('graphql', text),
  },
  {
    name: 'gRPC',
    format: 'proto',
    sources: [],
    frames: ['<|>', 'syntax = "proto3";\n<|>\nservice S { rpc R(A) returns (B); }\n'],
    read: text => outlineOf('grpc', text),
  },
  {
    name: 'tRPC',
    format: 'javascript',
    sources: [],
    frames: ['<|>', 'export const a = router({ a: procedure.query(() => 1), <|> });\n'],
    read: text => outlineOf('trpc', text),
  },
  {
    name: 'APIs of unknown types',
    format: 'text',
    sources: [],
    read: text => outlineOf(text.slice(0, 100), text),
  },
  manifestReader('npm', 'package.json', 'json', ['{"name":<|>,"keywords":<|>,"dependencies":<|>}']),
  manifestReader('go', 'go.mod', 'text', ['module <|>\n', 'module a\nrequire (\n<|>\n)\n']),
  manifestReader('maven', 'pom.xml', 'xml', ['<project><|><artifactId>a</artifactId></project>']),
  manifestReader('gradle', 'build.gradle', 'javascript', [
    "rootProject.name = '<|>'\n",
    'plugins { <|> }\n',
  ]),
  manifestReader('cargo', 'Cargo.toml', 'toml', ['[package]\nname = <|>\n', '[package]\n<|>\n']),
  manifestReader('python', 'pyproject.toml', 'toml', [
    '[project]\nname = <|>\n',
    '[project]\n<|>\n',
  ]),
  manifestReader('python', 'setup.py', 'text', ['setup(name="<|>", <|>)\n']),
  manifestReader('python', 'setup.cfg', 'git', ['[metadata]\nname = <|>\n']),
  manifestReader('dotnet', 'a.csproj', 'xml', [
    '<Project><PropertyGroup><|></PropertyGroup></Project>',
  ]),
  manifestReader('helm', 'Chart.yaml', 'yaml', ['name: <|>\ndescription: <|>\n']),
  manifestReader('mkdocs', 'mkdocs.yml', 'yaml', ['site_name: <|>\n']),
  {
    name: 'drafts of Import…',
    format: 'text',
    sources: [
      'src/features/authoring/core/import/descriptorText.ts',
      'src/features/authoring/core/import/apis.ts',
      'src/features/authoring/core/import/proposedValues.ts',
    ],
    scale: 0.5,
    read: async text => {
      const files = {
        'a/package.json': JSON.stringify({ name: text.slice(0, 200), description: text }),
        'a/README.md': text,
        'a/openapi.yaml': `openapi: 3.0.0\ninfo: { title: ${text}, version: '1' }\n`,
        'a/schema.graphql': text,
        'a/api.proto': text,
        CODEOWNERS: `* ${text}`,
      };
      const { importer, candidates } = await importing(files);
      return importer.draft(await candidates());
    },
  },
];

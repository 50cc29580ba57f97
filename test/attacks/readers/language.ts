import {
  annotationHoverProvider,
  codeActionProvider,
  completionProvider,
  createStructureProvider,
  StructureService,
  entityHoverProvider,
  entityLensProvider,
  type LanguageProvider,
  navigationProvider,
  refHintProvider,
  renameEntity,
  structureOfTextProvider,
} from '../../../src/features/authoring/language';
import { DocsProvider } from '../../../src/features/techdocs/language';
import { NodeClock } from '../../../src/platform/node';
import { aComponent, aDescriptor } from '../../support/descriptors';
import { LanguageWorkspace } from '../../support/languageWorkspace';
import { skeletonProvider, templateProvider } from '../../support/templates';
import { at } from '../../support/testCatalog';
import type { Reader } from '../attack';
import { catalogOf, never } from './places';

const FILES = {
  'team.yaml': aDescriptor('group:team'),
  'z.yaml': aComponent('z'),
  'mkdocs.yml': 'site_name: a\n',
  'docs/index.md': '# A',
};

/** All results of a language server for an open text, with the cursor at its start, middle and end. */
async function readOpen(
  path: string,
  text: string,
  providers: readonly LanguageProvider[],
  files: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const workspace = new LanguageWorkspace(await catalogOf({ ...FILES, ...files, [path]: text }));
  try {
    const request = workspace.open(path, text);
    const whole = { ...request, range: request.text.rangeAt(0, text.length) };
    const answers: unknown[] = [];
    for (const provider of providers) {
      answers.push(
        await provider.problems?.(request),
        await provider.symbols?.(request),
        await provider.foldingRanges?.(request),
        await provider.links?.(request),
        await provider.semanticTokens?.(request),
        await provider.codeLenses?.(request),
        await provider.inlayHints?.(whole),
        await provider.codeActions?.({
          ...whole,
          problems: workspace.mirror.problems(at(path)),
          only: undefined,
        }),
      );
      for (const offset of [0, Math.floor(text.length / 2), text.length]) {
        const place = { ...request, offset, position: request.text.positionAt(offset) };
        answers.push(
          await provider.complete?.(place),
          await provider.hover?.(place),
          await provider.definition?.(place),
          await provider.references?.({ ...place, includeDeclaration: true }),
        );
      }
    }
    return answers;
  } finally {
    workspace.dispose();
  }
}

const service = (readFile: () => Promise<string>) =>
  new StructureService({
    declaredKinds: () => [],
    readFile,
    fetchText: () => Promise.reject(new Error('Nothing is fetched')),
    workspaceFolders: () => [at('')],
    isTrusted: () => true,
    allowedHosts: () => [],
    now: () => 0,
  });

/** Schemas of the structure, read from a text; which catalog is open doesn't matter for them. */
const structureOf = (schema: string): LanguageProvider =>
  createStructureProvider({
    service: service(() => Promise.resolve(schema)),
    isDelegated: () => false,
    state: () => ({}),
  });

const ENTITY =
  'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: x\nspec:\n  type: a\n';

export const languageReaders: readonly Reader[] = [
  {
    name: 'open descriptors',
    format: 'yaml',
    sources: [
      'src/features/authoring/language/codeActions/',
      'src/features/authoring/language/completion/',
      'src/features/authoring/language/documents/',
      'src/features/authoring/language/navigation/',
      'src/features/authoring/language/rename/',
      'src/features/authoring/language/structureOfText/',
      'src/features/authoring/core/schemas/',
      'src/features/authoring/language/structure/excerpt.ts',
    ],
    frames: [
      '<|>',
      `${ENTITY}  owner: <|>\n`,
      `${ENTITY}  dependsOn: [<|>]\n`,
      `${ENTITY}  x: {a: <|>\n`,
      'kind: <|>\napiVersion: <|>\nmetadata: { annotations: <|> }\n',
    ],
    scale: 0.5,
    read: async text => [
      await readOpen('here.yaml', text, [
        completionProvider,
        entityHoverProvider,
        annotationHoverProvider,
        navigationProvider,
        entityLensProvider,
        refHintProvider,
        structureOfTextProvider,
        codeActionProvider,
      ]),
    ],
  },
  {
    name: 'open Templates',
    format: 'yaml',
    sources: ['src/features/templates/language/'],
    frames: [
      '<|>',
      'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: { name: x }\nspec: { steps: [<|>] }\n',
      'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: { name: x }\nspec:\n  parameters: <|>\n  steps: [{ id: a, action: <|>, input: { message: "${{ <|> }}" } }]\n',
    ],
    scale: 0.5,
    read: text => readOpen('template.yaml', text, [templateProvider]),
  },
  {
    name: 'open files of skeletons',
    format: 'expression',
    sources: [],
    frames: ['<|>', '${{ <|> }}', 'a: ${{ values.<|> }}\n'],
    scale: 0.5,
    read: text =>
      readOpen('skeleton/a.yaml', text, [skeletonProvider], {
        'template.yaml':
          'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: { name: x }\nspec:\n  owner: a\n  type: b\n  steps: [{ id: a, action: "fetch:template", input: { url: ./skeleton, values: { a: b } } }]\n',
      }),
  },
  {
    name: 'open pages of docs',
    format: 'markdown',
    sources: [],
    frames: ['<|>', '# A\n\n[a](<|>\n', '# A\n\n--8<-- "<|>\n'],
    scale: 0.5,
    read: text => readOpen('docs/page.md', text, [new DocsProvider({ clock: new NodeClock() })]),
  },
  {
    name: 'structure of open files',
    format: 'yaml',
    sources: ['src/features/authoring/language/structure/'],
    frames: ['<|>', '# yaml-language-server: $schema=<|>\na: <|>\n', '# $schema: <|>\n<|>\n'],
    // Here, unlike in the product, yaml-language-server reads with a version of `yaml` that isn't linear.
    scale: 0.1,
    read: text =>
      readOpen('any.yaml', text, [structureOf('{"properties":{"a":{"type":"string"}}}')]),
  },
  {
    name: 'schemas that files name',
    format: 'json',
    sources: [],
    frames: [
      '<|>',
      '{"properties":{"a":<|>}}',
      '{"definitions":<|>,"$ref":"#/definitions/l1"}',
      '{"properties":{"a":{"pattern":<|>,"format":<|>}}}',
      '{"patternProperties":<|>,"dependencies":<|>}',
    ],
    scale: 0.5,
    read: schema =>
      readOpen(
        'any.yaml',
        '# yaml-language-server: $schema=schema.json\na: aaaaaaaaaaaaaaaaaaaaaaaaaaaa!\n',
        [structureOf(schema)],
      ),
  },
  {
    name: 'new names of entities',
    format: 'text',
    sources: [],
    scale: 0.5,
    read: async name => {
      const workspace = new LanguageWorkspace(await catalogOf(FILES));
      try {
        return await renameEntity(
          workspace.context,
          { ref: 'component:default/z', newName: name },
          never,
        );
      } finally {
        workspace.dispose();
      }
    },
  },
];

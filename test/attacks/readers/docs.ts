import MarkdownIt from 'markdown-it';
import { textsOf } from '../../../src/features/scaffolder/core/pages/task/taskView';
import {
  extendMarkdownIt,
  MarkdownEngine,
  readHeading,
  SiteReader,
} from '../../../src/features/techdocs/core';
import {
  HtmlTooDeepError,
  readBuiltIndex,
  readBuiltPage,
} from '../../../src/features/techdocs/core/built';
import { fileUri } from '../../support/inMemoryFileSystem';
import { TestClock } from '../../support/testClock';
import type { Reader } from '../attack';
import { filesAt, never } from './places';

const PAGE = '# Welcome\n\n<|>\n\nThe end.\n';

/** Contents of a site in `/work`. */
async function readSite(files: Readonly<Record<string, string>>): Promise<unknown> {
  const folder = fileUri('/work');
  const reader = new SiteReader(
    {
      id: folder,
      name: 'site',
      folder,
      origin: 'mkdocs',
      entityRefs: [],
      sharedWith: [],
      config: fileUri('/work/mkdocs.yml'),
    },
    {
      fileSystem: filesAt({ 'docs/index.md': '# Home', 'docs/a/b.md': '# B', ...files }),
      clock: new TestClock(),
      environment: new Map(),
      readHeading,
      boundary: folder,
      repository: undefined,
    },
  );
  return (await reader.read()).content;
}

/** Reads includes from files beside the page, and no others. */
const include = (path: string): Promise<string | undefined> =>
  Promise.resolve(path === 'part.md' ? '--8<-- "part.md"\n' : undefined);

const engine = new MarkdownEngine();
const preview = extendMarkdownIt(new MarkdownIt());

export const docsReaders: readonly Reader[] = [
  {
    name: 'mkdocs.yml',
    format: 'yaml',
    sources: ['src/features/techdocs/core/sites/'],
    frames: [
      '<|>',
      'site_name: a\nnav: <|>\n',
      'site_name: a\nnav: [<|>, index.md]\n',
      'INHERIT: <|>\nsite_name: b\n',
      'site_name: a\ndocs_dir: <|>\n',
      'site_name: a\nmarkdown_extensions: <|>\nplugins: <|>\ntheme: <|>\n',
      'site_name: a\nplugins: [{ monorepo: <|> }, { exclude: { glob: [<|>] } }]\nexclude_docs: <|>\n',
      'site_name: !ENV [CALLBOARD_CANARY, <|>]\nextra: <|>\n',
      "site_name: a\nnav: [ a: '!include <|>' ]\n",
    ],
    read: text => readSite({ 'mkdocs.yml': text, 'docs/.pages': '' }),
  },
  {
    name: '.pages',
    format: 'yaml',
    sources: [],
    frames: ['<|>', 'nav: <|>\n', 'nav: [<|>, index.md]\ntitle: <|>\nhide: <|>\norder: <|>\n'],
    read: text =>
      readSite({
        'mkdocs.yml': 'site_name: a\nplugins: [awesome-pages]\n',
        'docs/.pages': text,
        'docs/a/.pages': text,
      }),
  },
  {
    name: 'front matter',
    format: 'yaml',
    sources: [],
    frames: ['---\n<|>\n---\n# A\n', '---\ntitle: <|>\n---\n# A\n', 'title: <|>\na: <|>\n\n# A\n'],
    read: text => readSite({ 'mkdocs.yml': 'site_name: a\n', 'docs/index.md': text }),
  },
  {
    name: 'pages of docs',
    format: 'markdown',
    sources: ['src/features/techdocs/core/markdown/'],
    frames: [
      '<|>',
      PAGE,
      '# <|>\n',
      '| a |\n|---|\n| <|> |\n',
      '!!! note "<|>"\n    <|>\n',
      '- <|>\n',
    ],
    read: async text => [
      await engine.renderWithIncludes(text, include),
      await engine.indexWithIncludes(text, include),
      engine.sections(await engine.prepare(text, include)),
    ],
  },
  {
    name: 'blocks of TechDocs in the Markdown preview',
    format: 'markdown',
    sources: [
      'src/features/techdocs/core/preview/',
      'src/features/techdocs/vscode/markdownPreview.ts',
    ],
    frames: [
      '<|>',
      '=== "<|>"\n    a\n',
      '!!! <|>\n    a\n',
      '> [!NOTE]\n> <|>\n',
      '```a title="<|>"\n```\n',
    ],
    read: text => preview.render(text),
  },
  {
    name: 'built pages of docs',
    format: 'html',
    sources: ['src/features/techdocs/core/built/'],
    frames: [
      '<|>',
      '<main><article class="md-content__inner"><|></article></main>',
      '<nav class="md-nav"><ul><|></ul></nav>',
    ],
    read: text => readBuiltPage(text, never),
    allows: error => error instanceof HtmlTooDeepError,
  },
  {
    name: 'search_index.json of built docs',
    format: 'value',
    sources: [
      'src/features/backstage/core/instances/instanceDocs.ts',
      'src/features/techdocs/core/pages/instancePages.ts',
    ],
    frames: ['<|>', '{"docs":<|>}', '{"docs":[{"location":<|>,"title":<|>,"text":<|>}]}'],
    read: text => readBuiltIndex(JSON.parse(text), never),
  },
  {
    name: 'texts that Templates put out',
    format: 'markdown',
    sources: [
      'src/features/scaffolder/core/pages/task/taskView.ts',
      'webview/features/scaffolder/template/markdown.ts',
    ],
    frames: ['<|>', PAGE],
    read: content => textsOf({ text: [{ title: 'a', content }] }),
  },
];

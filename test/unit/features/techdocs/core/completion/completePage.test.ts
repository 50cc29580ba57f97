import { describe, expect, it } from 'vitest';
import {
  completeNav,
  completePage,
  DocsChecker,
  type PageIndex,
} from '../../../../../../src/features/techdocs/core';
import type { FileSystem } from '../../../../../../src/platform/core/ports';
import { at, SiteInMemory } from '../../../../../support/siteInMemory';
import { TestClock } from '../../../../../support/testClock';

const FILES = {
  'docs/index.md': '# Ferry\n',
  'docs/more.md': '---\ntitle: More of it\n---\n\n# More\n\n## Über uns\n\n## Steps\n\n## Steps\n',
  'docs/my page (1).md': '# Mine\n',
  'docs/guide/index.md': '# Guide\n',
  'docs/guide/first.md': '# First\n\n## Go {#start}\n',
  'docs/guide/deep/end.md': '# End\n',
  'docs/img/ship.png': '',
  'docs/img/plan.pdf': '',
  'docs/.hidden/a.md': '',
  'parts/note.md': 'Note.\n',
  'parts/more/tip.md': 'Tip.\n',
};

const ENTITIES = [
  { ref: 'component:default/shop', title: 'The Shop', hasDocs: true },
  { ref: 'api:sales/orders', hasDocs: false },
  { ref: 'component:default/ship', hasDocs: false },
];

interface Options {
  readonly page?: string;
  readonly config?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly hasEditorMarkdown?: boolean;
}

/** Text after each completion, with its detail. */
async function offered(
  marked: string,
  {
    page = 'index.md',
    config = 'site_name: A\n',
    files = {},
    hasEditorMarkdown = false,
  }: Options = {},
): Promise<readonly string[]> {
  const offset = marked.indexOf('<|>');
  const text = marked.replace('<|>', '');
  const memory = new SiteInMemory({
    'mkdocs.yml': config,
    ...FILES,
    ...files,
    [`docs/${page}`]: text,
  });
  const site = await memory.reader.read();
  const checker = new DocsChecker({ fileSystem: memory.files, clock: new TestClock() });
  const file = site.files.get(page);
  if (!file) throw new Error('no such page');
  const found = await completePage(
    { site, page: file, text, offset },
    { checker, fileSystem: memory.files, entities: () => ENTITIES, hasEditorMarkdown },
  );
  return (found?.items ?? []).map(
    item =>
      `${text.slice(0, found?.start)}${item.text}${text.slice(found?.end)}${item.detail === undefined ? '' : ` (${item.detail})`}`,
  );
}

describe('completion of links', () => {
  it('offers pages, folders and files of the folder', async () => {
    expect(await offered('[a](<|>)')).toEqual([
      '[a](more.md) (More of it)',
      '[a](my%20page%20%281%29.md) (Mine)',
      '[a](guide/)',
      '[a](img/)',
      '[a](/catalog/)',
      '[a](/docs/)',
    ]);
  });

  it('works step by step, also upwards', async () => {
    expect(await offered('[a](guide/<|>)')).toEqual([
      '[a](guide/index.md) (Guide)',
      '[a](guide/first.md) (First)',
      '[a](guide/deep/)',
    ]);
    expect(await offered('[a](../gu<|>', { page: 'guide/first.md' })).toEqual(['[a](../guide/']);
    expect(await offered('[a](..<|>)', { page: 'guide/deep/end.md' })).toEqual(['[a](../)']);
    expect(await offered('[a](../../<|>)', { page: 'index.md' })).toEqual([]);
  });

  it.each([
    ['![a](img/<|>)', ['![a](img/ship.png)']],
    ['![a](<|>)', ['![a](img/)']],
    ['[![a](img/<|>)](more.md)', ['[![a](img/ship.png)](more.md)']],
    ['[a](img/<|>)', ['[a](img/plan.pdf)', '[a](img/ship.png)']],
  ])('offers images where an image is expected: %s', async (marked, wanted) => {
    expect(await offered(marked)).toEqual(wanted);
  });

  it.each([
    ['[a](mo<|>re.md#steps)', '[a](more.md#steps) (More of it)'],
    ['[a](mo<|>  "Title")', '[a](more.md  "Title") (More of it)'],
    ['[a](mo<|> and on', '[a](more.md and on (More of it)'],
    ['[a](<my p<|>>)', '[a](<my page (1).md>) (Mine)'],
    ['[a](<my p<|>', '[a](<my page (1).md (Mine)'],
    ['[a]: mo<|>', '[a]: more.md (More of it)'],
    ['[a]: <mo<|>', '[a]: <more.md (More of it)'],
    ['!!! note\n\n    - [a](mo<|>)', '!!! note\n\n    - [a](more.md) (More of it)'],
    ['| a |\n| - |\n| [a](mo<|>) |', '| a |\n| - |\n| [a](more.md) | (More of it)'],
    ['<a href="mo<|>">', '<a href="more/"> (More of it)'],
    ["<a class='b' href='mo<|>", "<a class='b' href='more/ (More of it)"],
    ['a <img alt="" src="ship<|>" />', 'a <img alt="" src="img/ship.png" />'],
  ])('supports any notation: %s', async (marked, wanted) => {
    expect(await offered(marked)).toContain(wanted);
  });

  it('offers addresses relative to the published page in HTML', async () => {
    expect(await offered('<img src="<|>">', { page: 'guide/first.md' })).toEqual([
      '<img src="../../img/ship.png">',
    ]);
  });

  it.each([
    '`[a](<|>)`',
    '```\n[a](<|>)\n```',
    '    [a](<|>)',
    '<!-- [a](<|>) -->',
    '\\[a](<|>)',
    'a (<|>)',
    '[a](https://<|>)',
    '[a](mailto:<|>)',
    '[a](//ho<|>)',
    '[a](more.md) <|>',
    '[a](more.md?x=<|>)',
    '`<a href="<|>">`',
    '<p title="<|>">',
    '[^1]: mo<|>',
  ])('offers nothing without a link: %s', async marked => {
    expect(await offered(marked)).toEqual([]);
  });

  it('omits pages that the site excludes', async () => {
    const config = 'site_name: A\nexclude_docs: more.md\n';
    expect(await offered('[a](mo<|>)', { config })).toEqual([]);
  });

  it('offers absolute paths if they are relative to the docs', async () => {
    const config = 'site_name: A\nvalidation:\n  links:\n    absolute_links: relative_to_docs\n';
    expect(await offered('[a](/guide/f<|>)', { config })).toEqual(['[a](/guide/first.md) (First)']);
    expect(await offered('[a](/gu<|>)', { config, hasEditorMarkdown: true })).toEqual([
      '[a](/guide/)',
    ]);
  });
});

describe('completion of anchors', () => {
  it('offers the ids of another page, as in TechDocs', async () => {
    expect(await offered('[a](more.md#<|>)')).toEqual([
      '[a](more.md#more) (More)',
      '[a](more.md#uber-uns) (Über uns)',
      '[a](more.md#steps) (Steps)',
      '[a](more.md#steps_1) (Steps)',
    ]);
    expect(await offered('[a](guide/first.md#sta<|>rt)')).toEqual([
      '[a](guide/first.md#start) (Go)',
    ]);
  });

  it('offers ids of the unsaved page, also by words of headings', async () => {
    expect(await offered('# Go on\n\n<a id="x"></a>\n\n[a](#<|>)')).toEqual([
      '# Go on\n\n<a id="x"></a>\n\n[a](#go-on) (Go on)',
      '# Go on\n\n<a id="x"></a>\n\n[a](#x)',
    ]);
    expect(await offered('[a](more.md#Über<|>)')).toEqual(['[a](more.md#uber-uns) (Über uns)']);
    expect(await offered('<a href="../more/#st<|>">', { page: 'guide.md' })).toContain(
      '<a href="../more/#steps"> (Steps)',
    );
  });

  it.each(['[a](none.md#<|>)', '![a](more.md#<|>)', '[a](img/plan.pdf#<|>)', '`[a](#<|>)`'])(
    'offers nothing in %s',
    async marked => {
      expect(await offered(marked)).toEqual([]);
    },
  );
});

describe('completion of links to entities', () => {
  it.each([
    ['[a](/<|>)', ['[a](/catalog/)', '[a](/docs/)']],
    [
      '[a](/catalog/<|>)',
      [
        '[a](/catalog/default/component/ship)',
        '[a](/catalog/default/component/shop) (The Shop)',
        '[a](/catalog/sales/api/orders)',
      ],
    ],
    ['[a](/catalog/ord<|>)', ['[a](/catalog/sales/api/orders)']],
    ['[a](/docs/<|>)', ['[a](/docs/default/component/shop) (The Shop)']],
    ['<a href="/docs/<|>">', ['<a href="/docs/default/component/shop"> (The Shop)']],
    ['[a]: /docs/sh<|>', ['[a]: /docs/default/component/shop (The Shop)']],
    ['![a](/catalog/<|>)', []],
    ['`[a](/catalog/<|>)`', []],
  ])('offers targets at %s', async (marked, wanted) => {
    expect(await offered(marked)).toEqual(wanted);
  });
});

describe('completion of snippets', () => {
  const config =
    'site_name: A\nmarkdown_extensions:\n  - pymdownx.snippets:\n      base_path: [parts, .]\n';

  it('offers contents of their folders, also in code', async () => {
    expect(await offered('--8<-- "<|>"', { config })).toEqual([
      '--8<-- "note.md"',
      '--8<-- "more/"',
      '--8<-- "mkdocs.yml"',
      '--8<-- "docs/"',
      '--8<-- "parts/"',
    ]);
    expect(await offered('```\n--8<-- "more/<|>\n```', { config })).toEqual([
      '```\n--8<-- "more/tip.md\n```',
    ]);
  });

  it('offers nothing if the site has no snippets', async () => {
    const plain = 'site_name: A\nplugins: [search]\n';
    expect(await offered('`--8<-- "<|>"`', { config: plain })).toEqual([]);
  });

  it('never follows a link out of the site', async () => {
    const memory = new SiteInMemory({
      'mkdocs.yml': config,
      'docs/index.md': '',
      'parts/a.md': '',
    });
    const { files } = memory;
    const leaving: FileSystem = {
      readFile: uri => files.readFile(uri),
      stat: uri => files.stat(uri),
      readDirectory: uri => files.readDirectory(uri),
      realPath: uri => Promise.resolve(uri === at('parts') ? at('/work/elsewhere') : uri),
    };
    const site = await memory.reader.read();
    const page = site.files.get('index.md');
    if (!page) throw new Error('no such page');
    const checker = new DocsChecker({ fileSystem: files, clock: new TestClock() });
    const found = await completePage(
      { site, page, text: '--8<-- "', offset: 8 },
      { checker, fileSystem: leaving, entities: () => [], hasEditorMarkdown: false },
    );
    expect(found?.items.map(({ text }) => text)).toEqual(['mkdocs.yml', 'docs/', 'parts/']);
  });

  it.each(['--8<-- "../<|>"', '--8<-- "/<|>"', '--8<-- "https://<|>"', ';--8<-- "<|>"'])(
    'never offers other files: %s',
    async marked => {
      expect(await offered(marked, { config })).toEqual([]);
    },
  );
});

describe("completion beside the editor's Markdown support", () => {
  it.each([
    ['[a](mo<|>)', []],
    ['[a]: mo<|>', []],
    ['[a](<|>)', ['[a](/catalog/)', '[a](/docs/)']],
    ['[a](more.md#<|>)', ['[a](more.md#uber-uns) (Über uns)', '[a](more.md#steps_1) (Steps)']],
    ['[a](guide/first.md#<|>)', ['[a](guide/first.md#start) (Go)']],
    ['[a](/catalog/ord<|>)', ['[a](/catalog/sales/api/orders)']],
    ['<a href="mor<|>">', ['<a href="more/"> (More of it)']],
  ])('offers only the rest: %s', async (marked, wanted) => {
    expect(await offered(marked, { hasEditorMarkdown: true })).toEqual(wanted);
  });
});

describe('completion of navigation entries', () => {
  async function entries(marked: string): Promise<readonly string[]> {
    const offset = marked.indexOf('<|>');
    const text = marked.replace('<|>', '');
    const memory = new SiteInMemory({ 'mkdocs.yml': text, ...FILES });
    const site = await memory.reader.read();
    const found = completeNav({ site, text, offset });
    return (found?.items ?? []).map(
      item => `${item.text}${text.slice(found?.end)} (${item.detail ?? ''})`,
    );
  }

  it('offers pages without an entry first', async () => {
    expect(
      await entries('nav:\n  - index.md\n  - Guide:\n      - guide/index.md\n      - <|>'),
    ).toEqual([
      'more.md (More of it)',
      '"my page (1).md" (Mine)',
      'guide/first.md (First)',
      'guide/deep/end.md (End)',
      'index.md (Ferry)',
      'guide/index.md (Guide)',
    ]);
  });

  it.each([
    ['nav:\n- mor<|>', ['more.md (More of it)']],
    ['nav:\n  - Title: mor<|>e.md # Why', ['more.md # Why (Title)']],
    ['nav:\n  - "Ti: tle": "mor<|>', ['more.md" (More of it)']],
    ["nav:\n  - 'my<|>'\nsite_name: A", ["my page (1).md'\nsite_name: A (Mine)"]],
    ['nav: # Mine\n\n  # First\n  - mor<|>', ['more.md (More of it)']],
    ['plugins:\n  - mor<|>', []],
    ['nav:\n  - mor<|>: index.md', []],
    ['nav:\n  - "mor<|>": index.md', []],
    ['nav:\n  - more.md # mor<|>', []],
    ['site_name: mor<|>', []],
  ])('keeps the notation: %s', async (marked, wanted) => {
    expect(await entries(marked)).toEqual(wanted);
  });
});

it('an unsaved text is indexed as the page', async () => {
  const memory = new SiteInMemory({ 'mkdocs.yml': 'site_name: A', 'docs/index.md': '# Old' });
  const site = await memory.reader.read();
  const checker = new DocsChecker({ fileSystem: memory.files, clock: new TestClock() });
  const page = site.files.get('index.md');
  if (!page) throw new Error('no such page');
  const idsOf = (index: PageIndex | undefined): readonly string[] =>
    (index?.anchors ?? []).map(({ id }) => id);
  expect(idsOf(await checker.indexWith(page, site, new Map([[page.uri, '# New']])))).toEqual([
    'new',
  ]);
  expect(idsOf(await checker.indexOf(page, site))).toEqual(['old']);
});

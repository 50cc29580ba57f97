import { describe, expect, it } from 'vitest';
import type { CodeAction, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { DocsProvider } from '../../../../../src/features/techdocs/language';
import { NodeClock } from '../../../../../src/platform/node';
import { openLanguageWorkspace } from '../../../../support/languageWorkspace';
import { at } from '../../../../support/testCatalog';

const files = {
  'mkdocs.yml': 'site_name: Ferry\nnav:\n  - index.md\n',
  'docs/index.md': '',
  'docs/more.md': '# More\n\n## Steps\n',
  'README.md': '',
  'ferry.yaml': [
    'apiVersion: backstage.io/v1alpha1',
    'kind: Component',
    'metadata:',
    '  name: ferry',
    '  title: The Ferry',
    '  annotations: { backstage.io/techdocs-ref: dir:. }',
    'spec: { type: service, lifecycle: production, owner: crew }',
    '',
  ].join('\n'),
};

async function answerTo<T>(
  name: string,
  marked: string,
  ask: (provider: DocsProvider, request: Parameters<DocsProvider['definition']>[0]) => Promise<T>,
): Promise<T> {
  const offset = Math.max(0, marked.indexOf('<|>'));
  const written = marked.replace('<|>', '');
  const workspace = await openLanguageWorkspace({ ...files, [name]: written });
  try {
    const request = workspace.open(name, written);
    const position = request.text.positionAt(offset);
    return await ask(new DocsProvider({ clock: new NodeClock() }), {
      ...request,
      position,
      offset,
    });
  } finally {
    workspace.dispose();
  }
}

describe('problems of open docs', () => {
  it.each([
    ['docs/index.md', '[a](none.md) [b](more.md#no)', ['page-link-missing', 'page-anchor-missing']],
    ['docs/more.md', '# More', ['page-not-in-nav']],
    ['mkdocs.yml', 'site_name: A\nnav: [none.md]', ['nav-page-missing']],
    ['README.md', '[a](none.md)', []],
  ])('are reported in %s', async (name, text, codes) => {
    const found = await answerTo(name, text, (provider, request) => provider.problems(request));
    expect(found.map(({ code }) => code)).toEqual(codes);
  });

  it('follow the release of techdocs-core, also when it changes', async () => {
    const text = '> [!NOTE]\n> Text\n\n[!NOTE]: none.md\n';
    const workspace = await openLanguageWorkspace({ ...files, 'docs/index.md': text });
    let version: '1.6' | '1.7' | undefined = '1.6';
    const folders = new Set<string>();
    const provider = new DocsProvider({
      clock: new NodeClock(),
      async techDocsCoreOf(folder) {
        folders.add(folder);
        return version;
      },
    });
    const request = workspace.open('docs/index.md', text);
    const codes = async (): Promise<readonly string[]> =>
      (await provider.problems(request)).map(({ code }) => code);
    // A link in 1.6, an alert in 1.7.
    expect(await codes()).toEqual(['page-link-missing']);
    version = undefined;
    expect(await codes()).toEqual([]);
    version = '1.6';
    expect(await codes()).toEqual(['page-link-missing']);
    expect([...folders]).toEqual([at('').replace(/\/$/, '')]);
    workspace.dispose();
  });

  it('are not reported in an unsaved config', async () => {
    const workspace = await openLanguageWorkspace(files);
    const provider = new DocsProvider({ clock: new NodeClock() });
    const request = workspace.open('other/mkdocs.yml', 'nav: []');
    expect(await provider.problems(request)).toEqual([]);
    workspace.dispose();
  });
});

describe('definition of a link', () => {
  it.each([
    ['to a heading', '[a](mo<|>re.md#steps)', 'docs/more.md', 2],
    ['to a page', '[<|>a](more.md)', 'docs/more.md', 0],
    ['to a heading of its own page', '[a](#<|>here)\n\n# Here', 'docs/index.md', 2],
    ['from its definition', '[a][r]\n\n[r]: mor<|>e.md', 'docs/more.md', 0],
  ])('leads %s', async (_, text, target, line) => {
    const found = await answerTo('docs/index.md', text, (provider, request) =>
      provider.definition(request),
    );
    expect(found.map(link => [link.targetUri, link.targetRange.start.line])).toEqual([
      [at(target), line],
    ]);
  });

  it.each([
    '`[a](mo<|>re.md)`',
    '[a](more.md) <|>',
    '[a](https://exa<|>mple.com)',
    '[a](non<|>e.md)',
  ])('is missing for %s', async text => {
    const found = await answerTo('docs/index.md', text, (provider, request) =>
      provider.definition(request),
    );
    expect(found).toEqual([]);
  });
});

it('quick fixes change text and create pages', async () => {
  const actions = await answerTo('docs/index.md', '[a](mor.md)', async (provider, request) => {
    const problems = await provider.problems(request);
    const range = request.text.rangeAt(0, 0);
    return provider.codeActions({ ...request, range, problems, only: undefined });
  });
  const changed = ({ edit }: CodeAction): readonly string[] =>
    (edit?.documentChanges ?? []).map(change => ('kind' in change ? change.kind : 'edit'));
  expect(actions.map(action => [action.title, changed(action)])).toEqual([
    ['Change to "more.md"', ['edit']],
    ['Create page mor.md', ['create', 'edit']],
  ]);
});

describe('completion', () => {
  it.each([
    ['docs/index.md', '[a](m<|>)', ['more.md More 0:4-0:5']],
    ['docs/index.md', '[a](more.md#st<|>x)', ['steps Steps 0:12-0:15']],
    ['docs/index.md', '[a](/catalog/<|>)', ['default/component/ferry The Ferry 0:13-0:13']],
    ['docs/index.md', '[a](/docs/<|>)', ['default/component/ferry The Ferry 0:10-0:10']],
    ['docs/index.md', '`[a](<|>)`', []],
    ['mkdocs.yml', 'nav:\n  - index.md\n  - mo<|>', ['more.md More 2:4-2:6']],
    ['README.md', '[a](<|>)', []],
  ])('in %s offers items at %s', async (name, text, wanted) => {
    const found = await answerTo(name, text, (provider, request) => provider.complete(request));
    expect(
      found.items.map(({ label, detail, textEdit }) => {
        const { start, end } = (textEdit as TextEdit).range;
        return `${label} ${detail ?? ''} ${start.line}:${start.character}-${end.line}:${end.character}`;
      }),
    ).toEqual(wanted);
  });
});

describe('rename of a heading', () => {
  const lastSteps = (text: string, newName = 'Last steps'): ReturnType<typeof answerTo<unknown>> =>
    answerTo('docs/index.md', text, async (provider, request) => [
      await provider.prepareRename(request),
      await provider.rename(request, newName),
    ]);

  it('updates links to it', async () => {
    const place = (line: number, from: number, to: number): unknown => ({
      start: { line, character: from },
      end: { line, character: to },
    });
    const edit = (uri: string, ...edits: unknown[]): unknown => ({
      textDocument: { uri: at(uri), version: null },
      edits,
    });
    expect(await lastSteps('[a](more.md#st<|>eps)')).toEqual([
      { ok: true, value: { range: place(0, 12, 17), placeholder: 'Steps' } },
      {
        ok: true,
        value: {
          documentChanges: [
            edit('docs/more.md', { range: place(2, 3, 8), newText: 'Last steps' }),
            edit('docs/index.md', { range: place(0, 12, 17), newText: 'last-steps' }),
          ],
        },
      },
    ]);
  });

  it('is rejected with a reason', async () => {
    const none = 'There is no heading, id, or link to a heading here.';
    expect(await lastSteps('A t<|>ext')).toEqual([
      { ok: false, error: none },
      { ok: false, error: none },
    ]);
    const [, refused] = (await lastSteps('# A<|>', '')) as unknown[];
    expect(refused).toEqual({ ok: false, error: "A heading can't be empty." });
  });

  it('is only available in docs', async () => {
    const found = await answerTo('README.md', '# A<|>', (provider, request) =>
      provider.prepareRename(request),
    );
    expect(found).toBeUndefined();
  });
});

describe('page of several sites', () => {
  const nested = {
    'mkdocs.yml':
      'site_name: All\nnav:\n- index.md\n- part/docs/page.md\nplugins:\n- redirects:\n    redirect_maps:\n      old.md: part/docs/page.md#steps\n',
    'docs/index.md': '[a](part/docs/page.md#steps)\n',
    'docs/part/mkdocs.yml': 'site_name: Part\n',
    'docs/part/docs/page.md': '## Steps\n\n[b](other.md)\n',
    'docs/part/docs/other.md': '[c](page.md#steps)\n',
    'docs/part/apart.md': '[d](none.md)\n',
  };

  it('updates links in all of them once when it is moved', async () => {
    const workspace = await openLanguageWorkspace(nested);
    const provider = new DocsProvider({ clock: new NodeClock() });
    const request = workspace.open('docs/part/docs/page.md', nested['docs/part/docs/page.md']);
    const moves = [{ from: at('docs/part/docs/page.md'), to: at('docs/part/docs/sub/new.md') }];
    expect(textsOf(await provider.willMove(moves, request))).toEqual([
      [at('docs/index.md'), 'part/docs/sub/new.md#steps'],
      [at('docs/part/docs/other.md'), 'sub/new.md#steps'],
      [at('docs/part/docs/page.md'), '../other.md'],
      [at('mkdocs.yml'), 'part/docs/sub/new.md', 'part/docs/sub/new.md#steps'],
    ]);
    const position = { line: 0, character: 4 };
    const offset = request.text.offsetAt(position);
    const renamed = await provider.rename({ ...request, position, offset }, 'Ways');
    expect(renamed?.ok && textsOf(renamed.value)).toEqual([
      [at('docs/index.md'), 'ways'],
      [at('docs/part/docs/other.md'), 'ways'],
      [at('docs/part/docs/page.md'), 'Ways'],
      [at('mkdocs.yml'), 'ways'],
    ]);
    workspace.dispose();
  });

  it('keeps its navigation entry in an included site', async () => {
    const workspace = await openLanguageWorkspace({
      'mkdocs.yml':
        "site_name: All\nplugins: [monorepo]\nnav:\n- Home: index.md\n- Part: '!include part/mkdocs.yml'\n",
      'docs/index.md': '# All\n',
      'part/mkdocs.yml': 'site_name: part\nnav:\n- Page: page.md\n',
      'part/docs/page.md': '# Page\n',
    });
    const provider = new DocsProvider({ clock: new NodeClock() });
    const request = workspace.open('part/docs/page.md', '# Page\n');
    const moves = [{ from: at('part/docs/page.md'), to: at('part/docs/new.md') }];
    expect(textsOf(await provider.willMove(moves, request))).toEqual([
      [at('part/mkdocs.yml'), 'new.md'],
    ]);
    workspace.dispose();
  });

  it('belongs to the outer site if the nearest config excludes it', async () => {
    const workspace = await openLanguageWorkspace(nested);
    const provider = new DocsProvider({ clock: new NodeClock() });
    const request = workspace.open('docs/part/apart.md', nested['docs/part/apart.md']);
    const found = await provider.problems(request);
    expect(found.map(({ code }) => code)).toEqual(['page-not-in-nav', 'page-link-missing']);
    workspace.dispose();
  });

  function textsOf(edit: WorkspaceEdit | undefined): readonly (readonly string[])[] {
    return (edit?.documentChanges ?? [])
      .map(change =>
        'edits' in change
          ? [
              change.textDocument.uri,
              ...change.edits.map(one => ('newText' in one ? one.newText : '')),
            ]
          : [],
      )
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  }
});

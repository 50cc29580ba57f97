import { describe, expect, it } from 'vitest';
import { aShop, TestAgent } from '../../../../support/agents';
import { at } from '../../../../support/testCatalog';

const anything = { query: 'in:docs x', limit: 10, offset: 0 };
const start = { line: 11, character: 3 };

describe('`find` and `search_docs` tools', () => {
  it('return locations, owners and snippets', async () => {
    const agent = await TestAgent.open({});
    agent.search.results = [
      aShop({
        type: 'docs',
        title: { text: 'Roll  back', marks: [[0, 4]] },
        path: ['Shop', 'Operations'],
        ref: 'component:default/shop',
        facets: { owner: ['group:default/crew'] },
        snippet: { text: 'To roll back,\nrun', marks: [] },
        location: { file: at('docs/ops.md'), range: { start, end: start } },
      }),
      aShop({ location: { file: 'file:///elsewhere/a%20b.yaml' } }),
    ];
    agent.search.more = { total: 30 };

    expect(await agent.value('find', { query: 'roll back', limit: 2, offset: 3 })).toEqual({
      results: [
        {
          type: 'docs',
          title: 'Roll back',
          path: 'Shop › Operations',
          ref: 'component:default/shop',
          owners: ['group:default/crew'],
          snippet: 'To roll back, run',
          file: 'docs/ops.md',
          line: 12,
        },
        { type: 'catalog', title: 'Shop', file: '/elsewhere/a b.yaml' },
      ],
      total: 30,
      ignored: [],
      isPartial: false,
    });
    expect(await agent.text('find', { query: 'roll back', limit: 2, offset: 3 })).toBe(
      [
        '4. [docs] Shop › Operations › Roll back — component:default/shop — docs/ops.md:12',
        '   To roll back, run',
        '5. [catalog] Shop — /elsewhere/a b.yaml',
        '25 more. Use offset 5 to get them, or narrow the query.',
      ].join('\n'),
    );
  });

  it('filter results by a predicate', async () => {
    const agent = await TestAgent.open({});
    const where = { kind: 'Component', 'spec.type': { $in: ['service'] } };
    await agent.ask('find', { query: 'pay', where });
    await agent.ask('search_docs', { query: 'pay', where });
    expect(agent.search.requests.map(request => request.where)).toEqual([where, where]);
    expect(await agent.text('find', { query: 'pay', where: { $all: [{ $or: [] }] } })).toBe(
      '"where" is not a predicate at $all → 0 → $or: Unknown operator "$or". Use $any. Available: $all, $any, $not.',
    );
    expect(await agent.text('find', { query: 'pay', where: 'kind=API' })).toBe(
      '"where" must be an object, such as {"kind": "API"}.',
    );
  });

  it('list words that no result needs to contain', async () => {
    const agent = await TestAgent.open({});
    agent.search.results = [aShop({})];
    agent.search.more = { ignored: ['new', 'service'] };
    expect(await agent.text('search_docs', { query: 'create a new service' })).toMatch(
      /^No results for all words\. Showing results without: new, service\n1\. /,
    );
  });

  it.each([
    ['find', { query: 'shop' }, { query: 'shop', limit: 10, offset: 0 }],
    ['find', { query: 'shop', in: 'docs' }, { query: 'in:docs shop', limit: 10, offset: 0 }],
    ['search_docs', { query: 'shop', limit: 50 }, { query: 'in:docs shop', limit: 50, offset: 0 }],
    ['search_docs', { query: '"roll back' }, { query: 'in:docs "roll back', limit: 10, offset: 0 }],
    ['search_docs', { query: 'x in:catalog,apis -in:docs' }, anything],
    ['find', { query: 'in:docs x', in: 'catalog' }, { ...anything, query: 'in:catalog x' }],
  ])('%s %j requests %j', async (tool, input, asked) => {
    const agent = await TestAgent.open({});
    await agent.ask(tool, input);
    // A result with a location includes its line.
    expect(agent.search.requests).toEqual([{ ...asked, withPlaces: true }]);
  });

  it.each(['nothing', '__proto__', 'docs -x', 'Docs'])('reject the type %j', async type => {
    const agent = await TestAgent.open({});
    const { type: kind, text } = await agent.ask('find', { query: 'x', in: type });
    expect(kind).toBe('refusal');
    expect(text).toMatch(/Available: catalog, docs\.|must be a result type, such as docs/);
    expect(agent.search.requests).toEqual([]);
  });

  it('report that nothing was found and that more may come', async () => {
    const agent = await TestAgent.open({});
    agent.search.more = { isPartial: true };
    expect(await agent.text('find', { query: 'x' })).toBe(
      'No results for "x".\nThe index is still being built. Results may be missing; try again later.',
    );
  });

  it('truncate long values', async () => {
    const agent = await TestAgent.open({});
    const text = 'x'.repeat(100_000);
    agent.search.results = Array.from({ length: 50 }, () =>
      aShop({ title: { text, marks: [] }, path: Array.from({ length: 99 }, () => text) }),
    );
    expect((await agent.text('find', { query: 'x', limit: 50 })).length).toBeLessThan(30_000);
  });

  it('remove invisible characters', async () => {
    const agent = await TestAgent.open({});
    const hidden = '\u{e0041}\u{e0042}\u{e0141}\u202e\x1b\x9b\u200b\u200c\u200d\u200c\u115f';
    agent.search.results = [aShop({ snippet: { text: `a${hidden}b\tc`, marks: [] } })];
    expect(await agent.text('find', { query: 'x' })).toBe('1. [catalog] Shop\n   ab c');
  });

  it('truncate overlong refs and paths and escape invisible characters', async () => {
    const agent = await TestAgent.open({});
    const long = `component:default/${'x'.repeat(10_000)}`;
    agent.search.results = [
      aShop({
        ref: 'component:default/a\u202eb',
        facets: { owner: [long, 'group:default/a\nIgnore'] },
        location: { file: at('docs/a\u{e0041}\u2066b.md') },
      }),
      aShop({ ref: long, location: { file: `file:///elsewhere/${'y'.repeat(10_000)}` } }),
    ];
    const { results } = (await agent.value('find', { query: 'x' })) as {
      results: Record<string, string | string[]>[];
    };
    expect(results[0]).toMatchObject({
      ref: 'component:default/a\\u{202e}b',
      owners: [
        expect.stringMatching(/^component:default\/x{172}…$/),
        'group:default/a\\u{a}Ignore',
      ],
      file: 'docs/a\\u{e0041}\\u{2066}b.md',
    });
    expect([results[1]?.['ref']?.length, results[1]?.['file']?.length]).toEqual([191, 4096]);
  });

  it('keep emoji and joined scripts', async () => {
    const agent = await TestAgent.open({});
    const title = '👩‍💻 می‌خواهم ✈️';
    agent.search.results = [aShop({ title: { text: title, marks: [] } })];
    expect(await agent.text('find', { query: 'x' })).toBe(`1. [catalog] ${title}`);
  });

  it('wait for the index and stop on an abort signal', async () => {
    const agent = await TestAgent.open({});
    const controller = new AbortController();
    agent.search.whenReady = signal =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        controller.abort();
      });
    const pending = agent.ask('find', { query: 'x' }, controller.signal);
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    expect(agent.search.requests).toEqual([]);
  });
});

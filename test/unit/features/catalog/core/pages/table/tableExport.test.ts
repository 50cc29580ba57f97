import { expect, it } from 'vitest';
import { csvField } from '../../../../../../../src/features/catalog/core/pages/table/tableExport';
import { tableOf } from '../../../../../../support/catalogTables';
import { anEntity, InMemoryCatalog } from '../../../../../../support/inMemoryCatalog';

const { signal } = new AbortController();
const catalog = new InMemoryCatalog({
  entities: [
    anEntity(
      'Component:b',
      { type: 'service', owner: 'shop' },
      { description: '=HYPERLINK("https://example.com", "Click")', tags: ['x', 'y'] },
    ),
    anEntity('Component:a', { lifecycle: 'production' }, { title: 'First, "of" all' }),
    anEntity('API:c'),
  ],
});

it('exports filtered and sorted rows as CSV', async () => {
  const sort = { column: 'name', descending: true };
  const query = { kind: 'component', sort };
  const csv = await tableOf(catalog).table.export({ query, format: 'csv' }, signal);
  expect(csv.split('\r\n')).toEqual([
    'ref,kind,namespace,name,title,type,lifecycle,owner,system,description,tags,problems',
    'component:default/a,Component,default,a,"First, ""of"" all",,production,,,,,0',
    'component:default/b,Component,default,b,b,service,,group:default/shop,,' +
      `"'=HYPERLINK(""https://example.com"", ""Click"")",x y,0`,
    '',
  ]);
});

it('exports rows as JSON with lists', async () => {
  const json = await tableOf(catalog).table.export(
    { query: { kind: 'component', text: 'service' }, format: 'json' },
    signal,
  );
  expect(JSON.parse(json)).toEqual([
    {
      ref: 'component:default/b',
      kind: 'Component',
      namespace: 'default',
      name: 'b',
      title: 'b',
      type: 'service',
      owner: ['group:default/shop'],
      description: '=HYPERLINK("https://example.com", "Click")',
      tags: ['x', 'y'],
      problems: 0,
    },
  ]);
});

it('exports a Markdown table with escaped cells', async () => {
  const hostile = new InMemoryCatalog({
    entities: [
      anEntity('Component:a', { type: 'a|b', owner: 'shop' }, { description: '[x](y)\n`z` <b>' }),
    ],
  });
  const markdown = await tableOf(hostile).table.export({ query: {}, format: 'markdown' }, signal);
  expect(markdown.split('\n')).toEqual([
    '| ref | title | type | lifecycle | owner | system | description |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    '| component:default/a | a | a\\|b |  | group:default/shop |  | \\[x\\](y) \\`z\\` \\<b\\> |',
    '',
  ]);
});

it('exports an empty table', async () => {
  const { table } = tableOf(catalog);
  const query = { text: 'nowhere' };
  expect(JSON.parse(await table.export({ query, format: 'json' }, signal))).toEqual([]);
  expect((await table.export({ query, format: 'csv' }, signal)).split('\r\n')).toHaveLength(2);
});

it.each([
  ['=1+1', `'=1+1`],
  ['+1', `'+1`],
  ['-1', `'-1`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['\tx', `'\tx`],
  ['two\nlines', '"two\nlines"'],
  ['plain = text', 'plain = text'],
])('escapes %j', (value, expected) => {
  expect(csvField(value)).toBe(expected);
});

import { expect, it } from 'vitest';
import { EMPTY_RANGE } from '../../../../../../src/base';
import { matchesPredicate } from '../../../../../../src/model/predicates';
import { contentOf } from '../../../../../../src/features/plugins/core/declarative/declaredContent';
import { DeclaredValues } from '../../../../../../src/features/plugins/core/declarative/declaredValues';
import { entityOf } from '../../../../../support/entityOf';

const shop = entityOf('component:default/shop', { type: 'service' });
const catalog: Parameters<typeof contentOf>[2] = {
  getEntities: ({ where } = {}) => (!where || matchesPredicate(where, shop) ? [shop] : []),
};

const file = {
  grade: 'AAAA',
  score: '85 %',
  state: 'ok',
  other: 'paused',
  isPublic: true,
  long: 'x'.repeat(5000),
  rows: [{ id: 1, name: 'One' }, { id: 2 }, 'text'],
  byName: { a: { id: 3 } },
};

/** Content of a card about the shop, with the values of the file. */
function shownContent(content: Parameters<typeof contentOf>[0]) {
  const data = { uri: 'file:///work/data.json', value: file, locate: () => EMPTY_RANGE };
  const isAllowed = (url: string): boolean => url.startsWith('https:');
  return contentOf(content, new DeclaredValues({ entity: shop, data, isAllowed }), catalog);
}

const missing = { path: '/none' };
const url = 'https://acme.dev/{{metadata.name}}';
const target = { type: 'url', url: 'https://acme.dev/shop' };

it('shows at most three characters of a grade, with its tone, description and link', () => {
  expect(
    shownContent({
      type: 'rating',
      ratings: [
        {
          label: 'Quality',
          grade: { path: '/grade' },
          tone: { AAAA: 'good' },
          description: 'Of {{metadata.name}}',
          url,
        },
        { label: 'Score', grade: { path: '/score' }, tone: { good: 80, warning: 50 } },
        { label: 'Word', grade: 'n/a', tone: { good: 80, warning: 50 } },
        { label: 'Missing', grade: missing },
      ],
      empty: 'No grades',
    }),
  ).toEqual({
    type: 'rating',
    empty: 'No grades',
    ratings: [
      { label: 'Quality', grade: 'AAA', tone: 'good', description: 'Of shop', target },
      { label: 'Score', grade: '85 ', tone: 'good' },
      { label: 'Word', grade: 'n/a' },
    ],
  });
});

it('shows a state that is not known as it is written', () => {
  expect(
    shownContent({
      type: 'status',
      items: [
        { label: 'Fixed', status: 'running', text: 'Now', description: 'A job', url },
        { label: 'Known', status: { path: '/state' } },
        { label: 'Unknown', status: { path: '/other' }, url: 'http://acme.dev' },
        { label: 'Missing', status: missing },
      ],
    }),
  ).toEqual({
    type: 'status',
    items: [
      { label: 'Fixed', status: 'running', text: 'Now', description: 'A job', target },
      { label: 'Known', status: 'ok' },
      { label: 'Unknown', status: 'unknown', text: 'paused' },
    ],
  });
});

it('shows fields as text or links', () => {
  expect(
    shownContent({
      type: 'fields',
      fields: [
        { label: 'Public', value: { path: '/isPublic' } },
        { label: 'Grade', value: { path: '/grade' }, url },
        { label: 'List', value: { path: '/rows' } },
        { label: 'Missing', value: missing },
        { label: 'Default', value: { ...missing, default: 0 } },
      ],
    }),
  ).toEqual({
    type: 'fields',
    fields: [
      { label: 'Public', value: [{ type: 'text', text: 'true' }] },
      { label: 'Grade', value: [{ type: 'link', text: 'AAAA', target }] },
      { label: 'Default', value: [{ type: 'text', text: '0' }] },
    ],
  });
});

it('shows the rows of a list or an object', () => {
  const columns = [
    { title: 'Id', path: '/id', align: 'end' as const },
    { title: 'Name', path: '$.name' },
  ];
  const text = (value: string) => [{ type: 'text', text: value }];
  const table = {
    type: 'table',
    columns: [{ title: 'Id', align: 'end' }, { title: 'Name' }],
  };
  expect(shownContent({ type: 'table', rows: { path: '/rows' }, columns })).toEqual({
    ...table,
    rows: [
      [text('1'), text('One')],
      [text('2'), []],
      [[], []],
    ],
  });
  expect(shownContent({ type: 'table', rows: { path: '/byName' }, columns })).toEqual({
    ...table,
    rows: [[text('3'), []]],
  });
  expect(shownContent({ type: 'table', rows: missing, columns, empty: 'None' })).toEqual({
    ...table,
    empty: 'None',
    rows: [],
  });
  const whole = shownContent({
    type: 'table',
    rows: { path: '/rows' },
    columns: [{ title: 'Row' }],
  });
  expect(whole).toMatchObject({ rows: [[[]], [[]], [text('text')]] });
});

it('lists entities, all or those that match', () => {
  expect(shownContent({ type: 'entities', columns: ['owner'] })).toEqual({
    type: 'entities',
    columns: ['owner'],
    entityRefs: ['component:default/shop'],
  });
  expect(shownContent({ type: 'entities', when: { kind: 'API' } })).toEqual({
    type: 'entities',
    entityRefs: [],
  });
});

it('truncates long texts and shows no text without a value', () => {
  const long = shownContent({ type: 'text', text: { path: '/long' } });
  expect(long).toMatchObject({ text: expect.stringMatching(/^x{2000}…$/) });
  expect(shownContent({ type: 'markdown', text: missing })).toBeUndefined();
});

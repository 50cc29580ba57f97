import { expect, it } from 'vitest';
import type { CardContent, LinkTarget } from '../../../../../../src/api';
import { collectParts, noParts } from '../../../../../../src/features/catalog/core/glances';
import { aProblem } from '../../../../../support/inMemoryCatalog';

const url: LinkTarget = { type: 'url', url: 'https://example.com' };
const command: LinkTarget = { type: 'command', command: 'a.b' };
const orders: LinkTarget = { type: 'entity', entityRef: 'component:default/orders' };

it.each<[CardContent, readonly string[], readonly LinkTarget[]]>([
  [{ type: 'text', text: 'component:default/orders' }, [], []],
  [
    {
      type: 'fields',
      fields: [
        { label: 'Owner', value: [{ type: 'entity', entityRef: 'group:default/a' }] },
        { label: 'Tag', value: [{ type: 'badge', text: 'x', target: url }] },
        { label: 'Link', value: [{ type: 'link', text: 'x', target: command }] },
      ],
    },
    ['group:default/a'],
    [url, command],
  ],
  [{ type: 'entities', entityRefs: ['api:default/a'] }, ['api:default/a'], []],
  [
    { type: 'links', links: [{ text: 'x', target: orders }] },
    ['component:default/orders'],
    [orders],
  ],
  [{ type: 'code', text: 'x', source: url }, [], [url]],
  [{ type: 'bars', bars: [{ label: 'x', value: 1, target: url }] }, [], [url]],
  [{ type: 'metrics', metrics: [{ label: 'x', value: 1, target: url }] }, [], [url]],
  [{ type: 'rating', ratings: [{ label: 'x', grade: 'A', target: url }] }, [], [url]],
  [{ type: 'status', items: [{ label: 'x', status: 'ok', target: url }] }, [], [url]],
  [{ type: 'timeline', events: [{ at: 0, title: 'x', target: url }] }, [], [url]],
  [
    {
      type: 'table',
      columns: [{ title: 'x' }],
      rows: [[[{ type: 'entity', entityRef: 'group:default/a' }]]],
    },
    ['group:default/a'],
    [],
  ],
  [{ type: 'markdown', text: '[x](https://example.com)' }, [], []],
  [
    { type: 'message', tone: 'info', text: 'x', actions: [{ text: 'y', target: command }] },
    [],
    [command],
  ],
  [{ type: 'entities', entityRefs: [], more: { count: 3, target: url } }, [], [url]],
  [
    { type: 'message', tone: 'warning', text: 'x', entityRefs: ['group:default/a'] },
    ['group:default/a'],
    [],
  ],
  [
    {
      type: 'profile',
      name: 'x',
      fields: [{ label: 'Member of', value: [{ type: 'entity', entityRef: 'group:default/a' }] }],
    },
    ['group:default/a'],
    [],
  ],
  [
    {
      type: 'choices',
      label: 'x',
      choices: [{ id: 'a', title: 'a', content: { type: 'code', text: 'x', source: url } }],
    },
    [],
    [url],
  ],
  [
    {
      type: 'tree',
      label: 'x',
      items: [
        {
          id: 'a',
          label: 'a',
          target: url,
          children: [
            { id: 'b', label: 'b', content: { type: 'entities', entityRefs: ['api:default/b'] } },
          ],
        },
      ],
    },
    ['api:default/b'],
    [url],
  ],
  [
    {
      type: 'sections',
      sections: [{ content: { type: 'links', links: [{ text: 'x', target: command }] } }],
    },
    [],
    [command],
  ],
])('finds entity refs and links in %j', (content, refs, targets) => {
  const parts = noParts();
  collectParts(content, parts);
  expect([...parts.entityRefs]).toEqual(refs);
  expect(parts.targets).toEqual(targets);
});

it('finds the locations of problems and their related information', () => {
  const problem = aProblem({ file: 'file:///a.yaml', entityRef: 'api:default/a' });
  const related = [{ message: 'here', file: 'file:///b.yaml', range: problem.range }];
  const parts = noParts();
  collectParts({ type: 'problems', problems: [{ ...problem, related }] }, parts);
  expect([...parts.entityRefs]).toEqual(['api:default/a']);
  expect(parts.targets).toEqual([
    { type: 'source', file: 'file:///a.yaml', range: problem.range },
    { type: 'source', file: 'file:///b.yaml', range: problem.range },
  ]);
});

it('finds the first hundred of a long list', () => {
  const entityRefs = Array.from({ length: 250 }, (_, index) => `api:default/a${index}`);
  const parts = noParts();
  collectParts({ type: 'entities', entityRefs }, parts);
  expect([...parts.entityRefs]).toEqual(entityRefs.slice(0, 100));
});

import { expect, it } from 'vitest';
import { formatPlace, parsePredicate } from '../../../../src/cli/catalog/predicateText';

it.each([
  ['{"kind": "API"}', { kind: 'API' }],
  [
    'kind: API\nspec.type: { $in: [openapi, grpc] }\n',
    {
      kind: 'API',
      'spec.type': { $in: ['openapi', 'grpc'] },
    },
  ],
  [
    '$any:\n  - metadata.annotations.github.com/project-slug: { $exists: true }\n  - $not: { spec.port: 80 }',
    {
      $any: [
        { 'metadata.annotations.github.com/project-slug': { $exists: true } },
        { $not: { 'spec.port': 80 } },
      ],
    },
  ],
  ['&a { kind: API }', { kind: 'API' }],
])('parses %s', (text, predicate) => {
  expect(parsePredicate(text)).toEqual({ ok: true, value: predicate });
});

it.each([
  ['', 'line 1, column 1', /^The predicate is empty/],
  ['kind', 'line 1, column 1', /^A predicate must be an object/],
  ['{"kind": "API"', 'line 1, column 15', /./],
  ['{"kind": "API", "kind": "API"}', 'line 1, column 17', /^Map keys must be unique/],
  ['kind: API\n---\nkind: API\n', 'line 2, column 1', /^Only one/],
  ['$all:\n  - kind: API\n  - $or: []\n', 'line 3, column 5', /^Unknown operator "\$or"/],
  ['kind: API\nspec:\n  type: grpc\n', 'line 3, column 3', /^"spec" can't have fields/],
  ['kind: API\nspec.type:\n', 'line 2, column 11', /^"spec.type" must be text/],
  ['{ a: { $in: [b, null] } }', 'line 1, column 17', /^Values of "\$in"/],
  ['[[[[', 'line 1, column 5', /./],
  [`{a: ${'[1, '.repeat(300)}`, 'line 1, column 1', /^Nested deeper/],
  ['x'.repeat(200_000), 'line 1, column 1', /at most/],
])('reports the position of an error in %.40s', (text, place, message) => {
  const parsed = parsePredicate(text);
  expect(parsed.ok ? undefined : formatPlace(parsed.error[0].range.start)).toBe(place);
  expect(parsed.ok ? undefined : parsed.error[0].message).toMatch(message);
});

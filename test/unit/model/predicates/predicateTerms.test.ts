import { expect, it } from 'vitest';
import { splitPredicates } from '../../../../src/model/predicates';

it.each([
  ['shop kind:api', 'shop kind:api', []],
  ['where:{"kind": "API"}', '', [[{ kind: 'API' }, false]]],
  ['{"kind": "API"} shop', ' shop', [[{ kind: 'API' }, false]]],
  [
    'tag:a -where:{ "a": {"$in": ["}", "\\"{"]} } {"b": 1}',
    'tag:a  ',
    [
      [{ a: { $in: ['}', '"{'] } }, true],
      [{ b: 1 }, false],
    ],
  ],
  ['/orders/{id} {id}', '/orders/{id} {id}', []],
  ['"where:{}" nowhere:{}', '"where:{}" nowhere:{}', []],
])('finds predicates in %s', (text, rest, terms) => {
  const split = splitPredicates(text);
  expect(split.rest).toBe(rest);
  expect(
    split.terms.map(({ predicate, isExcluded }) => [predicate.ok && predicate.value, isExcluded]),
  ).toEqual(terms);
});

it.each([
  ['shop where:{"kind": "A', /JSON/],
  ['where:{kind: API}', /JSON/],
  ['{"$or": []}', /^Unknown operator/],
])('reports an error in %s', (text, message) => {
  const [term] = splitPredicates(text).terms;
  expect(term?.predicate).toMatchObject({ ok: false, error: expect.stringMatching(message) });
});

import { expect, it } from 'vitest';
import { matchesPredicate, readPredicate } from '../../../../src/model/predicates';

const service = {
  kind: 'Component',
  metadata: {
    name: 'shop',
    annotations: { 'github.com/project-slug': 'acme/shop', 'a.b': { c: 1 } },
    tags: ['java', 'web'],
  },
  spec: { type: 'service', port: 8080, lifecycle: null },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/team-a' }],
};

it.each([
  [{ kind: 'component' }, true],
  [{ 'metadata.annotations.github.com/project-slug': { $hasPrefix: 'ACME/' } }, true],
  [{ 'metadata.annotations.a.b.c': '1' }, true],
  [{ 'spec.port': '8080' }, true],
  [{ 'spec.lifecycle': { $exists: true } }, true],
  [{ 'spec.system': { $exists: false } }, true],
  [{ 'metadata.tags': { $contains: { $any: ['go', 'JAVA'] } } }, true],
  [{ relations: { $contains: { type: 'ownedBy', targetRef: 'group:default/team-a' } } }, true],
  [{ 'relations.ownedBy': { $exists: true } }, false],
  [{ 'spec.type': { $new: 'service' } }, false],
  [{ $new: [] }, false],
  [{ $all: [], kind: 'Component' }, false],
  [{}, true],
])('%j matches: %s', (predicate, expected) => {
  expect(matchesPredicate(predicate as never, service)).toBe(expected);
});

it.each([
  ['text', '', 'A predicate must be an object, such as {"kind": "Component"}, not text'],
  [{ $all: {} }, '$all', '"$all" must be a list of predicates'],
  [
    { $not: { kind: 'API' }, kind: 'API' },
    '$not',
    '"$not" must be the only key of its object. To add conditions, list them in "$all"',
  ],
  [{ $or: [] }, '$or', 'Unknown operator "$or". Use $any. Available: $all, $any, $not'],
  [
    { $exists: true },
    '$exists',
    '"$exists" must be in the value of a field, such as {"spec.type": {"$exists": …}}',
  ],
  [{ a: { $exists: 'yes' } }, 'a.$exists', '"$exists" must be true or false'],
  [{ a: { $in: 'b' } }, 'a.$in', '"$in" must be a list of values'],
  [
    { a: { $in: ['b', null] } },
    'a.$in.1',
    'Values of "$in" must be texts, numbers or booleans, not null',
  ],
  [{ a: { $hasPrefix: 1 } }, 'a.$hasPrefix', '"$hasPrefix" must be text'],
  [
    { spec: { type: 'service' } },
    'spec',
    '"spec" can\'t have fields. Write nested fields as one path, such as "spec.type"',
  ],
  [{ a: ['b'] }, 'a', '"a" can\'t be a list. For several values, use "$in"'],
  [
    { a: null },
    'a',
    '"a" must be text, a number, a boolean or an object with an operator, not null. For missing fields, use {"$exists": false}',
  ],
  [
    { a: { $any: ['b'] } },
    'a',
    '"$any" can\'t be the value of a field. Put it around the condition, such as {"$any": [{"a": …}, …]}',
  ],
  [
    { a: { $startsWith: 'b' } },
    'a',
    'Unknown operator "$startsWith". Use $hasPrefix. Available: $exists, $in, $contains, $hasPrefix',
  ],
  [{ a: {} }, 'a', '"a" needs a value, or one of $exists, $in, $contains, $hasPrefix'],
])('rejects %j', (value, path, message) => {
  const read = readPredicate(value);
  expect(
    read.ok ? [] : read.error.map(problem => [problem.path.join('.'), problem.message]),
  ).toEqual([[path, message]]);
});

it('rejects predicates that are nested too deep', () => {
  let predicate: unknown = {};
  for (let level = 0; level < 10_000; level++) predicate = { $not: predicate };
  expect(readPredicate(predicate).ok).toBe(false);
});

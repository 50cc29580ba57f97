import { expect, it } from 'vitest';
import { readPartialRef } from '../../../../src/model';

it.each([
  ['', [undefined, undefined, '']],
  [' shop ', [undefined, undefined, 'shop']],
  ['component:', ['component', undefined, '']],
  ['API:sho', ['API', undefined, 'sho']],
  ['team/', [undefined, 'team', '']],
  ['api:team/sho', ['api', 'team', 'sho']],
  ['the shop of old', [undefined, undefined, 'the shop of old']],
  ['note: a shop', ['note', undefined, 'a shop']],
  ['a/b/c', [undefined, undefined, 'a/b/c']],
  ['a:b:c', [undefined, undefined, 'a:b:c']],
  [':/', [undefined, undefined, ':/']],
])('splits incomplete input: %j', (typed, [kind, namespace, text]) => {
  expect(readPartialRef(typed)).toEqual({ kind, namespace, text });
});

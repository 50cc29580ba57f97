import { expect, it } from 'vitest';
import { sanitizeValue } from '../../../../../../src/features/scaffolder/core/forms/formScope';
import type { JsonObject, JsonValue } from '../../../../../../src/model';

const first: JsonObject = {
  properties: { kind: { const: 'a' }, size: { type: 'number' } },
};
const second: JsonObject = { properties: { kind: { const: 'b' }, color: { type: 'string' } } };

it.each<[string, JsonValue, readonly JsonObject[], JsonValue | undefined]>([
  ['a value of the type', 'x', [{ type: 'string' }], 'x'],
  ['a number for an integer', 7, [{ type: 'integer' }], 7],
  ['no value of another type', 7, [{ type: 'string' }], undefined],
  ['no object for another type', { a: 1 }, [{ type: 'string' }], undefined],
  ['any value without a type', 7, [{}], 7],
  ['fields that no variant has', { other: 1, size: 2 }, [first, second], { other: 1, size: 2 }],
  ['no fields of other variants', { size: 2, color: 'red' }, [first, second], { size: 2 }],
  ['no other constant', { kind: 'b', size: 2 }, [first, second], { size: 2 }],
  ['the constant', { kind: 'a' }, [first, second], { kind: 'a' }],
])('the selected variant keeps %s', (_, value, variants, expected) => {
  expect(
    sanitizeValue(value, {}, { key: '', variants, selected: 0, isUserSelected: true }),
  ).toEqual(expected);
});

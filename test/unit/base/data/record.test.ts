import { expect, it } from 'vitest';
import { ownValue } from '../../../../src/base';

it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'b'])(
  'returns no value for a name that is not an own property: %s',
  name => {
    const table: Readonly<Record<string, number>> = { a: 1 };
    expect([ownValue(table, 'a'), ownValue(table, name)]).toEqual([1, undefined]);
  },
);

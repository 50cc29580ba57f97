import { expect, it } from 'vitest';
import { ownValue } from '../../../../src/base';

it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'b'])(
  'has no value of a table at a name that is not its own: %s',
  name => {
    const table: Readonly<Record<string, number>> = { a: 1 };
    expect([ownValue(table, 'a'), ownValue(table, name)]).toEqual([1, undefined]);
  },
);

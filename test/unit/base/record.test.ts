import { expect, it } from 'vitest';
import { isTreeNode, ownValue } from '../../../src/base';

interface Row {
  readonly id: string;
  readonly type: 'file' | 'folder';
}

it.each([
  [{ id: 'a', type: 'file' }, true],
  [{ id: 'a', type: 'folder', children: [] }, true],
  [{ id: 'a', type: 'link' }, false],
  [{ type: 'file' }, false],
  [[{ id: 'a', type: 'file' }], false],
  ['file', false],
  [null, false],
  [undefined, false],
])('knows the rows of a tree: %j', (value, isRow) => {
  expect(isTreeNode<Row>(value, ['file', 'folder'])).toBe(isRow);
});

it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'b'])(
  'has no value of a table at a name that is not its own: %s',
  name => {
    const table: Readonly<Record<string, number>> = { a: 1 };
    expect([ownValue(table, 'a'), ownValue(table, name)]).toEqual([1, undefined]);
  },
);

import { expect, it } from 'vitest';
import { isTreeNode } from '../../../../src/base';

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
])('checks whether a value is a row of a tree: %j', (value, isRow) => {
  expect(isTreeNode<Row>(value, ['file', 'folder'])).toBe(isRow);
});

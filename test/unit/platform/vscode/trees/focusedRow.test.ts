import { expect, test } from 'vitest';
import { FocusedRow } from '../../../../../src/platform/vscode/trees';

interface Row {
  readonly id: string;
}
const [a, b]: [Row, Row] = [{ id: 'a' }, { id: 'b' }];

test('finds the row that is toggled', async () => {
  for (const selected of [[], [a], [b], [a, b]]) {
    const { row, tree } = opened(b, selected);
    expect(await row.find(tree.toggle, tree.readAgain)).toBe(b);
    expect(tree.selected).toEqual(selected);
  }
});

test('finds no row without focus', async () => {
  const { row, tree } = opened(undefined, [a]);
  expect(await row.find(tree.toggle, tree.readAgain)).toBeUndefined();
  expect(tree.selected).toEqual([a]);
});

test('waits for the rows of a tree that is reloaded', async () => {
  for (const selected of [[], [a], [b]]) {
    const { row, tree } = opened(b, selected);
    tree.isReading = true;
    expect(await row.find(tree.toggle, tree.readAgain)).toBe(b);
    expect(tree.selected).toEqual(selected);
  }
});

/** A tree like VS Code's, whose rows exist for the extension after they are read. */
function opened(focused: Row | undefined, selected: readonly Row[]) {
  const row = new FocusedRow<Row>();
  row.noteSelection(selected);
  const tree = {
    isReading: false,
    selected,
    toggle: async (): Promise<void> => {
      if (!focused) return;
      const without = tree.selected.filter(one => one !== focused);
      tree.selected = without.length < tree.selected.length ? without : [...without, focused];
      row.noteSelection(tree.isReading ? [] : tree.selected);
    },
    readAgain: async (): Promise<void> => {
      tree.isReading = false;
    },
  };
  return { row, tree };
}

import { expect, test } from 'vitest';
import { FocusedRow } from '../../../../../src/platform/vscode/trees';

interface Row {
  readonly id: string;
}
const [a, b]: [Row, Row] = [{ id: 'a' }, { id: 'b' }];

test('the focused row is the one that is toggled', async () => {
  for (const selected of [[], [a], [b], [a, b]]) {
    const { row, tree } = opened(b, selected);
    expect(await row.find(tree.toggle, tree.readAgain)).toBe(b);
    expect(tree.selected).toEqual(selected);
  }
});

test('no row has the focus', async () => {
  const { row, tree } = opened(undefined, [a]);
  expect(await row.find(tree.toggle, tree.readAgain)).toBeUndefined();
  expect(tree.selected).toEqual([a]);
});

test('a tree whose rows are read again is asked until they are there', async () => {
  for (const selected of [[], [a], [b]]) {
    const { row, tree } = opened(b, selected);
    tree.isReading = true;
    expect(await row.find(tree.toggle, tree.readAgain)).toBe(b);
    expect(tree.selected).toEqual(selected);
  }
});

/** A tree as VS Code has it, whose rows are there for the extension once they are read. */
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

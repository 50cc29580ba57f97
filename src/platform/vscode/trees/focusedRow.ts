import { isRecord } from '../../../base';

const TRIES = 20;

interface Row {
  readonly id: string;
}

/**
 * The row of a tree that has the keyboard's focus. VS Code tells extensions which rows are selected, not
 * which one has the focus, but can toggle whether that one is selected: the row that was toggled is the one.
 */
export class FocusedRow<T extends Row> {
  #selected: readonly T[] = [];
  #toggled: T | undefined;

  /** To be told of each change of what is selected. */
  noteSelection(selected: readonly T[]): void {
    this.#toggled = changed(this.#selected, selected);
    this.#selected = selected;
  }

  /**
   * Finds it with two toggles, after which the same rows are selected as before. While a tree is read again,
   * VS Code leaves out the rows that it has not got back yet: both have to tell of the same row, or are
   * tried again in a moment.
   *
   * @param toggle - Toggles the focused row; what it changes is noted before it has ended.
   * @param pause - Between two tries.
   */
  async find(
    toggle: () => PromiseLike<unknown>,
    pause: () => Promise<void>,
  ): Promise<T | undefined> {
    for (let tries = 0; tries < TRIES; tries++) {
      if (tries > 0) await pause();
      const first = await this.#afterToggle(toggle);
      const second = await this.#afterToggle(toggle);
      if (first && first.id === second?.id) return second;
    }
    return undefined;
  }

  async #afterToggle(toggle: () => PromiseLike<unknown>): Promise<T | undefined> {
    this.#toggled = undefined;
    await toggle();
    return this.#toggled;
  }
}

function changed<T extends Row>(before: readonly T[], after: readonly T[]): T | undefined {
  const isIn = (rows: readonly T[], { id }: T): boolean => rows.some(row => row.id === id);
  return after.find(row => !isIn(before, row)) ?? before.find(row => !isIn(after, row));
}

/**
 * Whether a value of unknown origin is a row of a tree, as commands get them from menus: it has an id, and one
 * of the types that rows of that tree have.
 */
export function isTreeNode<T extends { readonly id: string; readonly type: string }>(
  value: unknown,
  types: readonly T['type'][],
): value is T {
  return isRecord(value) && 'id' in value && types.some(type => type === value['type']);
}

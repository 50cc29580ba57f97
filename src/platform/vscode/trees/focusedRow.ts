const TRIES = 20;

interface Row {
  readonly id: string;
}

/**
 * Finds the focused row of a tree. VS Code reports which rows are selected, but not which one is focused. It can toggle
 * the selection of the focused row: the row that changes is the focused one.
 */
export class FocusedRow<T extends Row> {
  #selected: readonly T[] = [];
  #toggled: T | undefined;

  /** Records a change of the selection. */
  noteSelection(selected: readonly T[]): void {
    this.#toggled = changed(this.#selected, selected);
    this.#selected = selected;
  }

  /**
   * Finds the focused row with two toggles, after which the selection is the same as before. While a tree is being
   * refreshed, VS Code omits rows that it hasn't got back yet. So both toggles have to yield the same row, or are
   * repeated.
   *
   * @param toggle - toggles the focused row and records the new selection before it resolves
   * @param pause - waits between two tries
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

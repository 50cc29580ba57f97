/**
 * Has a list of VS Code (a QuickPick) keep the order of its items: by itself, the editor puts what has the letters in its label before
 * all else, and leaves headings out. That this can be turned off is no part of its API yet, though every version has it; where one has
 * not, the order is its own.
 */
export function keepOrder(pick: object): void {
  try {
    Object.assign(pick, { sortByLabel: false });
  } catch {
    // As it was, then.
  }
}

/**
 * Bounds what is spent on a text: rules that look for a partner (a bracket, a delimiter) may look
 * far, and what was written to make them look far again and again must not stop the editor. Real
 * texts stay far below; beyond, rules find nothing more.
 */
export class WorkBudget {
  #left: number;

  /** @param perCharacter - how many steps each character of the text allows */
  constructor(length: number, perCharacter = 25) {
    this.#left = 20_000 + perCharacter * length;
  }

  /** Whether there was so much left. */
  spend(steps: number): boolean {
    this.#left -= steps;
    return this.#left >= 0;
  }
}

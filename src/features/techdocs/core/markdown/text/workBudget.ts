/**
 * Bounds the work on a text: rules that search for a partner (a bracket, a delimiter) may look far,
 * and hostile text must not stop the editor. Real texts stay far below; afterwards, rules match
 * nothing.
 */
export class WorkBudget {
  #left: number;

  /** @param perCharacter - allowed steps per character of the text */
  constructor(length: number, perCharacter = 25) {
    this.#left = 20_000 + perCharacter * length;
  }

  /** Uses steps. @returns whether they were left */
  spend(steps: number): boolean {
    this.#left -= steps;
    return this.#left >= 0;
  }
}

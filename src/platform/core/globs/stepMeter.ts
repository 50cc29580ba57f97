import { type StepBudget, StepsSpentError } from '../linearRegExp';

/** A pattern whose matching takes steps from a budget. */
export interface MeteredPattern {
  /** The source text of the pattern. */
  readonly text: string;
  /** @throws StepsSpentError */
  matches(text: string, budget: StepBudget): boolean;
}

/** Steps for sets of states that are entered for the first time: less than a tenth of a second. */
const FIRST_STEPS = 3_000_000;
/** Steps for each character and pattern: a multiple of what a pattern with cached sets needs. */
const STEPS_PER_CHARACTER = 12;

/**
 * Matches patterns within a number of steps in proportion to the texts. When the steps are spent, the pattern that took
 * most of them is dropped: it matches nothing from then on.
 */
export class StepMeter {
  readonly #budget: StepBudget = { left: FIRST_STEPS };
  readonly #taken = new Map<MeteredPattern, number>();
  readonly #dropped = new Set<MeteredPattern>();
  readonly #onDrop: ((pattern: string) => void) | undefined;

  /**
   * @param onDrop - called once with each dropped pattern
   */
  constructor(onDrop?: (pattern: string) => void) {
    this.#onDrop = onDrop;
  }

  get dropped(): readonly string[] {
    return [...this.#dropped].map(({ text }) => text);
  }

  matches(pattern: MeteredPattern, text: string): boolean {
    const granted = (text.length + 1) * STEPS_PER_CHARACTER;
    this.#budget.left += granted;
    while (!this.#dropped.has(pattern)) {
      const before = this.#budget.left;
      try {
        return pattern.matches(text, this.#budget);
      } catch (error) {
        if (!(error instanceof StepsSpentError)) throw error;
        this.#budget.left = 0;
      } finally {
        const taken = this.#taken.get(pattern) ?? 0;
        this.#taken.set(pattern, taken + Math.max(0, before - this.#budget.left - granted));
      }
      this.#drop();
    }
    return false;
  }

  /** Drops the pattern that took most steps, and returns its steps to the budget. */
  #drop(): void {
    const [worst, taken] = [...this.#taken].reduce((a, b) => (b[1] > a[1] ? b : a));
    this.#taken.delete(worst);
    this.#dropped.add(worst);
    this.#budget.left = taken;
    this.#onDrop?.(worst.text);
  }
}

import type { Navigation } from './navigation';

/** After so many milliseconds a page has what it is to show. */
const PATIENCE = 2_000;

/**
 * Keeps how far a page is scrolled with the page, and has a page that one comes back to where it was left. What a
 * page shows arrives after the page: until it is long enough, positions are those of something unfinished.
 */
export class ScrollKeeper {
  #navigation: Navigation;
  #wanted: number | undefined;
  #grown = new ResizeObserver(() => this.#reach());
  #giveUp: ReturnType<typeof setTimeout> | undefined;

  constructor(navigation: Navigation) {
    this.#navigation = navigation;
    this.#grown.observe(document.body);
    window.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    // Who scrolls has other wishes than to be where they were.
    for (const event of ['wheel', 'pointerdown', 'keydown'] as const) {
      window.addEventListener(event, () => this.#settle(), { passive: true, capture: true });
    }
  }

  /**
   * Leaves the page for another one.
   *
   * @param change - makes the other page the one that the navigation is at
   */
  leave(change: () => void): void {
    // The event of the last scroll may be still to come.
    this.#scrolled();
    change();
    this.#hold();
  }

  /** The page is shown: at its beginning, or where it was left. */
  restore(): void {
    this.#hold();
    this.#reach();
    // What arrives later moves nothing away from the beginning.
    if (this.#wanted === 0) this.#settle();
    else this.#giveUp = setTimeout(() => this.#settle(), PATIENCE);
  }

  /** What is scrolled until the page is shown says nothing of it. */
  #hold(): void {
    clearTimeout(this.#giveUp);
    this.#wanted = this.#navigation.scroll;
  }

  #reach(): void {
    // Not done with once it is reached: that may be what is left of the page before.
    if (this.#wanted !== undefined) window.scrollTo(0, this.#wanted);
  }

  #settle(): void {
    clearTimeout(this.#giveUp);
    this.#wanted = undefined;
  }

  #scrolled(): void {
    if (this.#wanted === undefined) this.#navigation.scrolled(window.scrollY);
  }
}

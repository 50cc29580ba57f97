import type { Page } from 'playwright-core';

/** Clicks and key presses of a person. */
export interface InputCounts {
  readonly clicks: number;
  /** Key presses; a chord such as Ctrl+Shift+P is one, and each typed letter is one. */
  readonly keys: number;
}

const counters = new WeakMap<Page, InputCounter>();

/** Counts what a person does in a window, webviews included. */
export class InputCounter {
  #page: Page;
  #counts = { clicks: 0, keys: 0 };

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Returns the counter of a window, which has one at most. */
  static async of(page: Page): Promise<InputCounter> {
    const known = counters.get(page);
    if (known) return known;
    const counter = new InputCounter(page);
    counters.set(page, counter);
    await page.exposeBinding('countInput', (_, input: keyof InputCounts) => {
      counter.#counts[input]++;
    });
    await page.addInitScript(countInputs);
    return counter;
  }

  /** Counts what someone does. */
  async count(act: () => Promise<void>): Promise<InputCounts> {
    // A webview writes its document again, without the listeners of the init script.
    for (const frame of this.#page.frames()) await frame.evaluate(countInputs);
    this.#counts = { clicks: 0, keys: 0 };
    await act();
    return { ...this.#counts };
  }
}

declare global {
  interface Window {
    countInput?: (input: keyof InputCounts) => void;
    inputCounter?: (event: Event) => void;
  }
}

/** Runs in each frame. Frames forward keys as events that aren't trusted. */
function countInputs(): void {
  const modifiers = ['Control', 'Shift', 'Alt', 'Meta'];
  window.inputCounter ??= event => {
    if (!event.isTrusted) return;
    if (!(event instanceof KeyboardEvent)) window.countInput?.('clicks');
    else if (!modifiers.includes(event.key)) window.countInput?.('keys');
  };
  // A listener that is added twice is called once.
  window.addEventListener('pointerdown', window.inputCounter, true);
  window.addEventListener('keydown', window.inputCounter, true);
}

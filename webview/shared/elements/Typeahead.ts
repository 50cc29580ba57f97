import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Whether what is chosen opens to the side. */
export type ChoosingKeys = Pick<MouseEvent, 'ctrlKey' | 'metaKey'>;

export interface TypeaheadOptions<Answer> {
  readonly ask: (text: string, signal: AbortSignal) => Promise<Answer>;
  /** How many there are to choose from. */
  readonly count: (answer: Answer) => number;
  readonly choose: (answer: Answer, index: number, keys: ChoosingKeys) => void;
  /** Enter was pressed before it was known that there is nothing to choose from. */
  readonly chooseNothing?: () => void;
}

/**
 * What a combobox finds as one types. Answers come late: Enter takes one of what is typed, and waits for it where
 * what is shown was found for fewer letters; what somebody went to with the arrow keys it takes at once.
 */
export class Typeahead<Answer> implements ReactiveController {
  #host: ReactiveControllerHost;
  #options: TypeaheadOptions<Answer>;
  #asking: AbortController | undefined;
  #text: string | undefined;
  #answer: Answer | undefined;
  #active = 0;
  #entered: ChoosingKeys | undefined;

  constructor(host: ReactiveControllerHost, options: TypeaheadOptions<Answer>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Undefined while nothing is asked, or nothing has been found out yet. */
  get answer(): Answer | undefined {
    return this.#answer;
  }

  /** Which of the answer's Enter takes. */
  get active(): number {
    return this.#active;
  }

  /** Whether an answer is on its way. */
  get isAsking(): boolean {
    return this.#asking !== undefined;
  }

  hostDisconnected(): void {
    this.close();
  }

  /** @param indexOf - which of the new answer's Enter takes; default: the first */
  async find(text: string, indexOf: (answer: Answer) => number = () => 0): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    if (text !== this.#text) this.#entered = undefined;
    this.#text = text;
    this.#host.requestUpdate();
    try {
      const answer = await this.#options.ask(text, asking.signal);
      if (asking !== this.#asking) return;
      this.#asking = undefined;
      this.#answer = answer;
      this.#active = Math.max(indexOf(answer), 0);
      this.#host.requestUpdate();
      const entered = this.#entered;
      if (entered && this.#count) this.#choose(entered);
      else if (entered) this.#options.chooseNothing?.();
    } catch {
      // Another letter was typed, or there is nothing to offer.
      if (asking === this.#asking) this.close();
    }
  }

  /** @returns whether the key was meant for the list */
  take({ key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): boolean {
    const isOpen = this.#answer !== undefined || this.isAsking;
    if (key === 'Escape' && isOpen) this.close();
    else if (key === 'Enter' && this.isAsking) this.#entered = { ctrlKey, metaKey };
    else if (!this.#count) return false;
    else if (key === 'ArrowDown') this.#goTo(this.#active + 1);
    else if (key === 'ArrowUp') this.#goTo(this.#active - 1);
    else if (key === 'Enter') this.#choose({ ctrlKey, metaKey });
    else return false;
    return true;
  }

  close(): void {
    this.#asking?.abort();
    this.#asking = undefined;
    this.#entered = undefined;
    this.#answer = undefined;
    this.#host.requestUpdate();
  }

  get #count(): number {
    return this.#answer === undefined ? 0 : this.#options.count(this.#answer);
  }

  /** What is on its way would put another in its place. */
  #goTo(index: number): void {
    this.#asking?.abort();
    this.#asking = undefined;
    this.#active = (index + this.#count) % this.#count;
    this.#host.requestUpdate();
  }

  #choose(keys: ChoosingKeys): void {
    if (this.#answer !== undefined && this.#count)
      this.#options.choose(this.#answer, this.#active, keys);
  }
}

/** Milliseconds until the extension is pinged because of a request without an answer, and again. */
const BETWEEN_PINGS = 4000;
/** Milliseconds for the answer to a ping. Another extension may block the process for a while. */
const PATIENCE = 8000;

/**
 * Notices that the extension has stopped: after a crash, VS Code starts it again, but no request of an open page reaches
 * it anymore. A running extension answers pings, also during a long request.
 */
export class HostWatch {
  #deps: { readonly ping: () => Promise<unknown>; readonly onDidChange: () => void };
  #pending = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;

  constructor(deps: { readonly ping: () => Promise<unknown>; readonly onDidChange: () => void }) {
    this.#deps = deps;
  }

  /** Whether the extension no longer answers. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Watches a request until it is answered. Returns its answer. */
  async watch<T>(answer: Promise<T>): Promise<T> {
    this.#pending++;
    this.#timer ??= setTimeout(() => this.#ping(), BETWEEN_PINGS);
    try {
      return await answer;
    } finally {
      this.#pending--;
      if (this.#pending === 0) this.#stopTimer();
      this.#setStopped(false);
    }
  }

  #ping(): void {
    this.#timer = setTimeout(() => this.#setStopped(true), PATIENCE);
    const next = (): void => {
      this.#stopTimer();
      this.#setStopped(false);
      if (this.#pending > 0) this.#timer = setTimeout(() => this.#ping(), BETWEEN_PINGS);
    };
    // An error is an answer, too.
    this.#deps.ping().then(next, next);
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #setStopped(isStopped: boolean): void {
    if (isStopped === this.#isStopped) return;
    this.#isStopped = isStopped;
    this.#deps.onDidChange();
  }
}

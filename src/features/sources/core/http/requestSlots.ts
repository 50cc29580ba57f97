export interface SlotLimits {
  /** Concurrent requests in total. */
  readonly total: number;
  /** Concurrent requests to one host. */
  readonly perHost: number;
}

/** Limits for all requests of sources. */
const USUAL: SlotLimits = { total: 24, perHost: 6 };

interface Waiting {
  start(): void;
  end(reason: Error): void;
}

/** Waiting requests that share a signal, with one abort listener for all of them, as they may be thousands. */
interface Group {
  readonly members: Set<Waiting>;
  readonly abort: () => void;
}

/**
 * Limits concurrent requests in total and per host, so that a slow host leaves room for others. A host that didn't
 * answer gets one request at a time until it does. Waiting hosts take turns.
 */
export class RequestSlots {
  readonly #limits: SlotLimits;
  readonly #used = new Map<string, number>();
  readonly #silent = new Set<string>();
  /** By host; the next one in turn comes first. */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #groups = new Map<AbortSignal, Group>();
  #total = 0;

  constructor(limits: SlotLimits = USUAL) {
    this.#limits = limits;
  }

  /** Runs a request once there is room. @throws AbortError if the signal is aborted before that */
  async run<T>(host: string, signal: AbortSignal, request: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    if (!this.#hasRoom(host)) await this.#turn(host, signal);
    else this.#take(host);
    try {
      return await request();
    } finally {
      this.#release(host);
    }
  }

  /** Records whether the last request to a host was answered. */
  setAnswers(host: string, answers: boolean): void {
    if (answers) this.#silent.delete(host);
    else this.#silent.add(host);
  }

  #hasRoom(host: string): boolean {
    const most = this.#silent.has(host) ? 1 : this.#limits.perHost;
    return this.#total < this.#limits.total && (this.#used.get(host) ?? 0) < most;
  }

  #turn(host: string, signal: AbortSignal): Promise<void> {
    const queue = this.#waiting.get(host) ?? [];
    this.#waiting.set(host, queue);
    const group = this.#groupOf(signal);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        start: () => {
          group.members.delete(waiting);
          if (group.members.size === 0) this.#leave(signal, group);
          resolve();
        },
        end: reject,
      };
      group.members.add(waiting);
      queue.push(waiting);
    });
  }

  #groupOf(signal: AbortSignal): Group {
    const known = this.#groups.get(signal);
    if (known) return known;
    const group: Group = {
      members: new Set(),
      abort: () => {
        this.#leave(signal, group);
        for (const [host, queue] of [...this.#waiting]) {
          const left = queue.filter(waiting => !group.members.has(waiting));
          if (left.length > 0) this.#waiting.set(host, left);
          else this.#waiting.delete(host);
        }
        for (const waiting of group.members) waiting.end(reasonOf(signal));
      },
    };
    signal.addEventListener('abort', group.abort, { once: true });
    this.#groups.set(signal, group);
    return group;
  }

  #leave(signal: AbortSignal, group: Group): void {
    signal.removeEventListener('abort', group.abort);
    this.#groups.delete(signal);
  }

  #take(host: string): void {
    this.#total++;
    this.#used.set(host, (this.#used.get(host) ?? 0) + 1);
  }

  #release(host: string): void {
    this.#total--;
    const left = (this.#used.get(host) ?? 0) - 1;
    if (left > 0) this.#used.set(host, left);
    else this.#used.delete(host);
    // Skips hosts without room; each has a request running that continues its queue. A host moved to the end comes
    // up again, without room then.
    for (const [next, queue] of this.#waiting) {
      if (this.#total >= this.#limits.total) break;
      let hasStarted = false;
      while (queue.length > 0 && this.#hasRoom(next)) {
        // Counted immediately, because the waiting caller resumes later.
        this.#take(next);
        queue.shift()?.start();
        hasStarted = true;
      }
      if (hasStarted) this.#waiting.delete(next);
      if (hasStarted && queue.length > 0) this.#waiting.set(next, queue);
    }
  }
}

function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error
    ? reason
    : new DOMException('The request was aborted', 'AbortError');
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { errorMessage } from '../../../../src/base';
import type { BroughtEntity } from '../../../../src/features/portal/protocol';

export interface InquiryState {
  readonly status: 'asking' | 'asked';
  /** A sentence, where nobody could be asked. */
  readonly problem?: string | undefined;
}

/** Has running Backstages asked for an entity that the catalog does not have: once, until somebody wants it again. */
export class Inquiry implements ReactiveController {
  #host: ReactiveControllerHost;
  #ask: (entityRef: string, signal: AbortSignal) => Promise<BroughtEntity>;
  #entityRef: string | undefined;
  #running = new AbortController();
  #state: InquiryState = { status: 'asking' };

  constructor(
    host: ReactiveControllerHost,
    ask: (entityRef: string, signal: AbortSignal) => Promise<BroughtEntity>,
  ) {
    this.#host = host;
    this.#ask = ask;
    host.addController(this);
  }

  /** What has come of asking for that entity; the first one to want to know has it asked for. */
  about(entityRef: string): InquiryState {
    if (entityRef !== this.#entityRef) void this.#begin(entityRef);
    return this.#state;
  }

  again(): void {
    if (this.#entityRef !== undefined) void this.#begin(this.#entityRef);
    this.#host.requestUpdate();
  }

  cancel(): void {
    this.#running.abort();
    this.#become({ status: 'asked', problem: undefined });
  }

  /** The next one who wants to know wants it of something else, or of now. */
  forget(): void {
    this.#running.abort();
    this.#entityRef = undefined;
  }

  hostDisconnected(): void {
    this.forget();
  }

  async #begin(entityRef: string): Promise<void> {
    this.#running.abort();
    const running = new AbortController();
    this.#running = running;
    this.#entityRef = entityRef;
    this.#state = { status: 'asking' };
    let problem: string | undefined;
    try {
      ({ problem } = await this.#ask(entityRef, running.signal));
    } catch (error) {
      problem = errorMessage(error);
    }
    if (!running.signal.aborted) this.#become({ status: 'asked', problem });
  }

  #become(state: InquiryState): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}

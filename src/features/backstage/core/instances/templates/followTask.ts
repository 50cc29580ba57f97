import type { FollowOptions, InstanceTask, InstanceTaskEnd } from '../../../../../api';
import type { Clock } from '../../../../../platform/core/ports';
import { type BackstageConnection, SourceError } from '../../../../sources/core';
import { jsonEvents } from '../eventStream';
import { readEvent, type ReadEvent, readEvents, taskEnd, NO_REASON } from './taskEvents';

export interface FollowDeps {
  readonly session: BackstageConnection;
  readonly clock: Pick<Clock, 'now' | 'delay'>;
  /** Returns undefined if the task doesn't exist. */
  readonly getTask: (id: string, signal: AbortSignal) => Promise<InstanceTask | undefined>;
  /** Milliseconds without an event before checking whether a proxy holds back the stream. */
  readonly silence?: number | undefined;
}

const SILENCE = 20_000;
/** Maximum bytes of a stream, after which a new one is opened. */
const MAX_STREAM = 32 * 1024 * 1024;
/** Maximum bytes of a chunk beyond that. */
const MAX_CHUNK = 1024 * 1024;
/** Maximum bytes of an answer with new events. */
const MAX_ANSWER = 32 * 1024 * 1024;
/** Maximum number of events of a task. */
const MOST_EVENTS = 200_000;
/** Milliseconds before the first reconnection, doubled for each later one. */
const FIRST_DELAY = 1000;
const LONGEST_DELAY = 30_000;
/** Milliseconds without a connection before giving up. */
const MOST_LOST = 15 * 60_000;

/**
 * Follows a task until it has ended. Events come from the server's stream; if it breaks or is silent for a while,
 * new events are requested. If a proxy holds streams back until they end, requests are used from then on: the
 * server answers as soon as there is an event.
 */
export async function followTask(
  id: string,
  options: FollowOptions,
  deps: FollowDeps,
): Promise<InstanceTaskEnd> {
  return new TaskFollower(id, options, deps).follow();
}

class TaskFollower {
  readonly #id: string;
  readonly #options: FollowOptions;
  readonly #deps: FollowDeps;
  #after: number | undefined;
  #count = 0;
  #isCancelled = false;
  #end: InstanceTaskEnd | undefined;
  #isHeldBack = false;
  #lostAt: number | undefined;
  #attempt = 0;

  constructor(id: string, options: FollowOptions, deps: FollowDeps) {
    this.#id = id;
    this.#options = options;
    this.#deps = deps;
    this.#after = options.after;
  }

  async follow(): Promise<InstanceTaskEnd> {
    const { signal } = this.#options;
    const { clock } = this.#deps;
    for (;;) {
      signal.throwIfAborted();
      const [count, began] = [this.#count, clock.now()];
      try {
        const streamed = this.#isHeldBack ? 0 : await this.#stream();
        if (this.#end) return this.#end;
        if (streamed === 'full') continue;
        const polled = await this.#ask();
        if (this.#end) return this.#end;
        this.#isHeldBack ||= streamed === 0 && polled > 0;
        if (polled === 0 && (await this.#hasEnded())) break;
        // Servers wait before they answer; this limits requests if a proxy answers immediately.
        const isIdle = this.#count === count && clock.now() - began < FIRST_DELAY;
        if (isIdle) await clock.delay(FIRST_DELAY, signal);
      } catch (error) {
        signal.throwIfAborted();
        await this.#wait(error);
      }
    }
    return this.#end ?? { status: 'failed', output: {}, error: NO_REASON };
  }

  /** @returns number of events until the stream broke or was silent; `full` if it reached the maximum size */
  async #stream(): Promise<number | 'full'> {
    const { session, silence = SILENCE } = this.#deps;
    const before = this.#count;
    let count = 0;
    const room = { left: MAX_STREAM };
    try {
      const stream = await session.stream({
        signal: this.#options.signal,
        path: this.#path('eventstream'),
        query: this.#query(),
        silence,
        maxSize: MAX_STREAM + MAX_CHUNK,
      });
      this.#connected();
      for await (const { value } of jsonEvents(within(stream.chunks, room))) {
        const read = readEvent(value);
        if (!read) continue;
        this.#take(read);
        count++;
        if (this.#end) break;
      }
    } catch (error) {
      // The next request shows whether the server is reachable; a server without streams may have events.
      const passes = error instanceof SourceError && ['unreachable', 'missing'];
      if (!passes || !passes.includes(error.failure)) throw error;
    }
    if (room.left > 0) return count;
    // A stream without new events never ends.
    if (this.#count > before) return 'full';
    throw new SourceError(
      'invalid',
      'The server keeps sending data without a new event of the task',
      {
        advice: 'Open it in Backstage.',
      },
    );
  }

  /** @returns number of new events, including those within the half minute that the server waits */
  async #ask(): Promise<number> {
    const { value } = await this.#deps.session.ask({
      signal: this.#options.signal,
      path: this.#path('events'),
      query: this.#query(),
      maxSize: MAX_ANSWER,
    });
    this.#connected();
    const events = readEvents(value);
    if (!events) {
      throw new SourceError('invalid', 'The answer is not from a Backstage task', {
        advice: 'Callboard may not support its version.',
      });
    }
    for (const read of events) {
      this.#take(read);
      if (this.#end) break;
    }
    return events.length;
  }

  /** Whether the task has ended without an event, as after a restart of the server. */
  async #hasEnded(): Promise<boolean> {
    const task = await this.#deps.getTask(this.#id, this.#options.signal);
    if (!task) {
      throw new SourceError('missing', `The task ${this.#id} no longer exists`, {
        advice: 'Check its result in Backstage.',
      });
    }
    const { status } = task;
    if (status !== 'completed' && status !== 'failed' && status !== 'cancelled') return false;
    // It may have ended after the last request for events.
    if ((await this.#ask()) > 0 && this.#end) return true;
    this.#end = { status, output: {}, error: status === 'completed' ? undefined : NO_REASON };
    return true;
  }

  #take({ event, end }: ReadEvent): void {
    if (this.#after !== undefined && event.id <= this.#after) {
      // The end is sent again each time, and is removed when the task is retried.
      if (end) this.#end = taskEnd(end, this.#isCancelled);
      return;
    }
    this.#after = event.id;
    if (++this.#count > MOST_EVENTS) {
      throw new SourceError('invalid', `The task has more than ${MOST_EVENTS} events`, {
        advice: 'Open it in Backstage.',
      });
    }
    if (event.type === 'cancelled') this.#isCancelled = true;
    if (event.type === 'recovered') this.#isCancelled = false;
    this.#options.onEvent(event);
    if (end) this.#end = taskEnd(end, this.#isCancelled);
  }

  #connected(): void {
    if (this.#lostAt !== undefined) this.#options.onConnection?.({ type: 'connected' });
    this.#lostAt = undefined;
    this.#attempt = 0;
  }

  /** @throws the error if waiting is useless */
  async #wait(error: unknown): Promise<void> {
    const { clock } = this.#deps;
    if (!(error instanceof SourceError)) throw error;
    if (error.failure !== 'unreachable' && error.failure !== 'limited') throw error;
    const now = clock.now();
    this.#lostAt ??= now;
    if (now - this.#lostAt > MOST_LOST) throw error;
    const growing = Math.min(FIRST_DELAY * 2 ** this.#attempt++, LONGEST_DELAY);
    const retryIn = Math.min(Math.max(growing, error.retryAfter ?? 0), MOST_LOST);
    this.#options.onConnection?.({ type: 'lost', reason: error.message, retryIn });
    await clock.delay(retryIn, this.#options.signal);
  }

  #path(what: string): string {
    return `/api/scaffolder/v2/tasks/${encodeURIComponent(this.#id)}/${what}`;
  }

  #query(): readonly (readonly [string, string])[] {
    return this.#after === undefined ? [] : [['after', String(this.#after)]];
  }
}

/** Yields chunks up to a number of bytes. */
async function* within(
  chunks: AsyncIterable<Uint8Array>,
  room: { left: number },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    room.left -= chunk.length;
    if (room.left <= 0) return;
  }
}

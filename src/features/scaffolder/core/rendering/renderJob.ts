import { isRecord } from '../../../../base';
import type { WorkerJob } from '../../../../platform/core/ports';
import type { renderers } from './perform';

type Renderers = typeof renderers;

export type RenderType = keyof Renderers;
export type RenderInputs = { readonly [T in RenderType]: Parameters<Renderers[T]>[0] };
export type RenderResults = { readonly [T in RenderType]: ReturnType<Renderers[T]> };

/** Something that a Template makes others work out. */
export interface RenderRequest<T extends RenderType = RenderType> {
  readonly type: T;
  readonly input: RenderInputs[T];
}

export interface ErrorData {
  readonly name: string;
  readonly message: string;
}

/** Result of a request, or what was thrown: by itself, a thread hands over no more of it than the message. */
export type RenderReply =
  | { readonly type: RenderType; readonly result: unknown }
  | { readonly type: 'error'; readonly error: ErrorData };

/**
 * Works out what Templates say. They are not to be trusted: a pattern in one can take for ever, so this is
 * for a thread that can be ended.
 */
export const renderJob: WorkerJob<RenderRequest, RenderReply> = {
  name: 'scaffolder.render',

  // What works it out is large: it is loaded where it runs, and not by those who only ask.
  run: async ({ type, input }) => (await import('./perform')).perform(type, input),

  readInput(value) {
    if (!isMessage<RenderRequest>(value)) throw new TypeError('Not a request to render');
    return value;
  },

  readOutput(value) {
    if (!isMessage<RenderReply>(value)) {
      throw new TypeError('Not what came of a request to render');
    }
    return value;
  },
};

/**
 * Both sides are this program in the same version, and what is passed is data that this program declares: what is
 * checked is that it is a message, not each value of a Template in it.
 */
function isMessage<T>(value: unknown): value is T {
  return isRecord(value) && typeof value['type'] === 'string';
}

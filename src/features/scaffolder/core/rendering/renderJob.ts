import { isRecord } from '../../../../base';
import type { WorkerJob } from '../../../../platform/core/ports';
import type { RenderInputs, RenderReply, RenderType } from './perform';

/** Something that a Template makes others work out. */
export interface RenderRequest<T extends RenderType = RenderType> {
  readonly type: T;
  readonly input: RenderInputs[T];
}

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

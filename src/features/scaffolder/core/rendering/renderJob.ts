import { isRecord } from '../../../../base';
import type { WorkerJob } from '../../../../platform/core/ports';
import type { RenderReply, RenderRequest } from './renderMessages';

/**
 * Works out what Templates say. They are not to be trusted: a pattern in one can take for ever, so this is
 * for a thread that can be ended.
 */
export const renderJob: WorkerJob<RenderRequest, RenderReply> = {
  name: 'scaffolder.render',

  // What works it out is large: it is loaded where it runs, and not by those who only ask.
  run: async input => (await import('./perform')).perform(input),

  readInput(value) {
    if (!isRequest(value)) throw new TypeError('Not a request to render');
    return value;
  },

  readOutput(value) {
    if (!isReply(value)) throw new TypeError('Not what came of a request to render');
    return value;
  },
};

const types: ReadonlySet<unknown> = new Set([
  'parameters',
  'form',
  'step',
  'output',
  'tree',
  'file',
  'patterns',
  'merge',
]);

/**
 * Both sides are this program in the same version, and what is passed is data that this file declares: what is
 * checked is that a message is one of them, not each value of a Template in it.
 */
function isRequest(value: unknown): value is RenderRequest {
  return isRecord(value) && types.has(value['type']);
}

function isReply(value: unknown): value is RenderReply {
  return isRecord(value) && types.has(value['type']) && isRecord(value['reply']);
}

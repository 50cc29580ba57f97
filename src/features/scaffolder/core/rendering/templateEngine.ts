import { isRecord } from '../../../../base';
import {
  type WorkerJob,
  type WorkerPool,
  WorkerFailure,
  type WorkerFailureReason,
} from '../../../../platform/core/ports';
import { InputError, TaskLimitError } from '../../../scm/core/forgeFiles';
import type { RenderInputs, RenderReply, RenderResults, RenderType } from './perform';
import type { ErrorData } from './renderTree';

/** Something that a Template makes others work out. */
interface RenderRequest<T extends RenderType = RenderType> {
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

/** Works out what Templates say, on another thread where there are any. */
export class TemplateEngine {
  readonly #workers: WorkerPool | undefined;

  /** @param workers - without them, a Template that never comes to an end holds the thread for ever */
  constructor(workers: WorkerPool | undefined) {
    this.#workers = workers;
  }

  /** @throws TaskLimitError for what takes too long or too much; what the renderer throws, by its name and message */
  async run<T extends RenderType>(
    type: T,
    input: RenderInputs[T],
    signal: AbortSignal,
  ): Promise<RenderResults[T]> {
    const reply = await this.#ask({ type, input }, signal);
    if (reply.type === 'error') throw errorOf(reply.error);
    if (isReplyTo(type, reply)) return reply.result;
    throw new TypeError('The reply is not one to what was asked');
  }

  async #ask({ type, input }: RenderRequest, signal: AbortSignal): Promise<RenderReply> {
    if (!this.#workers) return (await import('./perform')).perform(type, input);
    try {
      return await this.#workers.run(
        renderJob,
        { type, input },
        { signal, isUrgent: true, keepWorker: KEPT },
      );
    } catch (error) {
      if (!(error instanceof WorkerFailure)) throw error;
      throw new TaskLimitError(STOPPED[error.reason]);
    }
  }
}

function isReplyTo<T extends RenderType>(
  type: T,
  reply: RenderReply,
): reply is { readonly type: T; readonly result: RenderResults[T] } {
  return reply.type === type;
}

/** The error of another thread. What it was called is told to people as well. */
export function errorOf({ name, message }: ErrorData): Error {
  if (name === 'InputError') return new InputError(message);
  const error = new Error(message);
  error.name = name;
  return error;
}

const STOPPED: Readonly<Record<WorkerFailureReason, string>> = {
  timeout: 'The template was stopped: working out its expressions took too long',
  crashed: 'The template was stopped: its expressions needed more memory than they may',
  // Not on this thread then: nobody could stop it.
  unavailable: 'The template cannot run: there is no thread for it',
};

/** Milliseconds for which the thread is kept: the next step mostly comes at once. */
const KEPT = 5000;

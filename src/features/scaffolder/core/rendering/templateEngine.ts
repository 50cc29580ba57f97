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

/** A request to a worker. */
interface RenderRequest<T extends RenderType = RenderType> {
  readonly type: T;
  readonly input: RenderInputs[T];
}

/**
 * Renders Templates in a worker. They are untrusted, and a pattern can run forever, so the worker must be
 * terminable.
 */
export const renderJob: WorkerJob<RenderRequest, RenderReply> = {
  name: 'scaffolder.render',

  // Loads the large renderer in the worker only.
  run: async ({ type, input }) => (await import('./perform')).perform(type, input),

  readInput(value) {
    if (!isMessage<RenderRequest>(value)) throw new TypeError('Not a request to render');
    return value;
  },

  readOutput(value) {
    if (!isMessage<RenderReply>(value)) {
      throw new TypeError('Not the result of a request to render');
    }
    return value;
  },
};

/** Checks only the envelope, because both sides are the same version of this program. */
function isMessage<T>(value: unknown): value is T {
  return isRecord(value) && typeof value['type'] === 'string';
}

/** Renders Templates in workers, if there are any. */
export class TemplateEngine {
  readonly #workers: WorkerPool | undefined;

  /** @param workers - without them, a Template with an endless loop blocks the thread */
  constructor(workers: WorkerPool | undefined) {
    this.#workers = workers;
  }

  /** @throws TaskLimitError if a limit is exceeded, and errors of the renderer by name and message */
  async run<T extends RenderType>(
    type: T,
    input: RenderInputs[T],
    signal: AbortSignal,
  ): Promise<RenderResults[T]> {
    const reply = await this.#request({ type, input }, signal);
    if (reply.type === 'error') throw errorOf(reply.error);
    if (isReplyTo(type, reply)) return reply.result;
    throw new TypeError("The reply doesn't match the request");
  }

  async #request({ type, input }: RenderRequest, signal: AbortSignal): Promise<RenderReply> {
    if (!this.#workers) return (await import('./perform')).perform(type, input);
    try {
      return await this.#workers.run(
        renderJob,
        { type, input },
        { signal, isUrgent: true, keepWorker: KEEP_WORKER },
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

/** Restores an error from a worker. People see its name, too. */
export function errorOf({ name, message }: ErrorData): Error {
  if (name === 'InputError') return new InputError(message);
  const error = new Error(message);
  error.name = name;
  return error;
}

const STOPPED: Readonly<Record<WorkerFailureReason, string>> = {
  timeout: 'The template was stopped because its expressions took too long',
  crashed: 'The template was stopped because its expressions needed too much memory',
  // Never falls back to the current thread, where it couldn't be stopped.
  unavailable: "The template can't run because no worker is available",
};

/** Milliseconds to keep the worker for the next step. */
const KEEP_WORKER = 5000;

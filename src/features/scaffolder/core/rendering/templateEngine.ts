import type { JsonObject, JsonValue } from '../../../../model';
import {
  type WorkerPool,
  WorkerFailure,
  type WorkerFailureReason,
} from '../../../../platform/core/ports';
import { InputError, TaskLimitError } from '../../../scm/core/forgeFiles';
import type { ResolvedForm } from '../forms/formField';
import type { FormRequest } from '../forms/resolveForm';
import type { ParametersReply, ParametersRequest } from '../parameters/checkParameters';
import type { MergeReply, MergeRequest } from './mergeTexts';
import type { PatternCheck, PatternVerdict } from './patternChecks';
import { renderJob } from './renderJob';
import type { FileReply, RenderReply, RenderRequest } from './renderMessages';
import type { StepReply, StepRequest } from './renderStep';
import type { FillingSettings, TreeReply, TreeRequest } from './renderTree';

/** Works out what Templates say, on another thread where there are any. */
export class TemplateEngine {
  readonly #workers: WorkerPool | undefined;

  /** @param workers - without them, a Template that never comes to an end holds the thread for ever */
  constructor(workers: WorkerPool | undefined) {
    this.#workers = workers;
  }

  async parameters(request: ParametersRequest, signal: AbortSignal): Promise<ParametersReply> {
    const reply = await this.#run({ type: 'parameters', request }, signal);
    return reply.type === 'parameters' ? reply.reply : mistaken();
  }

  /**
   * A form for what is filled in.
   *
   * @throws InputError for one that is too large to be shown; TaskLimitError for one that takes too long
   */
  async form(request: FormRequest, signal: AbortSignal): Promise<ResolvedForm> {
    const reply = await this.#run({ type: 'form', request }, signal);
    if (reply.type !== 'form') return mistaken();
    if (reply.reply.error !== undefined) throw new InputError(reply.reply.error);
    return reply.reply.form;
  }

  async step(request: StepRequest, signal: AbortSignal): Promise<StepReply> {
    const reply = await this.#run({ type: 'step', request }, signal);
    return reply.type === 'step' ? reply.reply : mistaken();
  }

  async output(
    output: JsonValue,
    request: Pick<StepRequest, 'context' | 'hasFailed' | 'hosts'>,
    signal: AbortSignal,
  ): Promise<JsonObject> {
    const reply = await this.#run({ type: 'output', output, request }, signal);
    return reply.type === 'output' ? reply.reply : mistaken();
  }

  async tree(request: TreeRequest, signal: AbortSignal): Promise<TreeReply> {
    const reply = await this.#run({ type: 'tree', request }, signal);
    return reply.type === 'tree' ? reply.reply : mistaken();
  }

  async file(
    content: Uint8Array,
    settings: FillingSettings,
    signal: AbortSignal,
  ): Promise<FileReply> {
    const reply = await this.#run({ type: 'file', content, settings }, signal);
    return reply.type === 'file' ? reply.reply : mistaken();
  }

  /** Whether patterns match texts that a Template has made. */
  async patterns(
    checks: readonly PatternCheck[],
    signal: AbortSignal,
  ): Promise<readonly PatternVerdict[]> {
    const reply = await this.#run({ type: 'patterns', checks }, signal);
    return reply.type === 'patterns' ? reply.reply.verdicts : mistaken();
  }

  /** Brings two changes of a text together; undefined for texts that differ in too much. */
  async merge(request: MergeRequest, signal: AbortSignal): Promise<MergeReply | undefined> {
    const reply = await this.#run({ type: 'merge', request }, signal);
    return reply.type === 'merge' ? reply.reply.merged : mistaken();
  }

  async #run(request: RenderRequest, signal: AbortSignal): Promise<RenderReply> {
    if (!this.#workers) return (await import('./perform')).perform(request);
    try {
      return await this.#workers.run(renderJob, request, {
        signal,
        isUrgent: true,
        keepWorker: KEPT,
      });
    } catch (error) {
      if (!(error instanceof WorkerFailure)) throw error;
      throw new TaskLimitError(STOPPED[error.reason]);
    }
  }
}

const STOPPED: Readonly<Record<WorkerFailureReason, string>> = {
  timeout: 'The template was stopped: working out its expressions took too long',
  crashed: 'The template was stopped: its expressions needed more memory than they may',
  // Not on this thread then: nobody could stop it.
  unavailable: 'The template cannot run: there is no thread for it',
};

/** Milliseconds for which the thread is kept: the next step mostly comes at once. */
const KEPT = 5000;

function mistaken(): never {
  throw new TypeError('The reply is not one to what was asked');
}

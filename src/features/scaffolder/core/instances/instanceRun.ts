import type {
  InstanceTaskEnd,
  InstanceTaskEvent,
  InstanceTemplates,
  TemplateInput,
  TemplateInstance,
  TemplateRunResult,
  TemplateTaskInstance,
} from '../../../../api';
import { errorMessage, messageWithAdvice } from '../../../../base';
import type { TaskAttempt } from '../tasks/taskSpec';
import { type InstanceRunDeps, isUnreachable, templatesOf } from './instanceForms';

type StartedTask = TemplateTaskInstance & { readonly taskId: string };

/** A task of a Backstage as a run in this window. */
export class InstanceRun {
  readonly #deps: InstanceRunDeps;
  #started: StartedTask | undefined;
  /** Id of the last reported event. Later events are new, also after a retry. */
  #after: number | undefined;
  /** Id of the last event before the retry. */
  #base: number | undefined;
  #hasEnded = false;

  constructor(deps: InstanceRunDeps) {
    this.#deps = deps;
  }

  /**
   * Starts a task.
   * @throws Error with a message for people
   */
  async start(
    { ref, instance }: { readonly ref: string; readonly instance: TemplateInstance },
    { secrets, values }: TemplateInput,
    signal: AbortSignal,
  ): Promise<void> {
    const templates = await templatesOf(instance, this.#deps);
    const { id, name, url } = instance;
    try {
      const taskId = await templates.start(ref, { secrets, values }, { signal });
      this.#started = { id, name, url, taskId };
    } catch (error) {
      const message = signal.aborted ? '' : messageWithAdvice(error);
      const isKnown = !isUnreachable(error) && !signal.aborted;
      const unknown = `The task may have started. Check the tasks on ${name} before you run it again.`;
      throw new Error(isKnown ? message : `${message} ${unknown}`.trim(), { cause: error });
    }
  }

  /**
   * Follows the started task to its end. Later calls retry it first.
   * @param secrets - for retries, because the server doesn't keep them
   * @throws Error with a message for people. The task may still be running.
   */
  async run(
    attempt: TaskAttempt,
    secrets: TemplateInput['secrets'] = {},
  ): Promise<TemplateRunResult> {
    const begun = this.#started ?? attempt.instance;
    if (!begun) throw new Error('The task was not started in Backstage');
    const templates = await templatesOf(begun, this.#deps);
    if (this.#hasEnded) {
      await withAdvice(templates.retry(begun.taskId, secrets, { signal: attempt.signal }));
      this.#hasEnded = false;
      this.#base = this.#after;
    }
    // After a lost connection, all events of this attempt are reported again.
    this.#after = this.#base;
    const result = await this.#follow(begun, templates, attempt);
    this.#hasEnded = true;
    return result;
  }

  async #follow(
    task: StartedTask,
    templates: InstanceTemplates,
    attempt: TaskAttempt,
  ): Promise<TemplateRunResult> {
    const { signal } = attempt;
    const cancel = (): void => {
      attempt.onLog({ stepId: undefined, message: `Canceling the task on ${task.name}` });
      templates.cancel(task.taskId, { signal }).catch((error: unknown) => {
        if (!signal.aborted)
          attempt.setTrouble(`Can't cancel the task: ${messageWithAdvice(error)}`);
      });
    };
    // Before its steps are known, so that the task isn't lost if the next request fails.
    attempt.delegateTo(task, { steps: [], cancel });
    const known = await templates.getTask(task.taskId, { signal }).catch(() => undefined);
    if (known?.steps.length) attempt.delegateTo(task, { steps: known.steps, cancel });
    const end = await withAdvice(
      templates.follow(task.taskId, {
        signal,
        after: this.#after,
        onEvent: event => this.#reportEvent(event, attempt),
        onConnection: connection =>
          attempt.setTrouble(
            connection.type === 'connected'
              ? undefined
              : `${connection.reason}. The task may still be running. Reconnecting to ${task.name}.`,
          ),
      }),
    );
    return resultOf(end);
  }

  #reportEvent(event: InstanceTaskEvent, attempt: TaskAttempt): void {
    const { id, stepId, status, message, createdAt, isFresh } = event;
    this.#after = id;
    // The server started again from the first step, after a restart or retry.
    if (isFresh) attempt.reset();
    attempt.onLog({
      stepId,
      message,
      ...(status && { status }),
      ...(createdAt !== undefined && { time: createdAt }),
    });
  }
}

function resultOf({ status, output, error }: InstanceTaskEnd): TemplateRunResult {
  return { status, output, error, steps: [], files: [] };
}

/** @throws the error with advice in its message, or an abort as it is */
async function withAdvice<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const message = messageWithAdvice(error);
    if (message === errorMessage(error)) throw error;
    throw new Error(message, { cause: error });
  }
}

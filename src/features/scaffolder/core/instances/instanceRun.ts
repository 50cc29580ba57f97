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
import { type InstanceRunDeps, isAway, templatesOf } from './instanceForms';

type BegunTask = TemplateTaskInstance & { readonly taskId: string };

/** A run of a Template on a Backstage, as a run of this window: begun, followed, run again. */
export class InstanceRun {
  readonly #deps: InstanceRunDeps;
  #begun: BegunTask | undefined;
  /** Id of the last event that was told: what comes after it is new, also where the task is run again. */
  #after: number | undefined;
  /** Of the last one before it was run again. */
  #base: number | undefined;
  #hasEnded = false;

  constructor(deps: InstanceRunDeps) {
    this.#deps = deps;
  }

  /**
   * Has a task begin.
   *
   * @throws an Error for people
   */
  async begin(
    { ref, instance }: { readonly ref: string; readonly instance: TemplateInstance },
    { secrets, values }: TemplateInput,
    signal: AbortSignal,
  ): Promise<void> {
    const templates = await templatesOf(instance, this.#deps);
    const { id, name, url } = instance;
    try {
      const taskId = await templates.start(ref, { secrets, values }, { signal });
      this.#begun = { id, name, url, taskId };
    } catch (error) {
      const message = signal.aborted ? '' : messageWithAdvice(error);
      const isKnown = !isAway(error) && !signal.aborted;
      const unknown = `Whether it has begun is not known: look at the tasks of ${name} before you run it again.`;
      throw new Error(isKnown ? message : `${message} ${unknown}`.trim(), { cause: error });
    }
  }

  /**
   * Follows the task that has begun to its end; from then on, has it run again before that.
   *
   * @param secrets - for when it is run again: the server does not keep them
   * @throws an Error for people, which says nothing of how it goes on there
   */
  async run(
    attempt: TaskAttempt,
    secrets: TemplateInput['secrets'] = {},
  ): Promise<TemplateRunResult> {
    const begun = this.#begun ?? attempt.instance;
    if (!begun) throw new Error('It has not begun on a Backstage');
    const templates = await templatesOf(begun, this.#deps);
    if (this.#hasEnded) {
      await forPeople(templates.retry(begun.taskId, secrets, { signal: attempt.signal }));
      this.#hasEnded = false;
      this.#base = this.#after;
    }
    // Whoever has lost sight of it is told anew what there is to tell.
    this.#after = this.#base;
    const result = await this.#follow(begun, templates, attempt);
    this.#hasEnded = true;
    return result;
  }

  async #follow(
    task: BegunTask,
    templates: InstanceTemplates,
    attempt: TaskAttempt,
  ): Promise<TemplateRunResult> {
    const { signal } = attempt;
    const cancel = (): void => {
      attempt.onLog({ stepId: undefined, message: `${task.name} is asked to cancel it` });
      templates.cancel(task.taskId, { signal }).catch((error: unknown) => {
        if (!signal.aborted)
          attempt.setTrouble(`It was not cancelled: ${messageWithAdvice(error)}`);
      });
    };
    // At once: it is not lost sight of where what it consists of is not told.
    attempt.goesOn(task, { steps: [], cancel });
    const known = await templates.getTask(task.taskId, { signal }).catch(() => undefined);
    if (known?.steps.length) attempt.goesOn(task, { steps: known.steps, cancel });
    const end = await forPeople(
      templates.follow(task.taskId, {
        signal,
        after: this.#after,
        onEvent: event => this.#tell(event, attempt),
        onConnection: connection =>
          attempt.setTrouble(
            connection.type === 'connected'
              ? undefined
              : `${connection.reason}. The task may go on there: ${task.name} is asked again and again.`,
          ),
      }),
    );
    return resultOf(end);
  }

  #tell(event: InstanceTaskEvent, attempt: TaskAttempt): void {
    const { id, stepId, status, message, createdAt, isFresh } = event;
    this.#after = id;
    // The server begins with the first step again: it was started anew, or somebody has it run again.
    if (isFresh) attempt.begin();
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

/** @throws the error with what to do about it in its message; one of a signal as it is */
async function forPeople<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const message = messageWithAdvice(error);
    if (message === errorMessage(error)) throw error;
    throw new Error(message, { cause: error });
  }
}

import type {
  ScaffolderAction,
  ScaffolderLogger,
  TemplateInfo,
  TemplateStepResult,
} from '../../../../api';
import { errorMessage, isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { recordAt } from '../../../../model/json';
import { Redactor, TimeSlicer } from '../../../../platform/core';
import type { TemplateEnvironment } from '../../../appConfig/core';
import { InputError, TaskLimitError } from '../../../scm/core/forgeFiles';
import type { RepoHosts } from '../../../scm/core/forges';
import type { StepIteration } from '../rendering/renderStep';
import type { TemplateEngine } from '../rendering/templateEngine';
import type { MemoryWorkspace } from '../workspace/memoryWorkspace';
import { exampleOutput } from './exampleOutput';
import { loggedJson, shortText } from './loggedJson';
import {
  type StepStatus,
  type TaskCheckpoint,
  type TaskLogEntry,
  type TaskResult,
  type TaskStep,
  taskSteps,
} from './taskEvents';

/** Input of a run. */
export interface TaskRequest {
  /** A valid Template. */
  readonly template: JsonObject;
  readonly templateInfo: TemplateInfo;
  readonly values: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  readonly user: { readonly ref?: string; readonly entity?: JsonObject };
  readonly taskId: string;
  /** The `environment` of all Templates. */
  readonly environment?: TemplateEnvironment | undefined;
  /** Whether only the workspace may change. */
  readonly isDryRun: boolean;
}

export interface TaskDeps {
  readonly engine: TemplateEngine;
  readonly action: (id: string) => ScaffolderAction | undefined;
  readonly workspace: MemoryWorkspace;
  readonly hosts: RepoHosts;
  readonly signal: AbortSignal;
  readonly onLog?: (entry: TaskLogEntry) => void;
  /** Checkpoint to resume from. The workspace must be a copy of its workspace. */
  readonly resume?: TaskCheckpoint;
  /** Receives the state before the first step that fails or is cancelled. */
  readonly onCheckpoint?: (checkpoint: TaskCheckpoint) => void;
}

/**
 * Runs a Template as Backstage does, with the same checks, steps, messages and outputs. The files are in the
 * workspace afterwards. Source: `NunjucksWorkflowRunner` and the router of `plugins/scaffolder-backend` 4.3.0.
 */
export async function runTask(request: TaskRequest, deps: TaskDeps): Promise<TaskResult> {
  const spec = recordAt(request.template, 'spec');
  try {
    // Backstage drops this name when it parses a request.
    const { ['__proto__']: _, ...requested } = request.values;
    const { errors, values, unusable } = await deps.engine.run(
      'parameters',
      {
        parameters: spec['parameters'],
        values: requested,
        secrets: { values: request.secrets, schema: recordAt(spec, 'secrets')['schema'] },
      },
      deps.signal,
    );
    if (errors.length > 0) {
      const error = errors.map(({ stack }) => stack).join(', ');
      return { status: 'failed', steps: [], output: {}, error, errors };
    }
    return await new TaskRun({ ...request, values }, deps).run(spec, unusable);
  } catch (error) {
    const status = deps.signal.aborted ? 'cancelled' : 'failed';
    return { status, steps: [], output: {}, error: errorMessage(error) };
  }
}

interface StepState {
  readonly step: TaskStep;
  status: StepStatus;
  readonly log: string[];
  output: JsonObject;
  /** Whether the action skipped itself. */
  isSkipped: boolean;
  readonly redactor: Redactor;
}

class TaskRun {
  readonly #request: TaskRequest;
  readonly #deps: TaskDeps;
  readonly #secrets: Set<string>;
  /** Unredacted, because steps work with secrets. */
  readonly #outputs: JsonObject;
  /** Redacts everything that leaves the steps. */
  readonly #redactor = new Redactor();
  #error: string | undefined;
  /** Whether a step exceeded a limit of the task. No other step runs then. */
  #hasExceededLimit = false;

  constructor(request: TaskRequest, deps: TaskDeps) {
    this.#request = request;
    this.#deps = deps;
    const { secrets, environment } = request;
    this.#secrets = new Set([
      ...Object.values(secrets),
      ...Object.values(environment?.secrets ?? {}),
      ...(deps.resume?.secrets ?? []),
    ]);
    this.#outputs = { ...deps.resume?.outputs };
  }

  /** @param unusable - error that keeps the task from starting */
  async run(spec: JsonObject, unusable: string | undefined): Promise<TaskResult> {
    const { engine, hosts, signal } = this.#deps;
    const states = taskSteps(spec['steps']).map((step): StepState => ({
      step,
      status: 'open',
      log: [],
      output: {},
      isSkipped: false,
      redactor: new Redactor(),
    }));
    this.#log(undefined, `Starting up task with ${states.length} steps`);
    if (unusable !== undefined) {
      const steps = states.map(state => this.#resultOf(state));
      return { status: 'failed', steps, output: {}, error: unusable };
    }
    const done = this.#deps.resume?.completed ?? [];
    if (done.length > 0) {
      this.#log(
        undefined,
        `Task recovered - resuming from last known good state. ${done.length} step(s) already completed.`,
      );
    }
    for (const [index, state] of states.entries()) {
      if (signal.aborted) state.status = 'skipped';
      else if (done.includes(index)) this.#skipCompleted(state);
      else await this.#runWithCheckpoint(states, () => this.#runStep(state));
    }
    this.#redactor.add(this.#secrets);
    const steps = states.map(state => this.#resultOf(state));
    if (signal.aborted) return { status: 'cancelled', steps, output: {}, error: this.#error };
    if (this.#error !== undefined) {
      return { status: 'failed', steps, output: {}, error: this.#error };
    }
    const output = await engine.run(
      'output',
      { output: spec['output'] ?? {}, context: this.#context(), hasFailed: false, hosts },
      signal,
    );
    return { status: 'completed', steps, output: this.#redactor.redactRecord(output) };
  }

  #resultOf({ step, status, log, output }: StepState): TemplateStepResult {
    const { id, name, action } = step;
    return { id, name, action, status, log, output: this.#redactor.redactRecord(output) };
  }

  /** Runs a step, and reports the state before it if it is the first that fails. */
  async #runWithCheckpoint(states: readonly StepState[], run: () => Promise<void>): Promise<void> {
    const { onCheckpoint, workspace } = this.#deps;
    if (!onCheckpoint || this.#error !== undefined) return run();
    const before: TaskCheckpoint = {
      completed: states.flatMap(({ status }, index) => (status === 'completed' ? [index] : [])),
      outputs: { ...this.#outputs },
      workspace: workspace.copy(),
      secrets: [...this.#secrets],
    };
    await run();
    if (this.#error !== undefined) onCheckpoint(before);
  }

  #skipCompleted(state: StepState): void {
    const { id } = state.step;
    const before = this.#outputs[id];
    state.output = recordAt(isRecord(before) ? before : {}, 'output');
    state.redactor.add(this.#secrets);
    const reason = `Skipping step ${id} because it was already completed in a previous run`;
    this.#log(state, reason, 'completed');
  }

  async #runStep(state: StepState): Promise<void> {
    const { step, redactor } = state;
    redactor.add(this.#secrets);
    const hasFailed = this.#error !== undefined;
    const skip = (): void =>
      this.#log(state, `Skipping step ${step.id} because a previous step failed`, 'skipped');
    if (this.#hasExceededLimit || (hasFailed && typeof step.if !== 'string')) return skip();
    try {
      const action = this.#deps.action(step.action);
      const reply = await this.#deps.engine.run(
        'step',
        {
          step: { id: step.id, if: step.if, each: step.each, input: step.input },
          action: {
            id: step.action,
            input: action?.schema?.input,
            supportsDryRun: action?.supportsDryRun ?? false,
          },
          context: this.#context(),
          secrets: this.#request.secrets,
          environmentSecrets: this.#request.environment?.secrets ?? {},
          hasFailed,
          isDryRun: this.#request.isDryRun,
          hosts: this.#deps.hosts,
        },
        this.#deps.signal,
      );
      if (hasFailed && !reply.asksForStatus) return skip();
      this.#log(state, `Beginning step ${step.name}`, 'processing');
      if (!reply.shouldRun) {
        const reason = `Skipping step ${step.id} because its if condition was false`;
        return this.#log(state, reason, 'skipped');
      }
      if (!action) throw new UnknownActionError(step.action);
      if (this.#request.isDryRun) {
        const shown = loggedJson(reply.shownInput);
        this.#log(
          state,
          `Running ${action.id} in dry-run mode with inputs (secrets redacted): ${shown}`,
        );
        if (!action.supportsDryRun) {
          this.#log(state, `Skipping because ${action.id} does not support dry-run`, 'skipped');
          return this.#setOutput(state, exampleOutput(action.schema?.output), reply.unusable);
        }
      }
      for (const { values, keys } of reply.redactions) {
        redactor.add([...values, ...keys]);
        // Later steps may repeat values with secrets. Backstage doesn't redact them then.
        for (const value of values) this.#secrets.add(value);
      }
      if (reply.error !== undefined) throw new InputError(reply.error);
      this.#setOutput(
        state,
        await this.#runAction(state, action, reply.iterations),
        reply.unusable,
      );
      if (this.#deps.signal.aborted) throw new Error('cancelled');
      if (state.isSkipped) return this.#log(state, `Skipped step ${step.name}`, 'skipped');
      this.#log(state, `Finished step ${step.name}`, 'completed');
    } catch (error) {
      this.#fail(state, error);
    }
  }

  /** @returns the output */
  async #runAction(
    state: StepState,
    action: ScaffolderAction,
    iterations: readonly StepIteration[],
  ): Promise<JsonObject> {
    const { step } = state;
    const { workspace, signal } = this.#deps;
    const { taskId, templateInfo, user, isDryRun, secrets } = this.#request;
    const output: JsonObject = {};
    // Outputs of all iterations, as a list per name.
    const lists = new Map<string, JsonValue[]>();
    const isLoop = step.each !== undefined && step.each !== null && step.each !== '';
    const slices = new TimeSlicer();
    for (const { each, shouldRun, input } of iterations) {
      if (slices.isOver) await slices.pause();
      if (signal.aborted) return output;
      if (each) {
        const verb = shouldRun ? 'Running' : 'Skipping';
        this.#log(state, `${verb} step each: ${formatEach(each)}`);
      }
      if (!shouldRun) continue;
      await action.handler({
        input,
        workspace,
        logger: this.#loggerFor(state),
        output(name, value) {
          const list = lists.get(name);
          if (list) list.push(value);
          else if (isLoop) lists.set(name, (output[name] = [value]));
          else output[name] = value;
        },
        skip: reason => {
          state.isSkipped = true;
          this.#log(state, reason);
        },
        secrets,
        step: { id: step.id, name: step.name },
        task: { id: taskId },
        templateInfo,
        user: user.ref === undefined ? {} : { ref: user.ref },
        isDryRun,
        signal,
      });
    }
    return output;
  }

  #loggerFor(state: StepState): ScaffolderLogger {
    const at = (level: TaskLogEntry['level']) => (message: string) =>
      this.#log(state, message, undefined, level);
    return { info: at('info'), warn: at('warn'), error: at('error') };
  }

  #setOutput(state: StepState, output: JsonObject, unusable: string | undefined): void {
    if (unusable !== undefined) throw new TypeError(unusable);
    // A copy, so that the action can't change it later.
    state.output = structuredClone(output);
    this.#outputs[state.step.id] = { output: state.output };
  }

  #fail(state: StepState, error: unknown): void {
    const { step } = state;
    if (error instanceof TaskLimitError) this.#hasExceededLimit = true;
    if (this.#deps.signal.aborted) {
      this.#error ??= `Step ${step.id} (${step.name}) of task ${this.#request.taskId} has been cancelled.`;
      return this.#log(state, `Step ${step.id} has been cancelled.`, 'cancelled');
    }
    const message = state.redactor.redact(errorMessage(error));
    const name = error instanceof Error ? error.name : 'Error';
    this.#log(state, `${name}: ${message}`, 'failed', 'error');
    if (this.#error === undefined) this.#error = message;
    else this.#log(state, `Additional error occurred: ${message}`, 'failed', 'error');
  }

  #log(
    state: StepState | undefined,
    text: string,
    status?: StepStatus,
    level: TaskLogEntry['level'] = 'info',
  ): void {
    const message = state ? state.redactor.redact(text) : text;
    if (state) {
      state.log.push(level === 'info' ? message : `${level}: ${message}`);
      if (status) state.status = status;
    }
    this.#deps.onLog?.({
      stepId: state?.step.id,
      ...(status ? { status } : {}),
      level,
      message,
    });
  }

  #context(): JsonObject {
    const { values, user, taskId, environment } = this.#request;
    return {
      parameters: values,
      environment: { parameters: environment?.parameters ?? {}, secrets: {} },
      steps: this.#outputs,
      user,
      context: { task: { id: taskId } },
    };
  }
}

/** Source: `DefaultTemplateActionRegistry`. */
class UnknownActionError extends Error {
  override readonly name = 'NotFoundError';

  constructor(id: string) {
    super(
      `Template action with ID '${id}' is not registered. See https://backstage.io/docs/features/software-templates/builtin-actions/ on how to add a new action module.`,
    );
  }
}

/** Source: `stringifyEachLogValue` of `NunjucksWorkflowRunner`, which doesn't show nested values. */
function formatEach(each: { readonly key: string; readonly value: JsonValue }): string {
  return JSON.stringify({ key: each.key, value: shortText(each.value) });
}

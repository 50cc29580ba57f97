import { createTemplateRenderer, type PreparedTemplateContext } from 'nunjitsu';
import { errorMessage, isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { jsonRecord } from '../../../../model/json';
import type { RepoHosts } from '../../../scm/core/forges';
import { validationErrors } from '../parameters/validate';
import { ReadingBudget } from './readingBudget';
import { addedBySecrets, type Redactions } from './redactions';
import { templateFilters } from './templateFilters';

/** A step with the context of its expressions. Plain data, which can be sent to a worker. */
export interface StepRequest {
  readonly step: {
    readonly id: string;
    readonly if?: JsonValue | undefined;
    readonly each?: JsonValue | undefined;
    readonly input?: JsonValue | undefined;
  };
  readonly action: {
    readonly id: string;
    readonly input: JsonObject | undefined;
    readonly supportsDryRun: boolean;
  };
  /** `parameters`, `steps`, `user`, `context` and `environment`, without secrets. */
  readonly context: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  /** Secrets of the environment. A dry run only shows their names. */
  readonly environmentSecrets: Readonly<Record<string, string>>;
  /** Whether an earlier step has failed. */
  readonly hasFailed: boolean;
  readonly isDryRun: boolean;
  readonly hosts: RepoHosts;
}

export interface StepReply {
  /** Whether `if` calls `always()` or `failure()`. Other steps don't run after a failure. */
  readonly asksForStatus: boolean;
  /** Result of `if` for the whole step. With `each`, each iteration evaluates it. */
  readonly shouldRun: boolean;
  /** Redacted input that a dry run logs. */
  readonly shownInput?: JsonValue | undefined;
  readonly iterations: readonly StepIteration[];
  /** Texts to redact in logs. */
  readonly redactions: readonly Redactions[];
  /** Error if the step's id is a name that expressions reserve. */
  readonly unusable?: string | undefined;
  /** Message of an InputError in the step. */
  readonly error?: string | undefined;
}

export interface StepIteration {
  readonly each?: { readonly key: string; readonly value: JsonValue } | undefined;
  readonly shouldRun: boolean;
  readonly input: JsonObject;
}

/**
 * Renders a step: whether it runs, its iterations and inputs. Source: `executeStep` of
 * `NunjucksWorkflowRunner`, `plugins/scaffolder-backend` 4.3.0.
 */
export function renderStep(request: StepRequest): StepReply {
  const { step, action, isDryRun } = request;
  const renderer = new ValueRenderer(request);
  const asksForStatus = typeof step.if === 'string' && renderer.asksForStatus(step.if);
  const shouldRun =
    step.if !== false &&
    (typeof step.if !== 'string' || step.each !== undefined || isTruthy(renderer.render(step.if)));
  const unusable = renderer.reservedNameError(step.id);
  const reply = { asksForStatus, shouldRun, iterations: [], redactions: [], unusable };
  if (!shouldRun) return reply;
  const shownInput = isDryRun
    ? ((step.input ? renderer.render(step.input, 'redacted') : undefined) ?? {})
    : undefined;
  if (isDryRun && !action.supportsDryRun) return { ...reply, shownInput };
  const each = iterationsOf(step.each, action.id, renderer);
  if (typeof each === 'string') return { ...reply, shownInput, error: each };
  const redactions = [...each.redactions];
  const iterations: StepIteration[] = [];
  let size = 0;
  let error: string | undefined;
  for (const iteration of each.entries) {
    const { input, ...others } = renderIteration(iteration, step, renderer);
    size += JSON.stringify(input).length;
    if (size > MAX_INPUT) {
      const limit = `${MAX_INPUT / 1024 / 1024} MB`;
      error = `Invalid input passed to action ${action.id}, it is larger than ${limit}`;
      return { ...reply, shownInput, redactions, error };
    }
    redactions.push(...others.redactions);
    iterations.push({ each: iteration.each, shouldRun: others.shouldRun, input });
    if (!others.shouldRun || error !== undefined || !action.input) continue;
    const errors = validationErrors(input, action.input);
    if (errors.length === 0) continue;
    const key = iteration.each ? `[${iteration.each.key}]` : '';
    error = `Invalid input passed to action ${action.id}${key}, ${errors.map(({ stack }) => stack).join(', ')}`;
  }
  return { ...reply, shownInput, iterations, redactions, error };
}

interface OutputRequest extends Pick<StepRequest, 'context' | 'hasFailed' | 'hosts'> {
  /** `spec.output`. */
  readonly output: JsonValue;
}

/** Renders the output of a Template, without secrets. */
export function renderOutput({ output, ...request }: OutputRequest): JsonObject {
  const renderer = new ValueRenderer({
    ...request,
    secrets: undefined,
    environmentSecrets: {},
    isDryRun: false,
  });
  const rendered = renderer.render(output);
  if (!isRecord(rendered)) return {};
  const result: JsonObject = { ...rendered };
  for (const key of ['links', 'text']) {
    const items = result[key];
    if (Array.isArray(items)) result[key] = withoutDisabled(items);
  }
  return result;
}

/** Maximum number of iterations of `each`. Backstage has no limit. */
export const MAX_ITERATIONS = 10_000;

/** Maximum size of all inputs of a step, in characters of JSON. */
const MAX_INPUT = 32 * 1024 * 1024;

interface EachContext {
  readonly key?: string;
  readonly value?: JsonValue | undefined;
}

interface Iteration {
  readonly each?: { readonly key: string; readonly value: JsonValue };
  /** The value without secrets. */
  readonly eachWithout?: EachContext;
}

function iterationsOf(
  each: JsonValue | undefined,
  actionId: string,
  renderer: ValueRenderer,
): { entries: readonly Iteration[]; redactions: readonly Redactions[] } | string {
  if (each === undefined) return { entries: [{}], redactions: [] };
  const resolved = renderer.render(each, 'secret');
  if (resolved === undefined) {
    return `Invalid value on action ${actionId}.each parameter, "${textOf(each)}" cannot be resolved to a value`;
  }
  if (resolved === null || typeof resolved !== 'object') {
    return `Invalid value on action ${actionId}.each parameter, must resolve to an array or object`;
  }
  const entries = Object.entries(resolved);
  if (entries.length > MAX_ITERATIONS) {
    return `Invalid value on action ${actionId}.each parameter, it has ${entries.length} items, but a step runs at most ${MAX_ITERATIONS} times`;
  }
  const other = renderer.hasSecrets ? renderer.render(each, 'without') : resolved;
  const entriesWithout: readonly [string, JsonValue | undefined][] = Array.isArray(resolved)
    ? entries.map(([key]) => [key, Array.isArray(other) ? other[Number(key)] : undefined])
    : Object.entries(isRecord(other) ? other : {});
  return {
    entries: entries.map(([key, value], index) => {
      const without = entriesWithout[index];
      return {
        each: { key, value },
        eachWithout: without ? { key: without[0], value: without[1] } : {},
      };
    }),
    redactions: renderer.hasSecrets ? [addedBySecrets(entries, entriesWithout)] : [],
  };
}

function renderIteration(
  { each, eachWithout }: Iteration,
  step: StepRequest['step'],
  renderer: ValueRenderer,
): { shouldRun: boolean; input: JsonObject; redactions: readonly Redactions[] } {
  const shouldRun = !each || !step.if || isTruthy(renderer.render(step.if, 'secret', each));
  const input = step.input ? renderer.render(step.input, 'secret', each) : {};
  const redactions: Redactions[] = [];
  if (renderer.hasSecrets) {
    if (each) redactions.push(addedBySecrets(each, eachWithout));
    if (shouldRun && step.input) {
      const without = renderer.render(
        step.input,
        'without',
        eachWithout && jsonRecord(eachWithout),
      );
      redactions.push(addedBySecrets(input, without));
    }
  }
  return { shouldRun, input: isRecord(input) ? input : {}, redactions };
}

/** The user's token, which Backstage adds to the secrets. Its dry run shows a redacted one. */
const TOKEN = 'backstageToken';

type Secrecy = 'none' | 'redacted' | 'secret' | 'without';

/** Renders values with secrets, without them, or redacted. */
class ValueRenderer {
  readonly hasSecrets: boolean;
  readonly #renderer;
  readonly #budget = new ReadingBudget();
  readonly #contexts: Readonly<Record<Secrecy, PreparedTemplateContext>>;
  #callsStatus = false;

  constructor({
    context,
    secrets,
    environmentSecrets,
    isDryRun,
    hasFailed,
    hosts,
  }: Pick<StepRequest, 'context' | 'environmentSecrets' | 'isDryRun' | 'hasFailed' | 'hosts'> & {
    readonly secrets: StepRequest['secrets'] | undefined;
  }) {
    this.#renderer = createTemplateRenderer({
      // A pattern can run forever. The worker's timeout stops it.
      allowRegexExecution: true,
      filters: templateFilters(hosts),
      globals: {
        always: () => (this.#callsStatus = true),
        failure: () => {
          this.#callsStatus = true;
          return hasFailed;
        },
      },
    });
    const none = this.#renderer.prepareContext(context);
    const names = [...Object.keys(secrets ?? {}), TOKEN];
    const hide = (hidden: readonly string[]): JsonObject =>
      Object.fromEntries(hidden.map(name => [name, '***']));
    const ofEnvironment = Object.keys(environmentSecrets);
    this.hasSecrets = Object.keys(secrets ?? {}).length > 0 || ofEnvironment.length > 0;
    this.#contexts = {
      none,
      redacted: none
        .withValue(['environment', 'secrets'], hide(ofEnvironment))
        .withValue(['secrets'], hide(names)),
      secret: none
        .withValue(['environment', 'secrets'], isDryRun ? {} : environmentSecrets)
        .withValue(['secrets'], secrets ?? {}),
      without: none.withValue(['secrets'], {}),
    };
  }

  reservedNameError(stepId: string): string | undefined {
    try {
      this.#contexts.none.withValue(['steps', stepId], {});
      return undefined;
    } catch (error) {
      return errorMessage(error);
    }
  }

  asksForStatus(condition: string): boolean {
    this.#callsStatus = false;
    this.render(condition);
    return this.#callsStatus;
  }

  /**
   * Renders the expressions in all strings of a value. Keeps those that fail, and removes those without a
   * result.
   */
  render(value: JsonValue, secrecy: Secrecy = 'none', each?: JsonObject): JsonValue | undefined {
    const context = this.#contexts[secrecy];
    const prepared = each ? context.withValue(['each'], each) : context;
    return JSON.parse(JSON.stringify(value), (_key, part: unknown) => {
      if (typeof part !== 'string') return part;
      this.#budget.spend(part, { name: 'A value of the step' });
      try {
        return this.#renderer.renderValue(part, prepared, { coercion: 'json' });
      } catch {
        // Backstage leaves what it can't render as it is, too.
        return part;
      }
    }) as JsonValue | undefined;
  }
}

/** Source: `isTruthy` of `plugins/scaffolder-backend`. */
function isTruthy(value: JsonValue | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** Removes links and texts whose `if` is false. */
function withoutDisabled(items: readonly JsonValue[]): JsonValue[] {
  return items.flatMap((item): JsonValue[] => {
    if (!isRecord(item)) return [item];
    const { if: condition, ...rest } = item;
    return 'if' in item && !isTruthy(condition) ? [] : [rest];
  });
}

/** Text as it is, other values as JSON. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

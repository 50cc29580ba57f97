import * as vscode from 'vscode';
import type {
  ActionsService,
  BackstageInstances,
  TemplateInput,
  TemplateRunOptions,
  TemplateRunResult,
} from '../../../../api';
import { errorMessage, isAbort, type Logger, messageWithAdvice, printable } from '../../../../base';
import type { JsonObject } from '../../../../model';
import { withoutLinks } from '../../../../platform/core';
import type { OutputFolder } from '../../../../platform/core/ports';
import { ScmIntegrations } from '../../../scm/core/urlReaders';
import {
  emptyForm,
  loadInstanceRunner,
  plainValues,
  type ScaffolderEngine,
  type ServedTemplate,
  type TaskAttempt,
} from '../../core';
import { confirm } from '../consent/agreement';
import { asksForAccess } from '../tokens/requestedAccess';
import { compareWithFolder, withWindowProgress, type RunLog } from './attempts';
import { openTask, showOutcome, type VsCodeTaskDesk } from './taskDesk';

export interface InstanceRunsDeps {
  readonly actions: ActionsService;
  readonly instances: BackstageInstances;
  readonly logger: Logger;
  readonly log: RunLog;
  readonly tasks: VsCodeTaskDesk;
  /** Git hosts by type. */
  readonly hosts: () => Promise<ReadonlyMap<string, string>>;
  readonly engine: Pick<ScaffolderEngine, 'resolveForm'>;
}

interface Request {
  readonly template: ServedTemplate;
  readonly input: TemplateInput;
}

/** Runs and previews templates in Backstage, after the user agrees. */
export class InstanceRuns {
  readonly #deps: InstanceRunsDeps;

  constructor(deps: InstanceRunsDeps) {
    this.#deps = deps;
  }

  /**
   * @returns whether it has started. False if the user cancelled
   * @throws Error with a message for people
   */
  async create({ template, input }: Request): Promise<boolean> {
    if (!(await this.#confirm({ template, input }))) return false;
    const { instance, title } = template;
    const { InstanceRun } = await loadInstanceRunner();
    const run = new InstanceRun(this.#deps);
    await this.#deps.actions.withProgress(
      vscode.l10n.t('Running {0} on {1}…', title, instance.name),
      ({ signal }) => run.start(template, input, signal),
    );
    void this.#follow(template, tasks =>
      tasks.start({
        template,
        input,
        folder: undefined,
        isDryRun: false,
        instance,
        mayRetry: () => confirmRetry(template),
        run: async attempt => {
          this.#deps.log.begin(title);
          await openTask(attempt.id);
          return this.#showOutcome(
            attempt,
            title,
            await run.run(this.#withLog(attempt), input.secrets),
          );
        },
      }),
    );
    return true;
  }

  /** Follows a task that another window started. */
  async follow(attempt: TaskAttempt): Promise<TemplateRunResult> {
    const { title = '' } = this.#deps.tasks.get(attempt.id) ?? {};
    const { InstanceRun } = await loadInstanceRunner();
    const run = new InstanceRun(this.#deps);
    return this.#showOutcome(attempt, title, await run.run(this.#withLog(attempt)));
  }

  /** Runs a dry run on the server. */
  async preview(
    { template, input }: Request,
    { signal, onLog }: TemplateRunOptions,
  ): Promise<TemplateRunResult> {
    const { instances, hosts } = this.#deps;
    const { fetchesRelativeUrls, templatesOf, withAbsoluteUrls } = await loadInstanceRunner();
    const known = await hosts();
    const integrations = new ScmIntegrations(() => known);
    const absolute = withAbsoluteUrls(template.entity, {
      resolveUrl: (reference, base) => integrations.resolveUrl(reference, base),
    });
    const { apiVersion = '', kind = '', metadata = {}, spec = {} } = absolute;
    const entity = { apiVersion, kind, metadata, spec };
    const templates = await templatesOf(template.instance, { instances });
    let result: TemplateRunResult;
    try {
      result = await templates.dryRun(entity, input, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw new Error(messageWithAdvice(error), { cause: error });
    }
    for (const { id: stepId, log, status } of result.steps) {
      for (const message of log.slice(0, -1)) onLog?.({ stepId, message });
      const last = log.at(-1);
      if (last !== undefined) onLog?.({ stepId, status, message: last });
    }
    if (result.status !== 'failed' || !fetchesRelativeUrls(entity)) return result;
    const note = vscode.l10n.t(
      "The dry run can't include files next to the template, because the location of the template isn't a URL.",
    );
    return { ...result, error: [result.error, note].join(' ') };
  }

  /** @param output - folder to compare the files with, if any */
  async showDryRun(
    { template, input }: Request,
    {
      folder,
      output,
    }: { readonly folder: string | undefined; readonly output?: OutputFolder | undefined },
  ): Promise<void> {
    const { instance, title } = template;
    const { actions, log, tasks } = this.#deps;
    await tasks.start({
      template,
      input,
      folder,
      isDryRun: true,
      instance,
      run: async attempt => {
        log.begin(vscode.l10n.t('{0} (dry run on {1})', title, instance.name));
        await openTask(attempt.id);
        const logged = this.#withLog(attempt);
        return withWindowProgress(
          vscode.l10n.t('Previewing {0} on {1}…', title, instance.name),
          attempt,
          {
            actions,
            run: async ({ signal }) => {
              const result = await this.preview(
                { template, input },
                { signal, onLog: line => logged.onLog(line) },
              );
              attempt.setFiles(await compareWithFolder(result.files, output));
              return result;
            },
          },
        );
      },
    });
  }

  /** Shows the outcome of a run, with actions. */
  #showOutcome({ id }: TaskAttempt, title: string, result: TemplateRunResult): TemplateRunResult {
    const { status, error, output } = result;
    const { instance } = this.#deps.tasks.get(id) ?? {};
    if (!instance || status === 'cancelled') return result;
    const isDone = status === 'completed';
    const message = isDone
      ? vscode.l10n.t('{0} completed on {1}.', title, instance.name)
      : vscode.l10n.t('{0} failed on {1}: {2}', title, instance.name, error ?? '');
    showOutcome({ id, message, isDone, output }, this.#deps.actions);
    return result;
  }

  /** Runs in the background, and shows errors itself. */
  async #follow(
    { title, instance }: ServedTemplate,
    start: (tasks: VsCodeTaskDesk) => Promise<unknown>,
  ): Promise<void> {
    try {
      await start(this.#deps.tasks);
    } catch (error) {
      if (isAbort(error)) return;
      this.#deps.logger.error(`Can't follow ${title} on ${instance.name}`, error);
      const message = vscode.l10n.t(
        "Can't get the status of {0} from {1}: {2}",
        ...([title, instance.name, errorMessage(error)] as const),
      );
      void vscode.window.showWarningMessage(withoutLinks(message));
    }
  }

  /** Writes the attempt's log to the output channel, too. */
  #withLog(attempt: TaskAttempt): TaskAttempt {
    return {
      ...attempt,
      onLog: line => {
        const redacted = attempt.onLog(line);
        this.#deps.log.append(line.stepId, redacted);
        return redacted;
      },
    };
  }

  async #confirm({ template, input }: Request): Promise<boolean> {
    const { title, instance, ref } = template;
    const state = { ...emptyForm, values: input.values };
    const form = await this.#deps.engine.resolveForm(ref, state, new AbortController().signal);
    const { values } = plainValues(input, form.draft.values);
    const secrets = Object.keys(input.secrets);
    const detail = [
      vscode.l10n.t('It runs at {0} with the permissions of that Backstage.', instance.url),
      ...valueLines(values),
      ...(secrets.length > 0
        ? [vscode.l10n.t('Secrets (sent, but not stored): {0}', secrets.join(', '))]
        : []),
      ...(asksForAccess(template)
        ? [
            vscode.l10n.t(
              "It requests your access to a git host. Callboard doesn't pass it on to Backstage, so steps that need it fail.",
            ),
          ]
        : []),
    ].join('\n');
    const question = vscode.l10n.t('Run {0} on {1}?', title, instance.name);
    return confirm(question, detail, vscode.l10n.t('Run'));
  }
}

function confirmRetry({ title, instance }: ServedTemplate): Promise<boolean> {
  return confirm(
    vscode.l10n.t('Run {0} on {1} again?', title, instance.name),
    vscode.l10n.t(
      "Its steps run again at {0} with the same values and secrets. Their previous results aren't undone.",
      instance.url,
    ),
    vscode.l10n.t('Run'),
  );
}

/** Maximum number of values in a question. */
const MOST_VALUES = 15;
const LONGEST_VALUE = 100;

function valueLines(values: JsonObject): readonly string[] {
  const lines = Object.entries(values).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const line = printable(`${name}: ${text}`.replace(/\s+/g, ' '));
    return line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE)}…` : line;
  });
  const more = lines.length - MOST_VALUES;
  const rest = more > 0 ? [vscode.l10n.t('and {0} more', more)] : [];
  return [...lines.slice(0, MOST_VALUES), ...rest];
}

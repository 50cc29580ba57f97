import * as vscode from 'vscode';
import type {
  ActionProgress,
  ActionsService,
  LoadedTemplate,
  TemplateFile,
  TemplateInput,
  TemplateRunResult,
} from '../../../../api';
import { type Disposable, DisposableStore, errorMessage, isSameBytes } from '../../../../base';
import type { OutputFolder } from '../../../../platform/core/ports';
import { isCancellation } from '../../../../platform/vscode/convert';
import {
  type MadeFile,
  type RunSettings,
  type ScaffolderEngine,
  type TaskAttempt,
} from '../../core';

export interface AttemptDeps {
  readonly actions: ActionsService;
  readonly engine: ScaffolderEngine;
  readonly log: RunLog;
  /** Remote access. */
  readonly remote: RunSettings['remote'];
}

/** Template and input of a run. */
export interface AttemptRequest {
  readonly template: LoadedTemplate;
  readonly input: TemplateInput;
}

/**
 * Runs the steps of a template, or the remaining ones. Reports their redacted logs to the task, the progress
 * and the output channel.
 */
export function runSteps(
  { template, input }: AttemptRequest,
  attempt: TaskAttempt,
  {
    signal,
    report,
    isDryRun,
    engine,
    log,
    remote,
    publication,
  }: ActionProgress & Omit<AttemptDeps, 'actions'> & Pick<RunSettings, 'isDryRun' | 'publication'>,
): Promise<TemplateRunResult> {
  return engine.runInMemory(template.ref, input, {
    signal,
    isDryRun,
    remote,
    publication,
    resume: attempt.resume,
    onLog(line) {
      const redacted = attempt.onLog(line);
      report(redacted.split('\n')[0] ?? '');
      log.append(line.stepId, redacted);
    },
    onCheckpoint: attempt.onCheckpoint,
  });
}

/** Shows cancellable progress in the window. Errors become results. */
export async function withWindowProgress(
  title: string,
  attempt: TaskAttempt,
  {
    actions,
    run,
  }: {
    readonly actions: ActionsService;
    readonly run: (progress: ActionProgress) => Promise<TemplateRunResult | undefined>;
  },
): Promise<TemplateRunResult | undefined> {
  try {
    return await actions.withProgress(title, ({ signal, report }) =>
      run({ signal: AbortSignal.any([signal, attempt.signal]), report }),
    );
  } catch (error) {
    const outcome = isCancellation(error)
      ? ({ status: 'cancelled' } as const)
      : ({ status: 'failed', error: errorMessage(error) } as const);
    return { steps: [], output: {}, files: [], ...outcome };
  }
}

/**
 * Compares the files of a run with existing ones.
 * @param output - target folder. Undefined if there is none
 */
export async function compareWithFolder(
  files: readonly TemplateFile[],
  output: OutputFolder | undefined,
): Promise<readonly MadeFile[]> {
  const there = (await output?.list())?.length ? output : undefined;
  const compared: MadeFile[] = [];
  for (const file of files) {
    const before = await there?.read(file.path);
    compared.push({ ...file, before, change: changeOf(file.content, before) });
  }
  return compared;
}

function changeOf(content: Uint8Array, before: Uint8Array | undefined): MadeFile['change'] {
  if (!before) return 'added';
  return isSameBytes(before, content) ? 'unchanged' : 'changed';
}

/** Output channel with the logs of runs, created with the first run. */
export class RunLog implements Disposable {
  readonly #store = new DisposableStore();
  #channel: vscode.OutputChannel | undefined;

  append(stepId: string | undefined, message: string): void {
    this.#open().appendLine(stepId === undefined ? message : `[${stepId}] ${message}`);
  }

  /** Starts the log of a run. */
  begin(title: string): void {
    this.#open().appendLine(`${title}:`);
  }

  show(preserveFocus: boolean): void {
    this.#open().show(preserveFocus);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #open(): vscode.OutputChannel {
    return (this.#channel ??= this.#store.add(
      vscode.window.createOutputChannel(vscode.l10n.t('Callboard Templates')),
    ));
  }
}

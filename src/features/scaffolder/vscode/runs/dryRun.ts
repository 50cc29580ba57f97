import * as vscode from 'vscode';
import type { TemplateRunResult } from '../../../../api';
import type { OutputFolder } from '../../../../platform/core/ports';
import type { TaskAttempt } from '../../core';
import { type AttemptDeps, type AttemptRequest, inWindow, runSteps } from './attempts';
import { comparedFiles } from './comparedFiles';
import { openTask } from './taskDesk';

export interface DryRunDeps extends AttemptDeps {
  /** What the files are held against; undefined: nothing. */
  readonly output: OutputFolder | undefined;
}

/** Shows what a template would make: in memory, where what publishes or registers is only pretended. */
export async function dryRun(
  request: AttemptRequest,
  attempt: TaskAttempt,
  { output, ...deps }: DryRunDeps,
): Promise<TemplateRunResult | undefined> {
  const { title } = request.template;
  deps.log.begin(vscode.l10n.t('{0} (dry run)', title));
  await openTask(attempt.id);
  return inWindow(vscode.l10n.t('Trying {0}…', title), attempt, {
    actions: deps.actions,
    run: async progress => {
      const result = await runSteps(request, attempt, { ...deps, ...progress, isDryRun: true });
      attempt.made(await comparedFiles(result.files, output));
      return result;
    },
  });
}

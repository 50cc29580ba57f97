import type { TemplateFile, TemplateRunResult } from '../../../../api';
import { type Logger } from '../../../../base';
import { decodeText } from '../../../../platform/core/files';
import type { OutputFolder } from '../../../../platform/core/ports';
import { toUri } from '../../../../platform/vscode/convert';
import { readSetting } from '../../../../platform/vscode/trust';
import { RECORD_PATH, type RecordedRun } from '../../core';
import { ProjectUpdates, type ProjectUpdatesDeps, readRecords, withRecord } from '../../core/drift';
import { TemplateUpdates, type TemplateUpdatesDeps } from './templateUpdates';

interface RunRecordsDeps {
  readonly updates: ProjectUpdates;
  readonly logger: Logger;
  /** Input of a completed run. Undefined for others. */
  readonly runOf: (result: TemplateRunResult) => RecordedRun | undefined;
  readonly openOutput: (folder: string) => Promise<OutputFolder>;
}

/** Adds the record of the template to the files of a run, unless the setting disables it. */
export class RunRecords {
  readonly #deps: RunRecordsDeps;
  /**
   * Records from `withRecord`. A template may create a file with the same name, which ignores existing records.
   */
  readonly #own = new WeakSet<TemplateFile>();

  constructor(deps: RunRecordsDeps) {
    this.#deps = deps;
  }

  /** @param folder - URI of the target folder */
  async withRecord(
    result: TemplateRunResult,
    { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
  ): Promise<TemplateRunResult> {
    const { updates, runOf, openOutput, logger } = this.#deps;
    const run = runOf(result);
    if (!run || run.run.files.size === 0 || !isRecordingEnabled(folder)) return result;
    try {
      const record = await updates.record(run, signal);
      const before = await (await openOutput(folder)).read(RECORD_PATH);
      const text = withRecord(before && decodeText(before), record);
      const file = {
        path: RECORD_PATH,
        content: new TextEncoder().encode(text),
        isExecutable: false,
      };
      this.#own.add(file);
      const others = result.files.filter(({ path }) => path !== RECORD_PATH);
      return { ...result, files: [...others, file] };
    } catch (error) {
      signal.throwIfAborted();
      // The template's files matter more than the record.
      logger.error(`Can't record the template of ${folder}`, error);
      return result;
    }
  }

  /** Whether a new record includes the existing records of a folder. */
  async isRecordKept(record: TemplateFile, folder: string): Promise<boolean> {
    if (!this.#own.has(record)) return false;
    const before = await (await this.#deps.openOutput(folder)).read(RECORD_PATH);
    return before !== undefined && readRecords(decodeText(before), folder).problems.length === 0;
  }
}

function isRecordingEnabled(folder: string): boolean {
  return readSetting('callboard.templates.record', toUri(folder)) !== false;
}

type Own = 'updates';

/** Records the templates of projects, and updates projects from them. */
export class ProjectDrift extends RunRecords {
  readonly #updates: TemplateUpdates;

  constructor(
    deps: ProjectUpdatesDeps & Omit<RunRecordsDeps, Own> & Omit<TemplateUpdatesDeps, Own>,
  ) {
    const updates = new ProjectUpdates(deps);
    super({ ...deps, updates });
    this.#updates = new TemplateUpdates({ ...deps, updates });
  }

  check(folder: string | undefined): Promise<void> {
    return this.#updates.check(folder);
  }
}

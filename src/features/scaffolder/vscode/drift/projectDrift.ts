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
  /** What a run was given; undefined for what is no whole run. */
  readonly runOf: (result: TemplateRunResult) => RecordedRun | undefined;
  readonly openOutput: (folder: string) => Promise<OutputFolder>;
}

/** Adds to what a run writes what the project was made from, unless the user does not want that. */
export class RunRecords {
  readonly #deps: RunRecordsDeps;
  /** Those that were made here: a template may make a file of that name, too, which knows nothing of what is there. */
  readonly #own = new WeakSet<TemplateFile>();

  constructor(deps: RunRecordsDeps) {
    this.#deps = deps;
  }

  /** @param folder - URI of what is written to */
  async withRecord(
    result: TemplateRunResult,
    { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
  ): Promise<TemplateRunResult> {
    const { updates, runOf, openOutput, logger } = this.#deps;
    const run = runOf(result);
    if (!run || run.run.files.size === 0 || !isWanted(folder)) return result;
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
      // What the template made is what counts.
      logger.error(`What ${folder} is made from could not be noted`, error);
      return result;
    }
  }

  /** Whether what stands in a folder stays a part of a record that is written there. */
  async isRecordKept(record: TemplateFile, folder: string): Promise<boolean> {
    if (!this.#own.has(record)) return false;
    const before = await (await this.#deps.openOutput(folder)).read(RECORD_PATH);
    return before !== undefined && readRecords(decodeText(before), folder).problems.length === 0;
  }
}

function isWanted(folder: string): boolean {
  return readSetting('callboard.templates.record', toUri(folder)) !== false;
}

type Own = 'updates';

/** Notes what projects are made from, and brings in what their templates have gained since. */
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

import type { TemplateFile, TemplateRunResult } from '../../../../api';
import { ProjectUpdates, type ProjectUpdatesDeps } from '../../core/drift';
import { RunRecords, type RunRecordsDeps } from './runRecords';
import { TemplateUpdates, type TemplateUpdatesDeps } from './templateUpdates';

type Own = 'updates';

export type ProjectDriftDeps = ProjectUpdatesDeps &
  Omit<RunRecordsDeps, Own> &
  Omit<TemplateUpdatesDeps, Own>;

/** Notes what projects are made from, and brings in what their templates have gained since. */
export class ProjectDrift {
  readonly #records: RunRecords;
  readonly #updates: TemplateUpdates;

  constructor(deps: ProjectDriftDeps) {
    const updates = new ProjectUpdates(deps);
    this.#records = new RunRecords({ ...deps, updates });
    this.#updates = new TemplateUpdates({ ...deps, updates });
  }

  /** What a run writes, with what says from what it was made; unless the user does not want that. */
  withRecord(
    result: TemplateRunResult,
    place: { readonly folder: string; readonly signal: AbortSignal },
  ): Promise<TemplateRunResult> {
    return this.#records.withRecord(result, place);
  }

  /** Whether what says so in a folder already stays a part of a record that is written there. */
  isRecordKept(record: TemplateFile, folder: string): Promise<boolean> {
    return this.#records.isKept(record, folder);
  }

  check(folder: string | undefined): Promise<void> {
    return this.#updates.check(folder);
  }
}

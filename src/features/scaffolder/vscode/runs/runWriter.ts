import * as vscode from 'vscode';
import type { TemplateRunResult } from '../../../../api';
import type { OutputFolder, Undo } from '../../../../platform/core/ports';
import { VsCodeOutputFolder } from '../../../../platform/vscode/files/vsCodeOutputFolder';
import {
  type Publication,
  RECORD_PATH,
  type ReplacedFile,
  replacedFiles,
  type TaskAttempt,
  writePublished,
} from '../../core';
import { askFilesToKeep } from '../consent/consent';
import type { ProjectDrift } from '../drift/projectDrift';
import { publishedSentences, assertSaved } from '../publishing/publishingTexts';
import { compareWithFolder, type RunLog } from './attempts';
import type { ExistingChoice } from './launches';

/** A run with written files. */
export interface WrittenRun extends TemplateRunResult {
  /** Sentences about other changes. */
  readonly notes?: readonly string[];
  /** Number of this run's files in the folder, as in `TaskView.writtenCount`. */
  readonly written?: number;
}

export interface WriteRequest {
  /** URI. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Undefined if nothing is published. */
  readonly publication?: Publication | undefined;
  /** Receives the written files. */
  readonly attempt?: TaskAttempt;
  /** Handling of existing files. Default: asks. */
  readonly existing?: ExistingChoice | undefined;
}

export interface RunWriterDeps {
  /** Opens a folder (a URI) on disk. Undefined for others. */
  readonly openDisk: (folder: string) => Promise<OutputFolder | undefined>;
  /** Creates the records of templates. */
  readonly records: () => Promise<Pick<ProjectDrift, 'withRecord' | 'isRecordKept'>>;
  readonly log: RunLog;
}

/** Writes all files of a run or none. Asks before it overwrites files. */
export class RunWriter {
  readonly #deps: RunWriterDeps;

  constructor(deps: RunWriterDeps) {
    this.#deps = deps;
  }

  async openOutput(folder: string): Promise<OutputFolder> {
    return (await this.#deps.openDisk(folder)) ?? new VsCodeOutputFolder(folder);
  }

  /** @returns undefined if the user cancelled */
  async write(
    result: TemplateRunResult,
    { folder, signal, publication, attempt, existing }: WriteRequest,
  ): Promise<WrittenRun | undefined> {
    const output = await this.openOutput(folder);
    const records = await this.#deps.records();
    const recorded = await records.withRecord(result, { folder, signal });
    const made = attempt && (await compareWithFolder(recorded.files, output));
    const record = recorded.files.find(({ path }) => path === RECORD_PATH);
    // The new record includes the existing one, so replacing it needs no question.
    const isKept = record !== undefined && (await records.isRecordKept(record, folder));
    const candidates = isKept ? recorded.files.filter(file => file !== record) : recorded.files;
    const replaced = await replacedFiles(candidates, output);
    // A commit contains all files.
    const canKeep = !publication?.hasCommits;
    const kept =
      chosenFilesToKeep(replaced, { existing, canKeep }) ??
      (await askFilesToKeep(replaced, { folder, canKeep }));
    if (!kept) return undefined;
    const files = recorded.files.filter(({ path }) => !kept.has(path));
    const { location } = publication ?? {};
    if (location) assertSaved(location.file);
    const write = (): Promise<Undo> =>
      writePublished(files, output, {
        signal,
        location,
        openOutput: one => this.openOutput(one),
      });
    const published = publication
      ? await publication.complete(write, {
          signal,
          onWarning: message => this.#deps.log.append(undefined, message),
        })
      : await write().then(() => []);
    attempt?.setFiles(
      (made ?? []).map(file => (kept.has(file.path) ? { ...file, change: 'kept' as const } : file)),
    );
    const own = files.filter(({ path }) => path !== RECORD_PATH);
    const notes = publishedSentences(published);
    if (publication?.hasCommits && own.length < files.length) {
      notes.push(vscode.l10n.t("{0} isn't in the commit yet.", RECORD_PATH));
    }
    return { ...result, files: own, written: files.length, notes };
  }
}

/** Existing files to keep according to an earlier choice. Undefined to ask. */
function chosenFilesToKeep(
  replaced: readonly ReplacedFile[],
  {
    existing,
    canKeep,
  }: { readonly existing: ExistingChoice | undefined; readonly canKeep: boolean },
): ReadonlySet<string> | undefined {
  if (replaced.length === 0) return new Set();
  if (!existing || existing.files === 'ask') return undefined;
  if (existing.files === 'keep') {
    return canKeep ? new Set(replaced.map(({ path }) => path)) : undefined;
  }
  // Further files may exist since the choice.
  return replaced.every(({ path }) => existing.paths.has(path)) ? new Set() : undefined;
}

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
import { keptFiles } from '../consent/consent';
import type { ProjectDrift } from '../drift/projectDrift';
import { publishedSentences, refuseUnsaved } from '../publishing/publishingTexts';
import { comparedFiles, type RunLog } from './attempts';
import type { ExistingChoice } from './launches';

/** A run whose files have been written. */
export interface WrittenRun extends TemplateRunResult {
  /** What has been done besides, in sentences. */
  readonly notes?: readonly string[];
  /** Number of files in the folder that are from this run; see `TaskView.writtenCount`. */
  readonly written?: number;
}

export interface WriteRequest {
  /** URI. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Undefined where nothing is published. */
  readonly publication?: Publication | undefined;
  /** Told what became of the files. */
  readonly attempt?: TaskAttempt;
  /** How to treat files that exist already. Default: the user is asked. */
  readonly existing?: ExistingChoice | undefined;
}

export interface RunWriterDeps {
  /** A folder (a URI) of the disk; undefined for others. */
  readonly openDisk: (folder: string) => Promise<OutputFolder | undefined>;
  /** Notes what projects are made from. */
  readonly records: () => Promise<Pick<ProjectDrift, 'withRecord' | 'isRecordKept'>>;
  readonly log: RunLog;
}

/** Writes what templates made, all of it or nothing, over what is there only after a question. */
export class RunWriter {
  readonly #deps: RunWriterDeps;

  constructor(deps: RunWriterDeps) {
    this.#deps = deps;
  }

  async openOutput(folder: string): Promise<OutputFolder> {
    return (await this.#deps.openDisk(folder)) ?? new VsCodeOutputFolder(folder);
  }

  /** @returns undefined where the user did not want files to be replaced */
  async write(
    result: TemplateRunResult,
    { folder, signal, publication, attempt, existing }: WriteRequest,
  ): Promise<WrittenRun | undefined> {
    const output = await this.openOutput(folder);
    const records = await this.#deps.records();
    const recorded = await records.withRecord(result, { folder, signal });
    const made = attempt && (await comparedFiles(recorded.files, output));
    const record = recorded.files.find(({ path }) => path === RECORD_PATH);
    // A record that is there stays a part of the one that is written.
    const isKept = record !== undefined && (await records.isRecordKept(record, folder));
    const asked = isKept ? recorded.files.filter(file => file !== record) : recorded.files;
    const replaced = await replacedFiles(asked, output);
    // What is committed is what the template made.
    const canKeep = !publication?.hasCommits;
    const kept =
      chosenToKeep(replaced, { existing, canKeep }) ??
      (await keptFiles(replaced, { folder, canKeep }));
    if (!kept) return undefined;
    const files = recorded.files.filter(({ path }) => !kept.has(path));
    const { location } = publication ?? {};
    if (location) refuseUnsaved(location.file);
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
    attempt?.made(
      (made ?? []).map(file => (kept.has(file.path) ? { ...file, change: 'kept' as const } : file)),
    );
    const own = files.filter(({ path }) => path !== RECORD_PATH);
    const notes = publishedSentences(published);
    if (publication?.hasCommits && own.length < files.length) {
      notes.push(vscode.l10n.t('{0} is not in that commit yet.', RECORD_PATH));
    }
    return { ...result, files: own, written: files.length, notes };
  }
}

/** Paths of existing files that the user has chosen to keep already; undefined where the user has to be asked. */
function chosenToKeep(
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
  // Others may have come since the user chose.
  return replaced.every(({ path }) => existing.paths.has(path)) ? new Set() : undefined;
}

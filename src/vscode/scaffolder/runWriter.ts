import type { TemplateRunResult } from '../../api';
import type { OutputFolder, Undo } from '../../core/ports';
import {
  type Publication,
  replacedFiles,
  type TaskAttempt,
  writePublished,
} from '../../core/scaffolder';
import { VsCodeOutputFolder } from '../techdocs/vsCodeOutputFolder';
import { comparedFiles } from './comparedFiles';
import { keptFiles } from './consent';
import { publishedSentences, refuseUnsaved } from './publishing';
import type { RunLog } from './runLog';

/** A run whose files have been written. */
export interface WrittenRun extends TemplateRunResult {
  /** What has been done besides, in sentences. */
  readonly notes?: readonly string[];
}

export interface WriteRequest {
  /** URI. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Undefined where nothing is published. */
  readonly publication?: Publication | undefined;
  /** Told what became of the files. */
  readonly attempt?: TaskAttempt;
}

/** Writes what templates made, all of it or nothing, over what is there only after a question. */
export class RunWriter {
  readonly #openDisk: (folder: string) => Promise<OutputFolder | undefined>;
  readonly #log: RunLog;

  /** @param openDisk - gives a folder (a URI) of the disk; undefined for others */
  constructor(openDisk: (folder: string) => Promise<OutputFolder | undefined>, log: RunLog) {
    this.#openDisk = openDisk;
    this.#log = log;
  }

  async openOutput(folder: string): Promise<OutputFolder> {
    return (await this.#openDisk(folder)) ?? new VsCodeOutputFolder(folder);
  }

  /** @returns undefined where the user did not want files to be replaced */
  async write(
    result: TemplateRunResult,
    { folder, signal, publication, attempt }: WriteRequest,
  ): Promise<WrittenRun | undefined> {
    const output = await this.openOutput(folder);
    const made = attempt && (await comparedFiles(result.files, output));
    const replaced = await replacedFiles(result.files, output);
    // What is committed is what the template made.
    const canKeep = !publication?.hasCommits;
    const kept =
      replaced.length > 0 ? await keptFiles(replaced, { folder, canKeep }) : new Set<string>();
    if (!kept) return undefined;
    const files = result.files.filter(({ path }) => !kept.has(path));
    const { location } = publication ?? {};
    if (location) refuseUnsaved(location.file);
    const write = (): Promise<Undo> =>
      writePublished(files, output, {
        ...{ signal, location },
        openOutput: one => this.openOutput(one),
      });
    const published = publication
      ? await publication.complete(write, {
          signal,
          onWarning: message => this.#log.append(undefined, message),
        })
      : await write().then(() => []);
    attempt?.made(
      (made ?? []).map(file => (kept.has(file.path) ? { ...file, change: 'kept' as const } : file)),
    );
    return { ...result, files, notes: publishedSentences(published) };
  }
}

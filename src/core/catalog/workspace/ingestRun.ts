import { errorMessage, type Logger } from '../../../base';
import { type Clock, WorkerFailure, type WorkerPool } from '../../ports';
import { abortError } from '../discovery/fileSelector';
import { compactRecord } from '../packing/packedFile';
import type { RecentFiles } from '../reading/recentFiles';
import { readEntries } from '../snapshot/fileEntries';
import type { IndexSession } from './catalogIndex';
import { type FileReading, type FileRequest, unreadableFile } from './fileReading';
import { ingestJob, type PackedReadings } from './ingestJob';
import { Slices } from './slices';

/** Threads that read files as the host would. */
export interface CatalogWorkers {
  readonly pool: WorkerPool;
  /** Whether a worker reads from the disk what the host would read: nothing unsaved, nothing virtual. */
  canRead(uri: string): boolean;
  /** From how many files on they are asked at all, 2,048 if not given. */
  readonly manyFiles?: number;
  /** From how many folders on they look for files as well, 8,192 if not given. */
  readonly manyFolders?: number;
}

export interface IngestRunDeps {
  readonly session: IndexSession;
  readonly workers: CatalogWorkers | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal | undefined;
  /** What is read again document by document, where files change. */
  readonly recent: RecentFiles | undefined;
  /** How the file is to be read; undefined where it is none of ours. Called when its turn comes. */
  readonly requestOf: (uri: string) => Promise<FileRequest | undefined>;
  /** Called once for each file, in no particular order; its record is compact. */
  readonly onReading: (request: FileRequest, reading: FileReading | undefined) => void;
}

/**
 * Fewer files than this are read here, most of which have nothing to do with the catalog: workers have
 * to load and to warm up first, which takes longer than all of it.
 */
const MANY_FILES = 2048;
/** As many go to a worker together; what comes back is taken up in a few milliseconds. */
const BATCH = 48;
const MAX_OPEN_FILES = 16;

/** Reads many files: while they are still being found, in workers where there are any. */
export class IngestRun {
  #deps: IngestRunDeps;
  #workers: CatalogWorkers | undefined;
  #manyFiles: number;
  #slices: Slices;
  #pending: string[] = [];
  #running: Promise<void>[] = [];
  #added = 0;
  #failure: { error: unknown } | undefined;

  constructor(deps: IngestRunDeps) {
    this.#deps = deps;
    // What plugins do is known here only.
    this.#workers = deps.session.processors.length ? undefined : deps.workers;
    this.#manyFiles = deps.workers?.manyFiles ?? MANY_FILES;
    this.#slices = new Slices(deps.clock);
  }

  /** How many files were added. */
  get total(): number {
    return this.#added;
  }

  add(uri: string): void {
    this.#added++;
    this.#pending.push(uri);
    if (!this.#workers || this.#added < this.#manyFiles) return;
    while (this.#pending.length >= BATCH) this.#dispatch(this.#pending.splice(0, BATCH));
  }

  /** Resolves when all files have been read. @throws AbortError if the signal is aborted */
  async finish(): Promise<void> {
    if (this.#workers && this.#added >= this.#manyFiles) {
      if (this.#pending.length) this.#dispatch(this.#pending.splice(0));
    } else {
      this.#running.push(this.#guard(this.#readHere(this.#pending.splice(0))));
    }
    for (let running = this.#running.shift(); running; running = this.#running.shift()) {
      await running;
    }
    if (this.#failure) throw this.#failure.error;
    const { signal } = this.#deps;
    if (signal?.aborted) throw abortError(signal);
  }

  #dispatch(uris: readonly string[]): void {
    this.#running.push(this.#guard(this.#readThere(uris)));
  }

  /** The first failure is told at the end: until then nobody would listen. */
  async #guard(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  async #readThere(uris: readonly string[]): Promise<void> {
    const workers = this.#workers;
    const here: string[] = [];
    const there: FileRequest[] = [];
    for (const uri of uris) {
      if (!workers?.canRead(uri)) here.push(uri);
      else {
        const request = await this.#deps.requestOf(uri);
        if (request) there.push(request);
      }
    }
    if (workers) await this.#runJob(workers, there);
    if (here.length) await this.#readHere(here);
  }

  async #runJob(workers: CatalogWorkers, files: readonly FileRequest[]): Promise<void> {
    if (!files.length) return;
    const { session, signal, onReading, logger } = this.#deps;
    const { customKinds, maxFileSize, ownerFromCodeowners, codeownersOwners } = session.options;
    let readings: readonly (FileReading | undefined)[];
    try {
      const { kindSchemas } = session;
      const batch = {
        files,
        customKinds,
        kindSchemas,
        maxFileSize,
        ownerFromCodeowners,
        codeownersOwners,
      };
      readings = readingsOf(files, await workers.pool.run(ingestJob, batch, { signal }));
    } catch (error) {
      if (signal?.aborted) throw error;
      logger.debug(`A worker did not read ${files.length} files: ${errorMessage(error)}`);
      const isHarmful = error instanceof WorkerFailure && error.reason !== 'unavailable';
      if (!isHarmful) return this.#readHere(files.map(({ uri }) => uri));
      const [file] = files;
      if (files.length === 1 && file) {
        this.#give(file, unreadableFile(file.uri, errorMessage(error)));
        return;
      }
      // One of them is to blame; the others are not to suffer for it.
      for (const one of files) await this.#runJob(workers, [one]);
      return;
    }
    for (const [index, file] of files.entries()) {
      const reading = readings[index];
      // What a placeholder read may be open and unsaved, which a worker does not know.
      if (reading?.record.dependencies.every(uri => workers.canRead(uri)) ?? true) {
        onReading(file, reading);
      } else await this.#readOne(file.uri);
      await this.#slices.pause();
    }
  }

  async #readHere(uris: readonly string[]): Promise<void> {
    let next = 0;
    const work = async (): Promise<void> => {
      for (let uri = uris[next++]; uri !== undefined; uri = uris[next++]) {
        const { signal } = this.#deps;
        if (signal?.aborted) throw abortError(signal);
        await this.#readOne(uri);
        await this.#slices.pause();
      }
    };
    await Promise.all(Array.from({ length: Math.min(MAX_OPEN_FILES, uris.length) }, work));
  }

  async #readOne(uri: string): Promise<void> {
    const { session, clock, requestOf, recent } = this.#deps;
    const request = await requestOf(uri);
    if (!request) return;
    const reader = await session.reader();
    const memory = recent?.memoryOf(request, session);
    const compact = this.#give(request, await reader.readFile(request, clock.now(), memory));
    if (compact) memory?.settle(compact.record);
  }

  #give(request: FileRequest, reading: FileReading | undefined): FileReading | undefined {
    const compact = reading && { ...reading, record: compactRecord(reading.record) };
    this.#deps.onReading(request, compact);
    return compact;
  }
}

/** One for each file. @throws TypeError where they are not of these files */
function readingsOf(
  files: readonly FileRequest[],
  { found, ...frame }: PackedReadings,
): readonly (FileReading | undefined)[] {
  const entries = readEntries(frame);
  if (found.length !== files.length || found.filter(Boolean).length !== entries.length) {
    throw new TypeError('Readings are missing');
  }
  let next = 0;
  return files.map(({ uri }, index) => {
    if (!found[index]) return undefined;
    const { stamp, record, uri: actual } = entries[next++] ?? {};
    if (!stamp || !record || actual !== uri) throw new TypeError('A reading is of another file');
    return { stamp, record };
  });
}

import { errorMessage, type Logger } from '../../../../../base';
import { Slices } from '../../../../../platform/core';
import { type Clock, WorkerFailure, type WorkerPool } from '../../../../../platform/core/ports';
import { abortError } from '../../discovery/fileSelector';
import { compactRecord, unpackRecord } from '../../packing/packedFile';
import type { IndexSession } from '../catalogIndex';
import { type FileReading, type FileRequest, unreadableFile } from '../files/fileReading';
import { type FetchedFile, fetchedFiles, fetchJob } from './fetchJob';
import { ingestJob } from './ingestJob';

/** Threads that read files as the host would. */
export interface CatalogWorkers {
  readonly pool: WorkerPool;
  /** Whether a worker reads from the disk what the host would read: nothing unsaved, nothing virtual. */
  canRead(uri: string): boolean;
  /** From how many files on they get them from the disk, 2,048 if not given. */
  readonly manyFiles?: number;
  /** From how many files on they ingest them as well, 16,384 if not given. */
  readonly veryManyFiles?: number;
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
  /** How the file is to be read; undefined where it is none of ours. Called when its turn comes. */
  readonly requestOf: (uri: string) => Promise<FileRequest | undefined>;
  /** Called once for each file, in no particular order; its record is compact. */
  readonly onReading: (request: FileRequest, reading: FileReading | undefined) => void;
}

/** Fewer files than this are read here: a worker has to load first, which takes longer than all of it. */
const MANY_FILES = 2048;
/**
 * Fewer files than this are ingested here alone, between other work. For a worker that is a lot of
 * code to warm up, which takes half a second of a processor for each.
 */
const VERY_MANY_FILES = 16_384;
/** As many go to a worker together; what comes back is taken up in a few milliseconds. */
const BATCH = 48;
const MAX_OPEN_FILES = 16;
/** Batches that are fetched or wait to be ingested, so that a quick disk does not fill the memory. */
const MAX_FETCHES = 3;
/** Batches that workers ingest or have waiting: whichever is done finds another. */
const MAX_JOBS = 6;
/** In bytes: what is larger is left to workers, where they are asked for files. */
const LARGE_FILE = 512 * 1024;

/** Reads many files: while they are still being found, in workers where there are any. */
export class IngestRun {
  #deps: IngestRunDeps;
  #workers: CatalogWorkers | undefined;
  #manyFiles: number;
  #veryManyFiles: number;
  #slices: Slices;
  #pending: string[] = [];
  #batches: (readonly string[])[] = [];
  /** How many batches are being ingested here, and there. */
  #active = { here: 0, there: 0 };
  #running: Promise<void>[] = [];
  #added = 0;
  #failure: { error: unknown } | undefined;

  constructor(deps: IngestRunDeps) {
    this.#deps = deps;
    this.#workers = deps.workers;
    this.#manyFiles = deps.workers?.manyFiles ?? MANY_FILES;
    // What plugins do is known here only.
    this.#veryManyFiles = deps.session.processors.length
      ? Infinity
      : (deps.workers?.veryManyFiles ?? VERY_MANY_FILES);
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
    throwIfAborted(this.#deps.signal);
  }

  #dispatch(uris: readonly string[]): void {
    this.#batches.push(uris);
    const isWorthIt = this.#added >= this.#veryManyFiles;
    if (isWorthIt && this.#active.there < MAX_JOBS) this.#start('there');
    else if (this.#active.here < MAX_FETCHES) this.#start('here');
  }

  #start(where: 'here' | 'there'): void {
    this.#active[where]++;
    this.#running.push(this.#guard(this.#work(where)));
  }

  /** One batch after the other, as long as there are any. */
  async #work(where: 'here' | 'there'): Promise<void> {
    for (let uris = this.#batches.shift(); uris; uris = this.#batches.shift()) {
      await (where === 'here' ? this.#fetchAndIngest(uris) : this.#ingestThere(uris));
    }
    this.#active[where]--;
  }

  /** The first failure is told at the end: until then nobody would listen. */
  async #guard(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  async #fetchAndIngest(uris: readonly string[]): Promise<void> {
    const [here, there] = this.#byReader(uris);
    const files = await this.#requestsOf(there);
    // Young is what was so before it was fetched, however long it waits then.
    const now = this.#deps.clock.now();
    const fetched = files.length ? await this.#fetch(files) : [];
    for (const [index, file] of files.entries()) {
      throwIfAborted(this.#deps.signal);
      if (fetched[index]?.isLarge) await this.#ingestLarge(file);
      else await this.#ingestHere(file, { fetched: fetched[index], now });
      if (this.#slices.isOver) await this.#slices.pause();
    }
    if (here.length) await this.#readHere(here);
  }

  /** Nothing for files that are to be read here after all. */
  async #fetch(files: readonly FileRequest[]): Promise<readonly (FetchedFile | undefined)[]> {
    const { session, signal, logger } = this.#deps;
    const { maxFileSize } = session.options;
    const { marks } = (await session.reader()).context.classifier;
    const batch = { files, maxFileSize, largeFile: LARGE_FILE, marks };
    try {
      const output = await this.#workers?.pool.run(fetchJob, batch, { signal, isUrgent: true });
      return output ? fetchedFiles(output, files.length) : [];
    } catch (error) {
      if (signal?.aborted) throw error;
      logger.debug(`A worker did not fetch ${files.length} files: ${errorMessage(error)}`);
      return [];
    }
  }

  /** In one go it would hold this thread for long. */
  async #ingestLarge(file: FileRequest): Promise<void> {
    const { session } = this.#deps;
    if (this.#workers && !session.processors.length) await this.#runJob(this.#workers, [file]);
    else await this.#ingestHere(file);
  }

  async #ingestThere(uris: readonly string[]): Promise<void> {
    const workers = this.#workers;
    const [here, there] = this.#byReader(uris);
    if (workers) await this.#runJob(workers, await this.#requestsOf(there));
    if (here.length) await this.#readHere(here);
  }

  /** What a worker would read otherwise has to be read here. */
  #byReader(uris: readonly string[]): readonly [here: readonly string[], there: readonly string[]] {
    const here: string[] = [];
    const there: string[] = [];
    for (const uri of uris) (this.#workers?.canRead(uri) ? there : here).push(uri);
    return [here, there];
  }

  async #requestsOf(uris: readonly string[]): Promise<readonly FileRequest[]> {
    const requests: FileRequest[] = [];
    for (const uri of uris) {
      const request = await this.#deps.requestOf(uri);
      if (request) requests.push(request);
    }
    return requests;
  }

  async #runJob(workers: CatalogWorkers, files: readonly FileRequest[]): Promise<void> {
    if (!files.length) return;
    const { session, signal, onReading, logger } = this.#deps;
    const { customKinds, maxFileSize, ownerFromCodeowners, codeownersOwners, scaffolderActions } =
      session.options;
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
        scaffolderActions,
      };
      const packed = await workers.pool.run(ingestJob, batch, { signal });
      if (packed.length !== files.length) throw new TypeError('Readings are missing');
      readings = packed.map(
        reading => reading && { ...reading, record: unpackRecord(reading.record) },
      );
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
      throwIfAborted(signal);
      const reading = readings[index];
      const { dependencies = [], sightings = [] } = reading?.record ?? {};
      // What was read or looked for besides may be open and unsaved, which a worker does not know.
      const uris = [...dependencies, ...sightings.map(({ uri }) => uri)];
      if (uris.every(uri => workers.canRead(uri))) {
        onReading(file, reading);
      } else await this.#readOne(file.uri);
      await this.#slices.pause();
    }
  }

  async #readHere(uris: readonly string[]): Promise<void> {
    let next = 0;
    const work = async (): Promise<void> => {
      for (let uri = uris[next++]; uri !== undefined; uri = uris[next++]) {
        throwIfAborted(this.#deps.signal);
        await this.#readOne(uri);
        await this.#slices.pause();
      }
    };
    await Promise.all(Array.from({ length: Math.min(MAX_OPEN_FILES, uris.length) }, work));
  }

  async #readOne(uri: string): Promise<void> {
    const request = await this.#deps.requestOf(uri);
    if (request) await this.#ingestHere(request);
  }

  /** @param fetched - the file, where it was fetched, and a time before that */
  async #ingestHere(
    request: FileRequest,
    { fetched, now }: { fetched?: FetchedFile | undefined; now?: number } = {},
  ): Promise<void> {
    const { session, clock } = this.#deps;
    const reader = await session.reader();
    const reading = await reader.readFile(request, now ?? clock.now(), { fetched });
    this.#give(request, reading);
  }

  #give(request: FileRequest, reading: FileReading | undefined): void {
    const compact = reading && { ...reading, record: compactRecord(reading.record) };
    this.#deps.onReading(request, compact);
  }
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError(signal);
}

import { errorMessage, type Logger } from '../../../../base';
import { Slices } from '../../../../platform/core';
import type { Clock } from '../../../../platform/core/ports';
import type { CatalogWorkers } from '../workspace/jobs/ingestRun';
import type { FileSelector } from './fileSelector';
import { walkJob } from './walkJob';

export interface WalkRunDeps {
  readonly selector: FileSelector;
  readonly workers: CatalogWorkers | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal | undefined;
  /** Called for each file that was found, with its URI. */
  readonly onFile: (uri: string) => void;
  /** Called for each folder that holds a `.git`, before the files in it and below. */
  readonly onRepository: (folder: string) => void;
  /** Called with the URI of a folder that cannot be read. */
  readonly onUnreadable?: (folder: string) => void;
}

/** Fewer folders than this are looked into here: starting workers would take longer. */
const MANY_FOLDERS = 8192;
/** A worker is given as many folders, and looks into as many with those below them. */
const SHARE = 32;
const LIMIT = 512;
/** Jobs at the same time: a worker that is done finds another waiting. */
const JOBS = 4;

/**
 * Finds the files of a folder of the workspace: here at first, and when there is much to look into in
 * workers, which list folders in a fraction of the time. Until the first of them answers, this thread
 * goes on as well.
 */
export class WalkRun {
  #deps: WalkRunDeps;
  /** Folders that nobody is looking into. */
  #pending: string[] = [];
  #active = 0;
  #isAnswered = false;
  #waiting: (() => void)[] = [];

  constructor(deps: WalkRunDeps) {
    this.#deps = deps;
  }

  /** @throws AbortError if the signal is aborted */
  async run(): Promise<void> {
    const { selector, workers } = this.#deps;
    const { root } = selector.selection;
    if (!workers?.canRead(root)) {
      await this.#walkHere([root], () => false);
      return;
    }
    const { manyFolders = MANY_FOLDERS } = workers;
    let looked = 0;
    this.#pending = [...(await this.#walkHere([root], () => looked++ >= manyFolders))];
    const here = this.#work(
      folders => this.#walkHere(folders, () => this.#isAnswered),
      () => this.#isAnswered,
    );
    const there = Array.from({ length: JOBS }, () =>
      this.#work(
        folders => this.#walkThere(workers, folders),
        () => false,
      ),
    );
    await Promise.all([here, ...there]);
  }

  /** Takes folders until there are none and none will come. */
  async #work(
    walk: (folders: readonly string[]) => Promise<readonly string[]>,
    isDone: () => boolean,
  ): Promise<void> {
    while (!isDone()) {
      const folders = this.#pending.splice(0, SHARE);
      if (!folders.length) {
        if (!this.#active) return;
        await new Promise<void>(resolve => this.#waiting.push(resolve));
        continue;
      }
      this.#active++;
      try {
        this.#pending.push(...(await walk(folders)));
      } finally {
        this.#active--;
        for (const wake of this.#waiting.splice(0)) wake();
      }
    }
  }

  #walkHere(folders: readonly string[], isEnough: () => boolean): Promise<readonly string[]> {
    const { selector, ...options } = this.#deps;
    return selector.findFiles(folders, { ...options, isEnough });
  }

  async #walkThere(
    workers: CatalogWorkers,
    folders: readonly string[],
  ): Promise<readonly string[]> {
    const { selector, clock, logger, signal, onFile, onRepository, onUnreadable } = this.#deps;
    let found;
    try {
      const batch = { ...selector.selection, folders, limit: LIMIT };
      found = await workers.pool.run(walkJob, batch, { signal, isUrgent: true });
      this.#isAnswered = true;
    } catch (error) {
      if (signal?.aborted) throw error;
      logger.debug(`A worker did not look into ${folders.length} folders: ${errorMessage(error)}`);
      return this.#walkHere(folders, () => false);
    }
    // What is typed into one of them and not saved counts here.
    if (!found.ignoreFiles.every(uri => workers.canRead(uri))) {
      return this.#walkHere(folders, () => false);
    }
    const slices = new Slices(clock);
    for (const folder of found.repositories) onRepository(folder);
    for (const folder of found.unreadable) onUnreadable?.(folder);
    for (const { pattern, file } of found.tooComplex) selector.reportPattern(pattern, file);
    for (const uri of found.files) {
      onFile(uri);
      if (slices.isOver) await slices.pause();
    }
    return found.pending;
  }
}

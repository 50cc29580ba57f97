import {
  type FileSystem,
  WorkerFailure,
  type WorkerFailureReason,
  type WorkerPool,
} from '../../src/platform/core/ports';

/** Outcome of a job: it succeeds, fails, or returns a wrong result. */
export type Fate = 'done' | WorkerFailureReason | 'error' | 'lie';

/** Runs jobs on this thread, with the given outcomes. */
export class FatefulPool implements WorkerPool {
  jobs = 0;
  #fileSystem: FileSystem;
  #fates: readonly Fate[];

  constructor(fileSystem: FileSystem, fates: readonly Fate[]) {
    this.#fileSystem = fileSystem;
    this.#fates = fates;
  }

  run: WorkerPool['run'] = async (job, input) => {
    const fate = this.#fates[this.jobs++ % this.#fates.length] ?? 'done';
    if (fate === 'crashed' || fate === 'timeout' || fate === 'unavailable') {
      throw new WorkerFailure(fate, 'gone');
    }
    if (fate === 'error') throw new Error('a mistake of the job');
    if (fate === 'lie') return job.readOutput({ no: 'output' });
    const output: unknown = structuredClone(
      await job.run(job.readInput(structuredClone(input)), { fileSystem: this.#fileSystem }),
    );
    return job.readOutput(output);
  };

  dispose(): void {}
}

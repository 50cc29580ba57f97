import { expect, it } from 'vitest';
import { english } from '../../../../../../src/base';
import { DefinitionChecker } from '../../../../../../src/features/apis/core/check/definitionChecker';
import {
  checkDefinitionsJob,
  type DefinitionCheckRequest,
} from '../../../../../../src/features/apis/core/check/checkDefinitionsJob';
import { DefinitionProblemCache } from '../../../../../../src/features/apis/core/check/definitionProblemCache';
import { WorkerFailure, type WorkerPool } from '../../../../../../src/platform/core/ports';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';

const broken = { definition: 'type Query {\n  a: Nothing\n}\n', type: 'graphql' };
const fine = { definition: 'type Query {\n  a: Int\n}\n', type: 'graphql' };

/** A worker pool that records its requests. */
function threads(run: WorkerPool['run']): { pool: WorkerPool; requests: DefinitionCheckRequest[] } {
  const requests: DefinitionCheckRequest[] = [];
  const pool: WorkerPool = {
    run(job, input, options) {
      requests.push(checkDefinitionsJob.readInput(structuredClone(input)));
      return run(job, input, options);
    },
    dispose() {},
  };
  return { pool, requests };
}

const working: WorkerPool['run'] = async (job, input) =>
  job.readOutput(structuredClone(await job.run(input, { fileSystem: undefined as never })));

it("checks definitions in one batch in a worker, in the user's language", async () => {
  const { pool, requests: asked } = threads(working);
  const texts = { 'Unknown type "{0}"': 'Unbekannter Typ "{0}"' };
  const judge = new DefinitionChecker({ workers: pool, translate: english, texts });
  const verdicts = await Promise.all(
    [fine, broken, fine].map(text => judge.check(text, { key: undefined })),
  );
  expect(verdicts.map(problems => problems.map(({ message }) => message))).toEqual([
    [],
    ['Unbekannter Typ "Nothing"'],
    [],
  ]);
  expect(asked.map(({ definitions }) => definitions.length)).toEqual([3]);
});

it('checks on the calling thread without workers', async () => {
  const { pool, requests: asked } = threads(() =>
    Promise.reject(new WorkerFailure('unavailable', 'No thread')),
  );
  const judge = new DefinitionChecker({ workers: pool, translate: english });
  for (let count = 0; count < 5; count++) {
    expect(await judge.check(broken, { key: undefined })).toHaveLength(1);
  }
  expect(asked).toHaveLength(3);
});

const deadly = { definition: 'type Deadly {\n  a: Nothing\n}\n', type: 'graphql' };

it.each([
  ['timeout', "The definition couldn't be checked in 30 seconds"],
  [
    'crashed',
    "The definition couldn't be checked: it needs too much memory or crashes the checker",
  ],
] as const)('reports a definition that ends workers with %s', async (reason, message) => {
  const { pool, requests: asked } = threads((job, input, options) => {
    const { definitions } = checkDefinitionsJob.readInput(input);
    return definitions.some(({ definition }) => definition === deadly.definition)
      ? Promise.reject(new WorkerFailure(reason, 'Gone'))
      : working(job, input, options);
  });
  const cache = new DefinitionProblemCache(new InMemoryBlobStore(), 1);
  const judge = new DefinitionChecker({ workers: pool, translate: english, cache });
  const verdicts = await Promise.all(
    [fine, deadly, broken].map(text => judge.check(text, { key: text.definition })),
  );
  const place = { start: 0, end: 0 };
  expect(verdicts).toEqual([
    [],
    [{ code: 'definition-not-checked', message, place }],
    [expect.objectContaining({ code: 'definition-reference' })],
  ]);
  expect(asked.map(({ definitions }) => definitions.length)).toEqual([3, 1, 1, 1]);
  // It may succeed on another machine or at another time.
  expect(await judge.recall(deadly.definition)).toBeUndefined();
  expect(await judge.recall(broken.definition)).toHaveLength(1);
});

it('uses shorter timeouts after several timeouts', async () => {
  const timeouts: unknown[] = [];
  const pool: WorkerPool = {
    run(_job, _input, options) {
      timeouts.push(options?.timeout);
      return Promise.reject(new WorkerFailure('timeout', 'Gone'));
    },
    dispose() {},
  };
  const judge = new DefinitionChecker({ workers: pool, translate: english });
  for (let count = 0; count < 4; count++) await judge.check(deadly, { key: undefined });
  expect(timeouts).toEqual([30_000, 30_000, 30_000, 5_000]);
});

it('passes on other errors of the worker', async () => {
  const { pool } = threads(() => Promise.reject(new TypeError('No such job')));
  const judge = new DefinitionChecker({ workers: pool, translate: english });
  await expect(judge.check(broken, { key: undefined })).rejects.toThrow('No such job');
});

it.each([undefined, threads(working).pool])('stops when aborted', async workers => {
  const aborted = AbortSignal.abort(new Error('Enough'));
  const judge = new DefinitionChecker({ workers, translate: english });
  const pool: Partial<WorkerPool> = workers ?? {};
  pool.run &&= (_job, _input, options) => {
    options?.signal?.throwIfAborted();
    throw new Error('Not aborted');
  };
  await expect(judge.check(broken, { key: undefined, signal: aborted })).rejects.toThrow('Enough');
});

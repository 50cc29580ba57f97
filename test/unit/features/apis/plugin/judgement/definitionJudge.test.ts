import { expect, it } from 'vitest';
import { english } from '../../../../../../src/base';
import { DefinitionJudge } from '../../../../../../src/features/apis/core/judgement/definitionJudge';
import {
  judgeJob,
  type JudgeRequest,
} from '../../../../../../src/features/apis/core/judgement/judgeJob';
import { WorkerFailure, type WorkerPool } from '../../../../../../src/platform/core/ports';

const broken = { definition: 'type Query {\n  a: Nothing\n}\n', type: 'graphql' };
const fine = { definition: 'type Query {\n  a: Int\n}\n', type: 'graphql' };

/** Threads that do jobs as others do, with what they were asked for. */
function threads(run: WorkerPool['run']): { pool: WorkerPool; asked: JudgeRequest[] } {
  const asked: JudgeRequest[] = [];
  const pool: WorkerPool = {
    run(job, input, options) {
      asked.push(judgeJob.readInput(structuredClone(input)));
      return run(job, input, options);
    },
    dispose() {},
  };
  return { pool, asked };
}

const working: WorkerPool['run'] = async (job, input) =>
  job.readOutput(structuredClone(await job.run(input, { fileSystem: undefined as never })));

it('judges definitions together in another thread, in the language of the user', async () => {
  const { pool, asked } = threads(working);
  const texts = { 'Unknown type "{0}"': 'Unbekannter Typ "{0}"' };
  const judge = new DefinitionJudge({ workers: pool, translate: english, texts });
  const verdicts = await Promise.all(
    [fine, broken, fine].map(text => judge.judge(text, { key: undefined })),
  );
  expect(verdicts.map(problems => problems.map(({ message }) => message))).toEqual([
    [],
    ['Unbekannter Typ "Nothing"'],
    [],
  ]);
  expect(asked.map(({ definitions }) => definitions.length)).toEqual([3]);
});

it.each(['unavailable', 'crashed', 'timeout'] as const)(
  'judges on this thread where the other one is %s',
  async reason => {
    const { pool } = threads(() => Promise.reject(new WorkerFailure(reason, 'No thread')));
    const judge = new DefinitionJudge({ workers: pool, translate: english });
    expect(await judge.judge(broken, { key: undefined })).toHaveLength(1);
  },
);

it('asks for no more threads after some died', async () => {
  const { pool, asked } = threads(() => Promise.reject(new WorkerFailure('crashed', 'No thread')));
  const judge = new DefinitionJudge({ workers: pool, translate: english });
  for (let count = 0; count < 5; count++) {
    expect(await judge.judge(broken, { key: undefined })).toHaveLength(1);
  }
  expect(asked).toHaveLength(3);
});

it('passes on what else goes wrong in the other thread', async () => {
  const { pool } = threads(() => Promise.reject(new TypeError('No such job')));
  const judge = new DefinitionJudge({ workers: pool, translate: english });
  await expect(judge.judge(broken, { key: undefined })).rejects.toThrow('No such job');
});

it.each([undefined, threads(working).pool])('ends when it is aborted', async workers => {
  const aborted = AbortSignal.abort(new Error('Enough'));
  const judge = new DefinitionJudge({ workers, translate: english });
  const pool: Partial<WorkerPool> = workers ?? {};
  pool.run &&= (_job, _input, options) => {
    options?.signal?.throwIfAborted();
    throw new Error('Not aborted');
  };
  await expect(judge.judge(broken, { key: undefined, signal: aborted })).rejects.toThrow('Enough');
});

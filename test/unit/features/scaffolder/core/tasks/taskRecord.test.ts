import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { TaskRecord } from '../../../../../../src/features/scaffolder/core/tasks/taskRecord';
import { Redactor } from '../../../../../../src/platform/core';
import { TestClock } from '../../../../../support/testClock';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use. */
function used(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

function aRecord(steps: number): TaskRecord {
  return new TaskRecord({
    id: 'task',
    template: { ref: 'template:default/service', title: 'Service' },
    steps: Array.from({ length: steps }, (_, at) => ({
      id: `step-${at}`,
      name: 'Step',
      action: 'debug:log',
      isSimulated: false,
    })),
    folder: undefined,
    isDryRun: false,
    instance: undefined,
    clock: new TestClock(),
    values: {},
    redactor: new Redactor(),
  });
}

it('TaskRecord does not retain a long line for its shown start', () => {
  const record = aRecord(1);
  const before = used();
  for (let at = 0; at < 200; at++) {
    record.appendLog({
      stepId: 'step-0',
      message: JSON.parse(`"${'x'.repeat(500_000)}${at}"`) as string,
    });
  }
  expect(used() - before).toBeLessThan(20_000_000);
  expect(record.toTask(false).steps[0]?.log).toHaveLength(200);
});

it('TaskRecord limits the log of all steps', () => {
  const record = aRecord(50);
  const line = 'x'.repeat(5000);
  for (let at = 0; at < 5000; at++) record.appendLog({ stepId: `step-${at % 50}`, message: line });
  record.appendLog({ stepId: 'step-7', message: 'the last' });
  const { steps } = record.toTask(false);
  const size = steps.flatMap(({ log }) => log).reduce((sum, text) => sum + text.length, 0);
  expect(size).toBeLessThan(11_000_000);
  expect(steps[7]?.log.at(-1)).toBe('the last');
});

it('TaskRecord clears the log when it starts again', () => {
  const record = aRecord(10);
  const line = 'x'.repeat(5000);
  for (let at = 0; at < 2500; at++) record.appendLog({ stepId: `step-${at % 10}`, message: line });
  record.reset();
  record.appendLog({ stepId: 'step-0', message: line });
  expect(record.toTask(false).steps[0]?.log).toEqual([line]);
});

it('TaskRecord has no links to repositories of skipped steps', () => {
  const record = aRecord(2);
  const url = 'https://github.com/acme/shop';
  const step = { name: 'Step', action: 'publish:github', log: [] };
  const published = { remoteUrl: `${url}.git`, repoContentsUrl: `${url}/blob/main` };
  const links = ['', '.git', '/blob/main/README.md', '-of-others'].map(end => ({
    title: end,
    url: `${url}${end}`,
  }));
  const end = (status: 'skipped' | 'completed'): unknown => {
    const steps = [{ ...step, id: 'step-0', status, output: published }];
    record.end({ status: 'completed', steps, output: { links } });
    return record.toTask(false).output['links'];
  };
  expect(end('skipped')).toEqual([{ title: '-of-others', url: `${url}-of-others` }]);
  expect(end('completed')).toEqual(links);
});

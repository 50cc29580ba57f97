import { describe, expect, it } from 'vitest';
import type { LoadedTemplate, StateService, TemplateRunResult } from '../../../../../../src/api';
import { silentLogger } from '../../../../../../src/base';
import { TemplateTasks } from '../../../../../../src/features/scaffolder/core';
import { resolveForm } from '../../../../../../src/features/scaffolder/core/forms/resolveForm';
import type { TaskResumption } from '../../../../../../src/features/scaffolder/core/scaffolderEngine';
import type {
  TaskAttempt,
  TaskSpec,
} from '../../../../../../src/features/scaffolder/core/tasks/taskSpec';
import { defaultRepoHosts } from '../../../../../../src/features/scm/core/forges';
import type { JsonObject } from '../../../../../../src/model';
import { inMemoryState } from '../../../../../support/inMemoryState';
import { TestClock } from '../../../../../support/testClock';

const parameters = {
  properties: {
    name: { type: 'string' },
    port: { type: 'number', default: 80 },
    pin: { type: 'string', 'ui:widget': 'password' },
    token: { type: 'string', 'ui:field': 'Secret' },
    servers: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          host: { type: 'string' },
          pin: { type: 'string', 'ui:widget': 'password' },
        },
      },
    },
  },
};

const template: LoadedTemplate = {
  ref: 'template:default/service',
  title: 'Service',
  description: undefined,
  type: 'service',
  tags: [],
  owner: undefined,
  file: 'file:///t.yaml',
  isShipped: false,
  entity: {
    spec: {
      parameters,
      steps: [
        { id: 'a', name: 'First', action: 'debug:log' },
        { id: 'b', action: 'publish:github' },
      ],
    },
  },
  actions: [
    { id: 'debug:log', isKnown: true, isOutward: false, isSkipped: false },
    { id: 'publish:github', isKnown: true, isOutward: true, isSkipped: false },
  ],
};

function tasksIn(state: StateService = inMemoryState()): TemplateTasks {
  return new TemplateTasks({
    state,
    logger: silentLogger,
    clock: new TestClock(10),
    resolveForm: async (_, form) =>
      resolveForm({ parameters, state: form, hosts: defaultRepoHosts }),
  });
}

interface Started {
  readonly values?: JsonObject;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly isDryRun?: boolean;
  readonly run: TaskSpec['run'];
}

async function start(
  tasks: TemplateTasks,
  { values = {}, secrets = {}, isDryRun = false, run }: Started,
): Promise<string> {
  let id = '';
  const spec = {
    template,
    input: { values, secrets },
    folder: 'file:///work/shop',
    isDryRun,
    run,
  };
  await tasks.start(spec, started => (id = started)).catch(() => undefined);
  return id;
}

const resultOf = (
  status: TemplateRunResult['status'],
  rest: Partial<TemplateRunResult> = {},
): TemplateRunResult => ({ status, steps: [], output: {}, files: [], ...rest });

const stepsAs = (...statuses: TemplateRunResult['steps'][number]['status'][]) =>
  statuses.map((status, index) => ({
    id: 'ab'[index] ?? '',
    name: '',
    action: '',
    status,
    log: [],
    output: {},
  }));

const failing = async ({ onLog, onCheckpoint }: TaskAttempt): Promise<TemplateRunResult> => {
  onLog({ stepId: undefined, message: 'Starting' });
  onLog({ stepId: 'a', status: 'processing', message: 'Beginning' });
  onCheckpoint({ taskId: 'task-1' } as TaskResumption);
  onLog({ stepId: 'a', status: 'failed', message: 'Error: no' });
  return resultOf('failed', { error: 'no', steps: stepsAs('failed', 'skipped') });
};

describe('run of a template', () => {
  it('has its steps with times and logs', async () => {
    const tasks = tasksIn();
    const id = await start(tasks, { run: failing, isDryRun: true });
    expect(tasks.get(id)).toEqual({
      id,
      template: 'template:default/service',
      title: 'Service',
      isDryRun: true,
      folder: 'file:///work/shop',
      status: 'failed',
      startedAt: 10,
      endedAt: 40,
      steps: [
        {
          id: 'a',
          name: 'First',
          action: 'debug:log',
          status: 'failed',
          startedAt: 20,
          endedAt: 30,
          isSimulated: false,
          log: ['Beginning', 'Error: no'],
        },
        {
          id: 'b',
          name: 'publish:github',
          action: 'publish:github',
          status: 'skipped',
          startedAt: undefined,
          endedAt: undefined,
          isSimulated: true,
          log: [],
        },
      ],
      log: ['Starting'],
      values: {},
      output: {},
      error: 'no',
      files: [],
      canRetry: true,
    });
  });

  it('is retried from the failed step, once for each request', async () => {
    const tasks = tasksIn();
    const resumed: unknown[] = [];
    const id = await start(tasks, {
      run: attempt => {
        resumed.push(attempt.resume?.taskId);
        return resumed.length < 3 ? failing(attempt) : Promise.resolve(resultOf('completed'));
      },
    });
    await tasks.retry(id);
    await tasks.retry(id);
    expect(resumed).toEqual([undefined, 'task-1', 'task-1']);
    expect(tasks.get(id)).toMatchObject({ status: 'completed', canRetry: false, error: undefined });
    await expect(tasks.retry(id)).rejects.toThrow("Can't retry the run");
  });

  it('can be cancelled, wait for the user and be declined', async () => {
    const tasks = tasksIn();
    const seen: unknown[] = [];
    const cancelled = await start(tasks, {
      async run({ id, signal }) {
        tasks.cancel(id);
        signal.throwIfAborted();
        return resultOf('completed');
      },
    });
    const declined = await start(tasks, {
      async run({ id, whileWaiting }) {
        await whileWaiting(Promise.resolve().then(() => seen.push(tasks.get(id)?.status)));
        seen.push(tasks.get(id)?.status);
        return undefined;
      },
    });
    expect(seen).toEqual(['waiting', 'processing']);
    expect([cancelled, declined].map(id => tasks.get(id)?.status)).toEqual([
      'cancelled',
      'cancelled',
    ]);
  });

  it('fails with the thrown error', async () => {
    const tasks = tasksIn();
    const id = await start(tasks, { run: () => Promise.reject(new Error('The disk is full')) });
    expect(tasks.get(id)).toMatchObject({ status: 'failed', error: 'The disk is full' });
  });

  it('keeps the files of the latest runs', async () => {
    const tasks = tasksIn();
    const content = new TextEncoder().encode('new');
    const file = { path: 'a', content, isExecutable: false, change: 'added', before: undefined };
    const making = (): Promise<string> =>
      start(tasks, {
        async run({ setFiles }) {
          setFiles([{ ...file, change: 'added' }]);
          return resultOf('completed');
        },
      });
    const ids = [];
    for (let index = 0; index < 6; index++) ids.push(await making());
    expect(tasks.get(ids[0] ?? '')?.files).toEqual([
      { path: 'a', size: 3, isExecutable: false, change: 'added' },
    ]);
    expect(ids.map(id => tasks.fileOf(id, 'a')?.content)).toEqual([
      undefined,
      ...Array.from({ length: 5 }, () => content),
    ]);
  });
});

describe('history of runs', () => {
  it('is restored in the next window, where no run continues', async () => {
    const state = inMemoryState();
    const tasks = tasksIn(state);
    const first = await start(tasks, { run: failing, values: { name: 'shop' } });
    let second = '';
    void tasks.start(
      {
        template,
        input: { values: {}, secrets: {} },
        folder: undefined,
        isDryRun: false,
        run: () => new Promise<never>(() => {}),
      },
      id => (second = id),
    );
    await expect.poll(() => second).not.toBe('');
    await expect.poll(() => JSON.stringify(state.get('templates.tasks'))).toContain(second);

    const later = tasksIn(inMemoryState({ 'templates.tasks': state.get('templates.tasks') }));
    expect(later.list().map(({ id, status }) => [id, status])).toEqual([
      [second, 'interrupted'],
      [first, 'failed'],
    ]);
    expect(later.get(first)).toMatchObject({ values: { name: 'shop' }, canRetry: false });
  });

  it('keeps the last twenty runs, and can be cleared except for active ones', async () => {
    const state = inMemoryState();
    const tasks = tasksIn(state);
    for (let index = 0; index < 25; index++) await start(tasks, { run: failing });
    expect([tasks, tasksIn(state)].map(one => one.list().length)).toEqual([20, 20]);
    let running = '';
    let complete = (): void => {};
    const promise = new Promise<TemplateRunResult>(resolve => {
      complete = () => resolve(resultOf('completed'));
    });
    const done = tasks.start(
      {
        template,
        input: { values: {}, secrets: {} },
        folder: undefined,
        isDryRun: false,
        run: () => promise,
      },
      id => (running = id),
    );
    await expect.poll(() => running).not.toBe('');
    await tasks.clear();
    expect(tasks.list().map(({ id }) => id)).toEqual([running]);
    complete();
    await done;
    await tasks.clear();
    expect(state.get('templates.tasks')).toEqual([]);
  });

  it('skips invalid entries', () => {
    const state = inMemoryState();
    void state.set('templates.tasks', [null, 7, { id: 'a' }, { steps: [{}] }]);
    expect(tasksIn(state).list()).toEqual([]);
  });

  it('never contains a secret', async () => {
    const state = inMemoryState();
    const tasks = tasksIn(state);
    const secret = 's3cret-token';
    const pins = ['pin-4711', 'pin-0815'];
    const leak = [secret, ...pins].join(' ');
    const id = await start(tasks, {
      secrets: { token: secret },
      values: {
        name: `shop ${secret}`,
        pin: 'pin-4711',
        token: '************',
        servers: [{ host: 'a', pin: 'pin-0815' }, { host: 'b' }],
      },
      async run({ onLog, setFiles }) {
        expect(onLog({ stepId: 'a', status: 'processing', message: leak })).toBe('*** *** ***');
        onLog({ stepId: undefined, message: leak });
        const content = new Uint8Array();
        setFiles([
          { path: leak, content, isExecutable: false, change: 'added', before: undefined },
        ]);
        return resultOf('failed', { error: leak, output: { text: [{ content: leak }] } });
      },
    });
    expect(tasks.get(id)?.values).toEqual({
      name: 'shop ***',
      servers: [{ host: 'a' }, { host: 'b' }],
    });
    for (const shown of [state.get('templates.tasks'), tasks.get(id), tasks.list()]) {
      for (const text of [secret, ...pins, '************']) {
        expect(JSON.stringify(shown)).not.toContain(text);
      }
    }
  });

  it('contains no secrets that are numbers or names of fields', async () => {
    const state = inMemoryState();
    const tasks = tasksIn(state);
    const id = await start(tasks, {
      secrets: { pin: '471100', token: 's3cret-token' },
      values: { name: 'shop', 'of s3cret-token': { port: 471100 }, ports: [8080, 471100] },
      async run() {
        return resultOf('completed', { output: { 's3cret-token': [{ port: 471100 }, 80] } });
      },
    });
    expect(tasks.get(id)?.values).toEqual({
      name: 'shop',
      'of ***': { port: '***' },
      ports: [8080, '***'],
    });
    expect(tasks.get(id)?.output).toEqual({ '***': [{ port: '***' }, 80] });
    for (const shown of [state.get('templates.tasks'), tasks.get(id), tasks.list()]) {
      expect(JSON.stringify(shown)).not.toMatch(/471100|s3cret-token/);
    }
  });

  it('has a size limit', async () => {
    const state = inMemoryState();
    const tasks = tasksIn(state);
    await start(tasks, {
      values: { name: 'x'.repeat(1_000_000) },
      async run({ onLog, setFiles }) {
        for (let line = 0; line < 5_000; line++) {
          onLog({ stepId: 'a', message: `${line} ${'x'.repeat(line === 4_999 ? 100_000 : 10)}` });
        }
        const content = new Uint8Array();
        const file = { content, isExecutable: false, change: 'added', before: undefined } as const;
        setFiles(Array.from({ length: 5_000 }, (_, index) => ({ ...file, path: `file-${index}` })));
        return resultOf('completed', { output: { text: ['x'.repeat(1_000_000)] } });
      },
    });
    expect(JSON.stringify(state.get('templates.tasks')).length).toBeLessThan(100_000);
  });
});

import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type {
  BackstageInstance,
  LoadedTemplate,
  StateService,
  TemplateInput,
} from '../../../../../../src/api';
import { silentLogger } from '../../../../../../src/base';
import { TemplateTasks } from '../../../../../../src/features/scaffolder/core';
import { resolveForm } from '../../../../../../src/features/scaffolder/core/forms/resolveForm';
import { InstanceRun } from '../../../../../../src/features/scaffolder/core/instances/instanceRun';
import { defaultRepoHosts } from '../../../../../../src/features/scm/core/forges';
import { inMemoryState } from '../../../../../support/inMemoryState';
import { HastyClock } from '../../../../../support/sourceHttp';
import { json } from '../../../../../support/standInBackstage';
import {
  aCompletion,
  aLog,
  type Question,
  sse,
  standInScaffolder,
} from '../../../../../support/standInScaffolder';

const instance = { id: 'acme', name: 'Acme', url: 'https://acme.example.com' };
const TASK = '/api/scaffolder/v2/tasks/task-1';

const template: LoadedTemplate & { instance: typeof instance } = {
  ref: 'template:default/service',
  title: 'Service',
  description: undefined,
  type: 'service',
  tags: [],
  owner: undefined,
  isShipped: false,
  actions: [],
  instance,
  file: 'callboard-source://acme/template/default/service.yaml',
  entity: { spec: { steps: [{ id: 'copied', action: 'debug:log' }] } },
};

/** The server's state of the task, which tests change. */
interface World {
  readonly state?: StateService;
  readonly answer?: (question: Question, response: ServerResponse) => boolean;
  readonly isSource?: boolean;
}

async function open({
  state = inMemoryState(),
  answer = () => false,
  isSource = true,
}: World = {}) {
  const { templates, requests: asked } = await standInScaffolder((question, response) => {
    if (answer(question, response)) return undefined;
    const { line, url } = question;
    if (line === 'POST /api/scaffolder/v2/tasks') return json(response, { id: 'task-1' });
    if (url.pathname === TASK) {
      const steps = [{ id: 'a', name: 'First', action: 'debug:log' }];
      return json(response, { id: 'task-1', status: 'processing', spec: { steps } });
    }
    if (line.startsWith('POST')) return json(response, {});
    return response.writeHead(500).end();
  });
  const getInstance = async () => (isSource ? ({ templates } as BackstageInstance) : undefined);
  const deps = { instances: { getInstance } };
  const tasks = new TemplateTasks({
    state,
    logger: silentLogger,
    clock: new HastyClock(100),
    resolveForm: async (_, form) =>
      resolveForm({ parameters: [{}], state: form, hosts: defaultRepoHosts }),
    follow: attempt => new InstanceRun(deps).run(attempt),
  });
  const lines = () => asked.map(({ line }) => line.replace('/api/scaffolder/v2/tasks', ''));
  const run = new InstanceRun(deps);
  const start = async (input: TemplateInput = { values: {}, secrets: {} }): Promise<string> => {
    await run.start(template, input, new AbortController().signal);
    let id = '';
    await tasks
      .start(
        {
          template,
          input,
          folder: undefined,
          isDryRun: false,
          instance,
          mayRetry: async () => true,
          run: attempt => run.run(attempt, input.secrets),
        },
        started => (id = started),
      )
      .catch(() => undefined);
    return id;
  };
  return { tasks, run, start, lines, asked, state };
}

const reporting =
  (...events: readonly object[]) =>
  ({ url }: Question, response: ServerResponse): boolean => {
    if (!url.pathname.endsWith('/eventstream')) return false;
    const after = Number(url.searchParams.get('after') ?? 0);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(sse(...events.filter(event => (event as { id: number }).id > after)));
    return true;
  };

const step = (id: number, status: string, second: number): object => ({
  ...aLog(id, `is ${status}`, { stepId: 'a', status }),
  createdAt: new Date(second * 1000).toISOString(),
});

describe('run on a Backstage', () => {
  it('has the steps and times of the server', async () => {
    const done = aCompletion(4, { output: { links: [{ title: 'A', url: 'https://a' }] } });
    const { tasks, start } = await open({
      answer: reporting(
        aLog(1, 'Starting'),
        step(2, 'processing', 5),
        step(3, 'completed', 8),
        done,
      ),
    });
    const id = await start();
    expect(tasks.get(id)).toEqual({
      id,
      template: 'template:default/service',
      title: 'Service',
      isDryRun: false,
      folder: undefined,
      status: 'completed',
      startedAt: 100,
      endedAt: 100,
      values: {},
      instance: { ...instance, taskId: 'task-1' },
      steps: [
        {
          id: 'a',
          name: 'First',
          action: 'debug:log',
          status: 'completed',
          startedAt: 5000,
          endedAt: 8000,
          isSimulated: false,
          log: ['is processing', 'is completed'],
        },
      ],
      log: ['Starting', 'Run completed'],
      output: { links: [{ title: 'A', url: 'https://a' }] },
      error: undefined,
      files: [],
      canRetry: false,
    });
  });

  it('is stored without secrets, which are sent again on a retry', async () => {
    let isFixed = false;
    const answer = (question: Question, response: ServerResponse): boolean =>
      reporting(
        step(1, 'failed', 1),
        aCompletion(2, { error: { message: 'a-secret is wrong' } }),
        ...(isFixed ? [step(3, 'completed', 2), aCompletion(4)] : []),
      )(question, response);
    const { tasks, start, asked, state, lines } = await open({ answer });
    const id = await start({ values: {}, secrets: { key: 'a-secret' } });
    expect(tasks.get(id)).toMatchObject({
      status: 'failed',
      error: '*** is wrong',
      canRetry: true,
    });
    expect(JSON.stringify(state.get('templates.tasks'))).not.toContain('a-secret');
    isFixed = true;
    await tasks.retry(id);
    expect(tasks.get(id)).toMatchObject({
      status: 'completed',
      steps: [{ log: ['is completed'] }],
    });
    expect(lines()).toContain('POST /task-1/retry');
    expect(asked.flatMap(({ body }) => (body ? [(body as TemplateInput).secrets] : []))).toEqual([
      { key: 'a-secret' },
      { key: 'a-secret' },
    ]);
  });

  it('is interrupted, not failed, without events, and can be followed again', async () => {
    let isLetIn = false;
    const { tasks, start, lines } = await open({
      answer: (question, response) => {
        if (!question.url.pathname.endsWith('/eventstream')) return false;
        if (!isLetIn) return Boolean(response.writeHead(403).end());
        return reporting(step(1, 'completed', 1), aCompletion(2))(question, response);
      },
    });
    const id = await start();
    expect(tasks.get(id)).toMatchObject({
      status: 'interrupted',
      error: undefined,
      canRetry: true,
      trouble: expect.stringContaining('token'),
    });
    isLetIn = true;
    await tasks.retry(id);
    expect(tasks.get(id)).toMatchObject({ status: 'completed', steps: [{ status: 'completed' }] });
    expect(tasks.get(id)).not.toHaveProperty('trouble');
    expect(lines()).not.toContain('POST /task-1/retry');
  });

  it('is followed by the next window', async () => {
    const state = inMemoryState();
    const first = await open({
      state,
      answer({ url }, response) {
        if (!url.pathname.endsWith('/eventstream')) return false;
        response.writeHead(200).write(sse(step(1, 'processing', 1)));
        return true;
      },
    });
    void first.start();
    await expect.poll(() => first.tasks.list()[0]?.instance?.taskId).toBe('task-1');
    const id = first.tasks.list()[0]?.id ?? '';
    await expect.poll(() => first.tasks.get(id)?.steps[0]?.status).toBe('processing');
    first.tasks.dispose();
    expect(first.lines().filter(line => line.startsWith('POST'))).toEqual(['POST ']);

    const kept = inMemoryState({ 'templates.tasks': state.get('templates.tasks') });
    const later = await open({
      state: kept,
      answer: reporting(step(1, 'processing', 1), step(2, 'completed', 9), aCompletion(3)),
    });
    await expect.poll(() => later.tasks.get(id)?.status).toBe('completed');
    expect(later.tasks.get(id)).toMatchObject({
      startedAt: 100,
      title: 'Service',
      canRetry: false,
      steps: [{ startedAt: 1000, endedAt: 9000, log: ['is processing', 'is completed'] }],
    });
    expect(later.lines()).toEqual(['GET /task-1', 'GET /task-1/eventstream']);
    // Without its log, which may contain secrets of the first window.
    await expect
      .poll(() => kept.get('templates.tasks'))
      .toMatchObject([{ status: 'completed', steps: [{ log: [] }], log: [], output: {} }]);

    const missing = await open({
      state: inMemoryState({ 'templates.tasks': state.get('templates.tasks') }),
      isSource: false,
    });
    await expect.poll(() => missing.tasks.get(id)?.status).toBe('interrupted');
    expect(missing.tasks.get(id)?.trouble).toContain('is no longer a source of the catalog');
  });

  it('is cancelled on the server', async () => {
    let tell = (_: string): void => {};
    const { tasks, start, lines } = await open({
      answer({ line, url }, response) {
        if (line.endsWith('/cancel')) {
          json(response, {});
          const cancelled = { ...aLog(2, 'Step a has been cancelled.'), type: 'cancelled' };
          tell(sse(cancelled, aCompletion(3, { error: { message: 'aborted' } })));
          return true;
        }
        if (!url.pathname.endsWith('/eventstream')) return false;
        response.writeHead(200).write(sse(step(1, 'processing', 1)));
        tell = text => response.end(text);
        return true;
      },
    });
    const over = start();
    await expect.poll(() => tasks.list().at(0)?.status).toBe('processing');
    const id = tasks.list()[0]?.id ?? '';
    await expect.poll(() => tasks.get(id)?.steps[0]?.status).toBe('processing');
    tasks.cancel(id);
    await over;
    expect(tasks.get(id)).toMatchObject({ status: 'cancelled', steps: [{ status: 'cancelled' }] });
    expect(lines().at(-1)).toBe('POST /task-1/cancel');
  });

  it('shows that the connection is lost until it is restored', async () => {
    const troubles: unknown[] = [];
    let failures = 5;
    const { tasks, start } = await open({
      answer(question, response) {
        troubles.push(tasks.list().map(({ id }) => tasks.get(id)?.trouble)[0]);
        const { pathname } = question.url;
        if (!pathname.includes('/event')) return false;
        if (failures > 0) {
          failures--;
          response.writeHead(503).end();
          return true;
        }
        if (pathname.endsWith('/events')) return Boolean(json(response, []) ?? true);
        return reporting(aCompletion(1))(question, response);
      },
    });
    const id = await start();
    expect(tasks.get(id)).toMatchObject({ status: 'completed' });
    expect(troubles).toContainEqual(expect.stringContaining('The task may still be running'));
  });

  it("does not start if the server rejects it or doesn't answer", async () => {
    const refusing = await open({
      answer: (_, response) =>
        Boolean(
          json(
            response,
            { errors: [{ property: 'instance.a', message: 'is odd' }] },
            {
              status: 400,
            },
          ) ?? true,
        ),
    });
    await expect(refusing.start()).rejects.toThrow('a is odd. Change it in the form.');
    expect(refusing.tasks.list()).toEqual([]);
    const away = await open({ answer: (_, response) => Boolean(response.destroy()) });
    await expect(away.start()).rejects.toThrow('The task may have started');
  });
});

import { describe, expect, it } from 'vitest';
import { json } from '../../../../../../support/standInBackstage';
import { type Answer, standInScaffolder } from '../../../../../../support/standInScaffolder';

const REF = 'template:default/service';
const { signal } = new AbortController();
const input = { values: { name: 'a' }, secrets: { token: 'hidden' } };

const answering =
  (value: unknown, status = 200): Answer =>
  (_, response) =>
    json(response, value, { status });

describe('Templates of a Backstage', () => {
  it("have the server's form", async () => {
    const { templates, requests: asked } = await standInScaffolder(
      answering({
        title: 'A service',
        steps: [
          {
            title: 'First',
            description: 'Of two',
            when: '${{ true }}',
            schema: { title: 'First', properties: { name: { type: 'string' } } },
          },
          { title: 'Please enter the following information', schema: {} },
        ],
      }),
    );
    expect(await templates.getForm(REF, { signal })).toEqual({
      title: 'A service',
      description: undefined,
      presentation: undefined,
      parameters: [
        {
          title: 'First',
          description: 'Of two',
          when: '${{ true }}',
          properties: { name: { type: 'string' } },
        },
        { title: 'Please enter the following information' },
      ],
    });
    expect(asked.map(({ line }) => line)).toEqual([
      'GET /api/scaffolder/v2/templates/default/template/service/parameter-schema',
    ]);
  });

  it('are run with separate secrets', async () => {
    const { templates, requests: asked } = await standInScaffolder(
      answering({ id: 'task-1' }, 201),
    );
    expect(await templates.start(REF, input, { signal })).toBe('task-1');
    expect(asked).toMatchObject([
      {
        line: 'POST /api/scaffolder/v2/tasks',
        body: { templateRef: REF, values: { name: 'a' }, secrets: { token: 'hidden' } },
      },
    ]);
  });

  it('report rejected fields and missing templates', async () => {
    const errors = [
      { property: 'instance.name', message: 'is too short', stack: 'instance.name is too short' },
      { property: 'instance', message: 'requires property "owner"' },
    ];
    const refusing = await standInScaffolder(answering({ errors }, 400));
    const message = 'Backstage rejected the input: name is too short; requires property "owner"';
    const refused = {
      message,
      errors: [
        { path: 'name', message: 'is too short' },
        { path: '', message: 'requires property "owner"' },
      ],
    };
    await expect(refusing.templates.start(REF, input, { signal })).rejects.toMatchObject(refused);
    await expect(refusing.templates.dryRun({}, input, { signal })).rejects.toMatchObject(refused);
    const odd = await standInScaffolder(
      answering({ error: { name: 'InputError', message: 'Unsupported apiVersion' } }, 400),
    );
    await expect(odd.templates.getForm(REF, { signal })).rejects.toThrow(
      'Backstage rejected the request: Unsupported apiVersion',
    );
    const missing = await standInScaffolder(answering({}, 404));
    await expect(missing.templates.start(REF, input, { signal })).rejects.toMatchObject({
      failure: 'missing',
      message: expect.stringContaining(REF),
    });
    expect(await missing.templates.getTask('t', { signal })).toBeUndefined();
  });

  it('distinguish a rejected token from a missing permission', async () => {
    let status = 401;
    const { templates } = await standInScaffolder((_, response) => json(response, {}, { status }), {
      token: 'a-token-of-somebody',
    });
    await expect(templates.start(REF, input, { signal })).rejects.toMatchObject({
      failure: 'unauthorized',
      message: expect.stringContaining('rejected the token'),
    });
    status = 403;
    await expect(templates.start(REF, input, { signal })).rejects.toMatchObject({
      failure: 'unauthorized',
      status: 403,
      message: 'Backstage does not allow you to run its templates.',
    });
  });

  it('reject invalid answers', async () => {
    for (const odd of [null, [], 'text', { title: 1 }, { steps: [1], title: 'a', id: '../x' }]) {
      const { templates } = await standInScaffolder(answering(odd));
      const failing = { failure: 'invalid' };
      await expect(templates.getForm(REF, { signal })).rejects.toMatchObject(failing);
      await expect(templates.start(REF, input, { signal })).rejects.toMatchObject(failing);
      await expect(templates.getTask('t', { signal })).rejects.toMatchObject(failing);
      await expect(templates.dryRun({}, input, { signal })).rejects.toMatchObject(failing);
    }
    const deep = JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`) as unknown;
    const { templates } = await standInScaffolder(
      answering({ title: 'a', steps: [{ title: 'b', schema: deep }] }),
    );
    await expect(templates.getForm(REF, { signal })).rejects.toMatchObject({ failure: 'invalid' });
  });

  it('reject invalid task ids', async () => {
    const { templates, requests: asked } = await standInScaffolder(answering({}));
    for (const id of ['..', '.', '../x', 'a/b', '', 'a?b', 'a b']) {
      await expect(templates.cancel(id, { signal })).rejects.toThrow('is not a task id');
      await expect(templates.follow(id, { signal, onEvent: () => {} })).rejects.toThrow(
        'is not a task id',
      );
    }
    expect(asked).toEqual([]);
  });

  it('list tasks', async () => {
    const { templates, requests: asked } = await standInScaffolder(
      answering({
        totalTasks: 12,
        tasks: [
          {
            id: 'one',
            status: 'processing',
            createdAt: '2026-11-24T14:18:23.000Z',
            createdBy: 'user:default/jane',
            spec: {
              templateInfo: { entityRef: 'template:default/Service' },
              steps: [{ id: 'a', name: 'First', action: 'debug:log' }, { action: 'debug:wait' }, 7],
            },
          },
          { id: 'two', status: 'odd' },
          'three',
        ],
      }),
    );
    const query = { limit: 500, offset: 2, status: ['open', 'processing'] as const, signal };
    expect(await templates.getTasks(query)).toEqual({
      total: 12,
      tasks: [
        {
          id: 'one',
          status: 'processing',
          template: 'template:default/service',
          createdAt: Date.parse('2026-11-24T14:18:23Z'),
          createdBy: 'user:default/jane',
          steps: [
            { id: 'a', name: 'First', action: 'debug:log' },
            { id: 'step-2', name: 'debug:wait', action: 'debug:wait' },
          ],
        },
        {
          id: 'two',
          status: undefined,
          template: undefined,
          createdAt: undefined,
          createdBy: undefined,
          steps: [],
        },
      ],
    });
    expect(asked.map(({ line }) => line)).toEqual([
      'GET /api/scaffolder/v2/tasks?limit=100&offset=2&order=desc%3Acreated_at&status=open&status=processing',
    ]);
  });

  it('are dry-run with their files, ignoring result files outside', async () => {
    const base64Content = btoa('hello');
    const { templates, requests: asked } = await standInScaffolder(
      answering({
        log: [
          { body: { message: 'Beginning', stepId: 'a', status: 'processing' } },
          { body: { message: 'Finished', stepId: 'a', status: 'completed' } },
          { body: { message: 'of the whole' } },
          'odd',
        ],
        steps: [{ id: 'a', name: 'A', action: 'fetch:plain' }],
        output: { text: [] },
        directoryContents: [
          { path: 'a/b.txt', executable: true, base64Content },
          ...['../c', '/d', 'e/../../f', 'g\\h', '', './i'].map(path => ({ path, base64Content })),
          { path: 'j', base64Content: '***' },
          { path: 'k' },
        ],
      }),
    );
    const files = [{ path: 'skeleton/x', content: new TextEncoder().encode('x') }];
    const template = { kind: 'Template' };
    const result = await templates.dryRun(template, input, { signal, files });
    expect(result).toEqual({
      status: 'completed',
      output: { text: [] },
      steps: [
        {
          id: 'a',
          name: 'A',
          action: 'fetch:plain',
          status: 'completed',
          output: {},
          log: ['Beginning', 'Finished'],
        },
      ],
      files: [{ path: 'a/b.txt', isExecutable: true, content: new TextEncoder().encode('hello') }],
    });
    expect(asked[0]?.body).toEqual({
      template,
      ...input,
      directoryContents: [{ path: 'skeleton/x', base64Content: btoa('x') }],
    });
  });

  it("fail in a dry run with the server's message", async () => {
    const { templates } = await standInScaffolder(
      answering({ error: { name: 'Error', message: 'ENOENT: no such file' } }, 500),
    );
    expect(await templates.dryRun({}, input, { signal })).toEqual({
      status: 'failed',
      steps: [],
      output: {},
      files: [],
      error: 'ENOENT: no such file',
    });
  });

  it('can be canceled and retried', async () => {
    const { templates, requests: asked } = await standInScaffolder(({ line }, response) =>
      json(
        response,
        { error: { message: 'cannot be retried' } },
        {
          status: line.includes('/done/') ? 409 : 200,
        },
      ),
    );
    await templates.cancel('t', { signal });
    await templates.retry('t', { token: 'hidden' }, { signal });
    await expect(templates.retry('done', {}, { signal })).rejects.toThrow('cannot be retried');
    expect(asked.map(({ line, body }) => [line, body])).toEqual([
      ['POST /api/scaffolder/v2/tasks/t/cancel', undefined],
      ['POST /api/scaffolder/v2/tasks/t/retry', { secrets: { token: 'hidden' } }],
      ['POST /api/scaffolder/v2/tasks/done/retry', { secrets: {} }],
    ]);
  });
});

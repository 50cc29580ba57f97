import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { InstanceTaskEnd, InstanceTemplates } from '../../../../../../../src/api';
import { BackstageSession } from '../../../../../../../src/features/backstage/core/catalog/backstageSession';
import { createInstanceTemplates } from '../../../../../../../src/features/backstage/core/instances/templates/instanceTemplates';
import type { JsonObject } from '../../../../../../../src/model';
import { NodeClock } from '../../../../../../../src/platform/node';
import { type BackstageServer, startBackstage } from '../../../../../../support/backstageServer';
import { openSourceHttp } from '../../../../../../support/sourceHttp';

const TOKEN = 'a-static-token-of-tests';
const { signal } = new AbortController();

const template = (name: string, spec: string): string => `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: ${name}, title: The ${name} }
spec:
  type: service
${spec.replace(/^/gm, '  ')}`;

const logs = template(
  'logs',
  `
parameters:
  - title: Names
    required: [name]
    properties:
      name: { type: string, maxLength: 5 }
      more: { type: string }
  - title: Hidden
    when: \${{ parameters.name == "other" }}
    properties: { other: { type: string } }
steps:
  - { id: log, name: Log, action: debug:log, input: { message: 'Hello \${{ parameters.name }}' } }
  - { id: hush, name: Hush, action: debug:log, input: { message: 'Hush \${{ secrets.key }}' } }
output:
  links: [{ title: Shop, url: 'https://shop.example.com/\${{ parameters.name }}' }]`,
);

const files = {
  'all.yaml': [
    logs,
    template(
      'waits',
      `steps:
  - { id: wait, name: Wait, action: debug:wait, input: { minutes: 2 } }
  - { id: after, name: After, action: debug:log, input: { message: done } }`,
    ),
    template(
      'fails',
      `steps:
  - { id: fetch, name: Fetch, action: fetch:plain, input: { url: ./nowhere } }
  - { id: after, name: After, action: debug:log, input: { message: done } }`,
    ),
  ].join('\n---'),
};

let server: BackstageServer;
let templates: InstanceTemplates;

beforeAll(async () => {
  server = await startBackstage({ name: 'templates', files, token: TOKEN });
  templates = templatesOf(server, TOKEN);
  // The catalog is read after the server has started.
  for (;;) {
    const form = templates.getForm('template:default/fails', { signal });
    if (await form.catch(() => undefined)) break;
    await sleep(100);
  }
}, 300_000);

afterAll(() => server.kill());

function templatesOf({ url }: BackstageServer, token: string): InstanceTemplates {
  const authorization = `Bearer ${token}`;
  const { host, origin } = new URL(url);
  const clock = new NodeClock();
  const session = new BackstageSession({
    url,
    clock,
    http: openSourceHttp({ allowed: [host], credentials: { [origin]: authorization }, clock }),
    credentials: { authorization: async () => authorization },
  });
  return createInstanceTemplates({ session, clock });
}

/** The steps, log and end of a task. */
async function follow(
  id: string,
  onStep: (step: string) => void = () => {},
): Promise<InstanceTaskEnd & { readonly steps: readonly string[]; readonly log: string }> {
  const steps: string[] = [];
  const log: string[] = [];
  const end = await templates.follow(id, {
    signal,
    onEvent({ stepId, status, message }) {
      log.push(message);
      if (stepId === undefined || status === undefined) return;
      steps.push(`${stepId} ${status}`);
      onStep(`${stepId} ${status}`);
    },
  });
  return { ...end, steps, log: log.join('\n') };
}

describe('Templates of a real Backstage', () => {
  it('have forms and actions', async () => {
    const form = await templates.getForm('template:default/logs', { signal });
    const { spec } = parse(logs) as { spec: { parameters: JsonObject[] } };
    expect(form).toEqual({
      title: 'The logs',
      description: undefined,
      presentation: undefined,
      parameters: spec.parameters,
    });
    const actions = await templates.getActions({ signal });
    expect(actions.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['debug:log', 'debug:wait', 'fetch:template']),
    );
    await expect(templates.getForm('template:default/no', { signal })).rejects.toMatchObject({
      failure: 'missing',
    });
  });

  it('run there and report their steps', async () => {
    const input = { values: { name: 'Jane' }, secrets: { key: 'a-secret-key' } };
    const id = await templates.start('template:default/logs', input, { signal });
    const { status, output, steps, log } = await follow(id);
    expect({ status, output, steps }).toEqual({
      status: 'completed',
      output: { links: [{ title: 'Shop', url: 'https://shop.example.com/Jane' }] },
      steps: ['log processing', 'log completed', 'hush processing', 'hush completed'],
    });
    expect(log).toContain('info: Hello Jane\n');
    expect(log).not.toContain('a-secret-key');
    expect(log).not.toContain('\u001b');
    expect(await templates.getTask(id, { signal })).toMatchObject({
      id,
      status: 'completed',
      template: 'template:default/logs',
      steps: [
        { id: 'log', name: 'Log', action: 'debug:log' },
        { id: 'hush', name: 'Hush', action: 'debug:log' },
      ],
    });
    const { tasks } = await templates.getTasks({ status: ['completed'], signal });
    expect(tasks.map(task => task.id)).toContain(id);
    expect(await templates.getTask('nowhere', { signal })).toBeUndefined();
  });

  it('report rejected values by field', async () => {
    const input = { values: { name: 'far too long' }, secrets: {} };
    const refused = templates.start('template:default/logs', input, { signal });
    await expect(refused).rejects.toMatchObject({
      errors: [{ path: 'name', message: 'does not meet maximum length of 5' }],
    });
    const missing = templates.dryRun(
      parse(logs) as JsonObject,
      { ...input, values: {} },
      { signal },
    );
    await expect(missing).rejects.toMatchObject({
      errors: [{ path: '', message: 'requires property "name"' }],
    });
  });

  it("fail with the server's message", async () => {
    const nothing = { values: {}, secrets: {} };
    const id = await templates.start('template:default/fails', nothing, { signal });
    expect(await follow(id)).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('nowhere'),
      steps: ['fetch processing', 'fetch failed', 'after skipped'],
    });
    await templates.retry(id, {}, { signal });
    expect(await follow(id)).toMatchObject({ status: 'failed' });
  });

  it('can be canceled', async () => {
    const nothing = { values: {}, secrets: {} };
    const id = await templates.start('template:default/waits', nothing, { signal });
    const end = await follow(id, step => {
      if (step === 'wait processing') void templates.cancel(id, { signal });
    });
    expect(end).toMatchObject({ status: 'cancelled' });
    expect(end.steps).toContain('wait cancelled');
    expect(end.steps).not.toContain('after completed');
  });

  it('can be dry-run', async () => {
    const spec = `
steps:
  - { id: fetch, name: Fetch, action: fetch:plain, input: { url: ./skeleton } }
  - { id: log, action: debug:log, input: { message: hello } }
output: { text: [{ content: done }] }`;
    const entity = parse(template('new', spec)) as JsonObject;
    const content = new TextEncoder().encode('A');
    const tried = { files: [{ path: 'skeleton/a/b.txt', content }], signal };
    const nothing = { values: {}, secrets: {} };
    expect(await templates.dryRun(entity, nothing, tried)).toMatchObject({
      status: 'completed',
      output: { text: [{ content: 'done' }] },
      files: [{ path: 'a/b.txt', content, isExecutable: false }],
      steps: [
        { id: 'fetch', name: 'Fetch', status: 'completed' },
        { id: 'log', name: 'debug:log', status: 'completed' },
      ],
    });
    expect(await templates.dryRun(entity, nothing, { signal })).toMatchObject({
      status: 'failed',
      files: [],
      error: expect.stringContaining('skeleton'),
    });
  });

  it('require a valid token', async () => {
    const other = templatesOf(server, 'another-token');
    await expect(other.getActions({ signal })).rejects.toMatchObject({ failure: 'unauthorized' });
    await expect(other.follow('t', { signal, onEvent: () => {} })).rejects.toMatchObject({
      failure: 'unauthorized',
    });
  });
});

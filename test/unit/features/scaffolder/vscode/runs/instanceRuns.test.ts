import { beforeEach, describe, expect, it, vi } from 'vitest';
import type {
  BackstageInstance,
  BackstageInstances,
  TemplateInput,
} from '../../../../../../src/api';
import { silentLogger } from '../../../../../../src/base';
import { type ServedTemplate, TemplateTasks } from '../../../../../../src/features/scaffolder/core';
import { resolveForm } from '../../../../../../src/features/scaffolder/core/forms/resolveForm';
import type { RunLog } from '../../../../../../src/features/scaffolder/vscode/runs/attempts';
import { InstanceRuns } from '../../../../../../src/features/scaffolder/vscode/runs/instanceRuns';
import type { VsCodeTaskDesk } from '../../../../../../src/features/scaffolder/vscode/runs/taskDesk';
import { defaultRepoHosts } from '../../../../../../src/features/scm/core/forges';
import { NodeClock } from '../../../../../../src/platform/node';
import { VsCodeActionsService } from '../../../../../../src/platform/vscode/vsCodeActionsService';
import { inMemoryState } from '../../../../../support/inMemoryState';
import { HastyClock } from '../../../../../support/sourceHttp';
import { json } from '../../../../../support/standInBackstage';
import {
  aCompletion,
  aLog,
  type Answer,
  sse,
  standInScaffolder,
} from '../../../../../support/standInScaffolder';

const user = vi.hoisted(() => ({
  /** Whether the user accepts prompts. */
  agrees: true,
  asked: [] as string[],
  messages: [] as string[],
  /** The button of a message that is chosen, if any. */
  chooses: undefined as string | undefined,
}));

vi.mock('vscode', () => {
  const tell = (message: string, ...answers: string[]) => {
    user.messages.push([message, ...answers].join(' | '));
    return Promise.resolve(answers.find(answer => answer === user.chooses));
  };
  return {
    l10n: {
      t: (message: string, ...values: unknown[]) =>
        message.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
    },
    CancellationError: class extends Error {},
    commands: { executeCommand: () => Promise.resolve() },
    env: { openExternal: () => Promise.reject(new Error('there is no browser')) },
    ProgressLocation: {},
    Uri: { parse: (text: string) => text },
    window: {
      showInformationMessage: tell,
      showErrorMessage: tell,
      withProgress: (_: unknown, run: (...args: unknown[]) => unknown) =>
        run({ report: () => {} }, { onCancellationRequested: () => {} }),
      showWarningMessage(message: string, options?: { detail?: string }, agree?: string) {
        if (options?.detail === undefined) return tell(message);
        user.asked.push(`${message}\n${options.detail}`);
        return Promise.resolve(user.agrees ? agree : undefined);
      },
    },
  };
});

const parameters = {
  properties: {
    name: { type: 'string' },
    pin: { type: 'string', 'ui:widget': 'password' },
    key: { type: 'string', 'ui:field': 'Secret' },
  },
};

const template: ServedTemplate = {
  ref: 'template:default/service',
  title: 'Service',
  description: undefined,
  type: 'service',
  tags: [],
  owner: undefined,
  isShipped: false,
  actions: [],
  file: 'callboard-source://acme/template/default/service.yaml',
  instance: { id: 'acme', name: 'Acme', url: 'https://acme.example.com' },
  entity: {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: {
      name: 'service',
      annotations: { 'backstage.io/source-location': 'url:https://github.com/acme/t/tree/main/' },
    },
    spec: { parameters, steps: [{ action: 'fetch:plain', input: { url: './skeleton' } }] },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team-a' }],
  },
};

const input: TemplateInput = {
  values: { name: 'shop', pin: '4711-pin', key: '********' },
  secrets: { key: 'a-secret-key' },
};

beforeEach(() => {
  Object.assign(user, { agrees: true, asked: [], messages: [], chooses: undefined });
});

const actions = new VsCodeActionsService({
  clock: new NodeClock(),
  logger: silentLogger,
  titles: new Map(),
  showLog: () => {},
});

async function open(answer: Answer) {
  const { templates, requests: asked } = await standInScaffolder(answer);
  const instance = { templates } as BackstageInstance;
  const instances: BackstageInstances = {
    getInstances: async () => [instance],
    getInstance: async id => (id === 'acme' ? instance : undefined),
  };
  const log: string[] = [];
  const form = async (_: string, state: Parameters<typeof resolveForm>[0]['state']) =>
    resolveForm({ parameters, state, hosts: defaultRepoHosts });
  const tasks = new TemplateTasks({
    state: inMemoryState(),
    logger: silentLogger,
    clock: new HastyClock(),
    resolveForm: form,
  });
  const runs = new InstanceRuns({
    actions,
    instances,
    logger: silentLogger,
    engine: { resolveForm: form },
    hosts: async () => new Map([['github.com', 'github']]),
    log: {
      begin: (title: string) => log.push(title),
      append: (_: unknown, line: string) => log.push(line),
    } as unknown as RunLog,
    tasks: tasks as unknown as VsCodeTaskDesk,
  });
  return { runs, tasks, asked, log };
}

/** Completes at once, with a link with this title. */
const linkingBy =
  (title: string): Answer =>
  ({ url, line }, response) => {
    if (line.startsWith('POST')) return json(response, { id: 'task-1' });
    if (!url.pathname.endsWith('/eventstream')) return json(response, {}, { status: 404 });
    const links = [{ title, url: 'https://github.com/acme/shop' }];
    response.end(sse(aLog(1, 'hello'), aCompletion(2, { output: { links } })));
  };

const running = linkingBy('Repository');

describe('template run on a Backstage', () => {
  it('starts after the user agreed to the inputs, shown without secrets', async () => {
    const { runs, tasks, asked, log } = await open(running);
    user.agrees = false;
    expect(await runs.create({ template, input })).toBe(false);
    expect(asked).toEqual([]);
    user.agrees = true;
    expect(await runs.create({ template, input })).toBe(true);
    expect(user.asked[1]).toBe(
      [
        'Run Service on Acme?',
        'It runs at https://acme.example.com with the permissions of that Backstage.',
        'name: shop',
        'Secrets (sent, but not stored): key',
      ].join('\n'),
    );
    expect(asked[0]?.body).toEqual({ templateRef: template.ref, ...input });
    await expect.poll(() => tasks.list()[0]?.status).toBe('completed');
    expect(user.messages).toEqual(['Service completed on Acme. | Repository | Show Run']);
    expect(log).toEqual(['Service', 'hello', 'Run completed']);
  });

  it("completes even if the chosen link can't be opened", async () => {
    const { runs, tasks } = await open(running);
    user.chooses = 'Repository';
    await runs.create({ template, input });
    await expect
      .poll(() => user.messages.at(-1))
      .toBe('Repository failed: there is no browser. | Show Log');
    expect(tasks.list()[0]?.status).toBe('completed');
  });

  it('hides links with the titles of its own buttons', async () => {
    const { runs } = await open(linkingBy('Show Run'));
    await runs.create({ template, input });
    await expect.poll(() => user.messages).toEqual(['Service completed on Acme. | Show Run']);
  });

  it('does not start if the server rejects it', async () => {
    const { runs, tasks } = await open((_, response) => json(response, {}, { status: 404 }));
    await expect(runs.create({ template, input })).rejects.toThrow('has no template');
    expect(tasks.list()).toEqual([]);
  });

  it('is not failed if the connection is lost', async () => {
    const { runs, tasks } = await open((question, response) =>
      question.url.pathname.endsWith('/eventstream')
        ? void response.writeHead(401).end()
        : running(question, response),
    );
    await runs.create({ template, input });
    await expect.poll(() => tasks.list()[0]?.status).toBe('interrupted');
    await expect
      .poll(() => user.messages)
      .toEqual([expect.stringContaining("Can't get the status of Service from Acme: http")]);
  });

  it('is tried with absolute URLs, and its files are shown', async () => {
    const { runs, tasks, asked } = await open((_, response) =>
      json(response, {
        log: [
          { body: { stepId: 'step-1', message: 'Beginning', status: 'processing' } },
          { body: { stepId: 'step-1', message: 'Finished', status: 'completed' } },
        ],
        output: {},
        steps: [{ id: 'step-1', name: 'fetch:plain', action: 'fetch:plain' }],
        directoryContents: [{ path: 'a.txt', base64Content: btoa('A') }],
      }),
    );
    await runs.showDryRun({ template, input }, { folder: undefined });
    const { relations: _, ...entity } = template.entity;
    const url = 'https://github.com/acme/t/tree/main/skeleton';
    expect(asked.map(({ line, body }) => [line, body])).toEqual([
      [
        'POST /api/scaffolder/v2/dry-run',
        {
          template: {
            ...entity,
            spec: { parameters, steps: [{ action: 'fetch:plain', input: { url } }] },
          },
          ...input,
          directoryContents: [],
        },
      ],
    ]);
    const id = tasks.list()[0]?.id ?? '';
    expect(tasks.get(id)).toMatchObject({
      status: 'completed',
      isDryRun: true,
      instance: { name: 'Acme' },
      canRetry: false,
      files: [{ path: 'a.txt', change: 'added' }],
      steps: [
        { id: 'step-1', status: 'completed', log: ['Beginning', 'Finished'], isSimulated: false },
      ],
    });
    expect(user.asked).toEqual([]);
  });

  it("explains that a dry run can't include local files", async () => {
    const { runs } = await open((_, response) =>
      json(response, { error: { message: 'ENOENT' } }, { status: 500 }),
    );
    const onDisk = {
      ...template,
      entity: { ...template.entity, metadata: { name: 'service' } },
    };
    const { signal } = new AbortController();
    expect(await runs.preview({ template: onDisk, input }, { signal })).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/^ENOENT The dry run can't include files next to the template/),
    });
  });
});

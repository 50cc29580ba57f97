import { describe, expect, it } from 'vitest';
import type { ScaffolderAction, ScaffolderActionContext } from '../../../../../../src/api';
import { isRecord } from '../../../../../../src/base';
import {
  MemoryWorkspace,
  runTask,
  type TaskCheckpoint,
  TemplateEngine,
} from '../../../../../../src/features/scaffolder/core';
import { defaultRepoHosts } from '../../../../../../src/features/scm/core/forges';
import type { JsonValue } from '../../../../../../src/model';
import { growth, LINEAR } from '../../../../../support/growth';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { runTemplate, textsOf } from '../../../../../support/templateRuns';

const said = (message: string): string =>
  `{ action: debug:log, input: { message: ${JSON.stringify(message)} } }`;

/** Engine that runs each step a number of times. */
function loopingEngine(count: number): TemplateEngine {
  const iterations = Array.from({ length: count }, (_, index) => ({
    each: { key: String(index), value: index },
    shouldRun: true,
    input: {},
  }));
  const result = { asksForStatus: false, shouldRun: true, iterations, redactions: [] };
  const fileSystem = new InMemoryFileSystem({});
  return new TemplateEngine({
    run: async (job, input) =>
      job.readOutput(
        isRecord(input) && input['type'] === 'step'
          ? { type: 'step', result }
          : await job.run(input, { fileSystem }),
      ),
    dispose() {},
  });
}

describe('template task', () => {
  it('names unnamed steps', async () => {
    const { steps } = await runTemplate({ template: `steps: [${said('a')}, ${said('b')}]` });
    expect(steps.map(({ id, name, status }) => [id, name, status])).toEqual([
      ['step-1', 'debug:log', 'completed'],
      ['step-2', 'debug:log', 'completed'],
    ]);
  });

  it('logs each line once, in order', async () => {
    const { log, steps } = await runTemplate({ template: `steps: [${said('hello')}]` });
    expect(
      log.map(({ stepId, status, message }) => [stepId, status, message.split('\n')[0]]),
    ).toEqual([
      [undefined, undefined, 'Starting up task with 1 steps'],
      ['step-1', 'processing', 'Beginning step debug:log'],
      ['step-1', undefined, 'Running debug:log in dry-run mode with inputs (secrets redacted): {'],
      ['step-1', undefined, '{'],
      ['step-1', undefined, 'hello'],
      ['step-1', 'completed', 'Finished step debug:log'],
    ]);
    expect(steps[0]?.log).toEqual(log.slice(1).map(({ message }) => message));
  });

  it('logs inputs that are nested deeply in proportion to their size', async () => {
    const levels = 1000;
    const text = `${'['.repeat(levels)}${']'.repeat(levels)}`;
    const input = { message: JSON.parse(text) as JsonValue };
    const { log } = await runTemplate({
      template: {
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        kind: 'Template',
        metadata: { name: 'x' },
        spec: { steps: [{ id: 'a', action: 'debug:log', input }] },
      },
    });
    const size = log.reduce((sum, { message }) => sum + message.length, 0);
    expect(log.map(({ message }) => message).join('')).toContain(text);
    expect(size).toBeLessThan(10 * text.length);
  });

  it('passes the same context to actions as Backstage', async () => {
    const contexts: unknown[] = [];
    const action: ScaffolderAction = {
      id: 'acme:look',
      supportsDryRun: true,
      handler({ input, secrets, step, task, templateInfo, user, isDryRun, output }) {
        contexts.push({ input, secrets, step, task, templateInfo, user, isDryRun });
        output('seen', true);
        return Promise.resolve();
      },
    };
    const { output } = await runTemplate({
      template: `{ steps: [{ id: a, name: Look, action: 'acme:look', input: { x: '\${{ secrets.s }}' } }], output: { seen: '\${{ steps.a.output.seen }}' } }`,
      secrets: { s: 'hidden' },
      actions: [action],
    });
    expect(contexts).toEqual([
      {
        input: { x: 'hidden' },
        secrets: { s: 'hidden' },
        step: { id: 'a', name: 'Look' },
        task: { id: 'dry-run-1' },
        templateInfo: {
          entityRef: 'template:default/dry-run',
          baseUrl: 'file:///source/template.yaml',
        },
        user: {},
        isDryRun: true,
      },
    ]);
    expect(output).toEqual({ seen: true });
  });

  it('validates all inputs before the action runs', async () => {
    let runs = 0;
    const action: ScaffolderAction = {
      id: 'acme:count',
      supportsDryRun: true,
      schema: { input: { type: 'object', properties: { n: { type: 'number' } } } },
      handler() {
        runs++;
        return Promise.resolve();
      },
    };
    const { error } = await runTemplate({
      template:
        "steps: [{ each: [1, x], action: 'acme:count', input: { n: '${{ each.value }}' } }]",
      actions: [action],
    });
    expect(error).toBe(
      'Invalid input passed to action acme:count[1], instance.n is not of a type(s) number',
    );
    expect(runs).toBe(0);
  });

  describe('with very many iterations', () => {
    const echo: ScaffolderAction = {
      id: 'acme:echo',
      supportsDryRun: true,
      handler({ output }) {
        output('n', 1);
        return Promise.resolve();
      },
    };
    const loop = (count: number): string =>
      `steps: [{ id: a, each: '\${{ range(${count}) }}', action: 'acme:echo' }]`;

    it('collects outputs in linear time', async () => {
      const signal = new AbortController().signal;
      const run = (count: number) =>
        runTask(
          {
            template: { spec: { steps: [{ id: 'a', each: 'x', action: 'acme:echo' }] } },
            templateInfo: { entityRef: 'template:default/a', baseUrl: 'file:///a' },
            values: {},
            secrets: {},
            user: {},
            taskId: 'a',
            isDryRun: false,
          },
          {
            engine: loopingEngine(count),
            action: () => echo,
            workspace: new MemoryWorkspace('/tmp/a'),
            hosts: defaultRepoHosts,
            signal,
          },
        );
      const { steps } = await run(3);
      expect(steps[0]?.output).toEqual({ n: [1, 1, 1] });
      expect(await growth(run, 20_000)).toBeLessThan(LINEAR);
    });

    it('yields to other tasks and stops when it is cancelled', async () => {
      const controller = new AbortController();
      let runs = 0;
      const busy: ScaffolderAction = {
        ...echo,
        handler() {
          if (++runs === 100) setTimeout(() => controller.abort(), 0);
          // The timer of the test fires only while the run pauses.
          for (const until = performance.now() + 1; performance.now() < until;);
          return Promise.resolve();
        },
      };
      const { status } = await runTemplate({
        template: loop(10_000),
        actions: [busy],
        signal: controller.signal,
      });
      expect(status).toBe('cancelled');
      expect(runs).toBeLessThan(1000);
    });

    it('rejects inputs that are too large together', async () => {
      const { error } = await runTemplate({
        template:
          "steps: [{ id: a, each: '${{ range(1000) }}', action: 'acme:echo', input: { a: \"${{ 'x' | center(50000) }}\" } }]",
        actions: [echo],
      });
      expect(error).toBe('Invalid input passed to action acme:echo, it is larger than 32 MB');
    });

    it('rejects too many iterations', async () => {
      const { error, steps } = await runTemplate({ template: loop(10_001), actions: [echo] });
      expect(error).toBe(
        'Invalid value on action acme:echo.each parameter, it has 10001 items, but a step runs at most 10000 times',
      );
      expect(steps[0]?.status).toBe('failed');
    });
  });

  it('reports errors of an action without secrets', async () => {
    const action: ScaffolderAction = {
      id: 'acme:fail',
      supportsDryRun: true,
      handler: ({ secrets, logger }) => {
        logger.warn(`about ${secrets['s']}`);
        return Promise.reject(new TypeError(`no ${secrets['s']} here`));
      },
    };
    const { error, steps } = await runTemplate({
      template: "steps: [{ id: a, action: 'acme:fail' }]",
      secrets: { s: 'hidden' },
      actions: [action],
    });
    expect(error).toBe('no *** here');
    expect(steps[0]?.log.slice(-2)).toEqual(['warn: about ***', 'error: TypeError: no *** here']);
  });

  it('redacts values derived from secrets in later steps', async () => {
    const { steps } = await runTemplate({
      template: `steps:
  - { id: a, action: debug:log, input: { message: '\${{ secrets.s | upper }}' } }
  - { id: b, action: debug:log, input: { message: HIDDEN message } }`,
      secrets: { s: 'hidden' },
    });
    expect(steps[1]?.log.at(-2)).toBe('*** message');
  });

  it('passes outputs unchanged to steps, and redacted to the result', async () => {
    const action: ScaffolderAction = {
      id: 'acme:echo',
      supportsDryRun: true,
      handler({ input, output, secrets }) {
        output('said', [{ [`by ${secrets['s']}`]: input['said'] ?? null }, 5, true]);
        output('secret', secrets['s'] ?? '');
        return Promise.resolve();
      },
    };
    const { steps, output, files } = await runTemplate({
      template: `steps:
  - { id: a, action: 'acme:echo', input: { said: '\${{ secrets.s | upper }}!' } }
  - { id: b, action: 'fetch:template', input: { url: ., values: { x: '\${{ steps.a.output.secret }}' } } }
output:
  links: [{ title: Go, url: 'https://x.y/?t=\${{ steps.a.output.secret }}' }]
  all: '\${{ steps.a.output.said }}'`,
      secrets: { s: 'hidden' },
      files: { 'a.txt': '${{ values.x }}' },
      actions: [action],
    });
    const said = [{ 'by ***': '***' }, 5, true];
    expect(steps[0]?.output).toEqual({ said, secret: '***' });
    expect(output).toEqual({ links: [{ title: 'Go', url: 'https://x.y/?t=***' }], all: said });
    expect(textsOf(files)).toEqual({ 'a.txt': 'hidden' });
  });

  it('copies outputs of a step', async () => {
    const kept: { list: number[] } = { list: [1] };
    const action: ScaffolderAction = {
      id: 'acme:keep',
      supportsDryRun: true,
      handler({ output }) {
        output('kept', kept);
        setTimeout(() => kept.list.push(2));
        return Promise.resolve();
      },
    };
    const { output } = await runTemplate({
      template: `{ steps: [{ id: a, action: 'acme:keep' }, ${said('x')}], output: { kept: '\${{ steps.a.output.kept.list }}' } }`,
      actions: [action],
    });
    expect(output).toEqual({ kept: [1] });
  });

  it('stops when it is cancelled and skips later steps', async () => {
    const controller = new AbortController();
    const action: ScaffolderAction = {
      id: 'acme:cancel',
      supportsDryRun: true,
      handler({ workspace }) {
        workspace.writeFile('a', '');
        controller.abort();
        return Promise.resolve();
      },
    };
    const { status, steps } = await runTemplate({
      template: `steps: [{ id: a, action: 'acme:cancel' }, { id: b, if: '\${{ always() }}', action: debug:log }]`,
      actions: [action],
      signal: controller.signal,
    });
    expect(status).toBe('cancelled');
    expect(steps.map(step => step.status)).toEqual(['cancelled', 'skipped']);
  });
});

describe('retried task', () => {
  /** Counts its runs, and fails in the first one after writing a file. */
  function failingOnce(): ScaffolderAction & { runs: number } {
    const action = {
      id: 'acme:fail-once',
      supportsDryRun: true,
      runs: 0,
      handler({ workspace }: ScaffolderActionContext): Promise<void> {
        action.runs++;
        workspace.writeFile(`run-${action.runs}`, '');
        return action.runs === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve();
      },
    };
    return action;
  }

  const template = `
steps:
  - { id: a, action: 'acme:count', input: { text: '\${{ secrets.s | upper }}' } }
  - { id: off, if: false, action: 'acme:count' }
  - { id: b, action: 'acme:fail-once' }
  - { id: c, action: debug:log, input: { message: 'HIDDEN \${{ steps.a.output.n }}' } }
  - { id: d, if: '\${{ failure() }}', action: 'acme:count' }
output: { n: '\${{ steps.a.output.n }}' }`;

  it('repeats the failed step and later ones, with the earlier files', async () => {
    let counted = 0;
    const counting: ScaffolderAction = {
      id: 'acme:count',
      supportsDryRun: true,
      handler({ workspace, output }) {
        counted++;
        workspace.writeFile(`count-${counted}`, '');
        output('n', counted);
        return Promise.resolve();
      },
    };
    const run = { template, secrets: { s: 'hidden' }, actions: [counting, failingOnce()] };
    const first = await runTemplate(run);
    expect(first.steps.map(({ status }) => status)).toEqual([
      'completed',
      'skipped',
      'failed',
      'skipped',
      'completed',
    ]);
    expect([...first.files.keys()]).toEqual(['count-1', 'count-2', 'run-1']);

    const second = await runTemplate({ ...run, ...resumed(first) });
    expect(second.status).toBe('completed');
    expect(second.output).toEqual({ n: 1 });
    expect([...second.files.keys()]).toEqual(['count-1', 'run-2']);
    expect(
      second.log
        .filter(({ message }) => !/^(Running|Beginning|Finished)|^[{]/.test(message))
        .map(({ stepId, status, message }) => [stepId, status, message]),
    ).toEqual([
      [undefined, undefined, 'Starting up task with 5 steps'],
      [
        undefined,
        undefined,
        'Task recovered - resuming from last known good state. 1 step(s) already completed.',
      ],
      ['a', 'completed', 'Skipping step a because it was already completed in a previous run'],
      ['off', 'skipped', 'Skipping step off because its if condition was false'],
      ['c', undefined, '*** 1'],
      ['d', 'skipped', 'Skipping step d because its if condition was false'],
    ]);
    expect(counted).toBe(2);
  });

  it('can fail again and be retried from the same step', async () => {
    const failing: ScaffolderAction = {
      id: 'acme:fail',
      supportsDryRun: true,
      handler: ({ workspace }) => {
        workspace.writeFile('half', '');
        return Promise.reject(new Error('never'));
      },
    };
    const run = { template: `steps: [${said('a')}, { action: 'acme:fail' }]`, actions: [failing] };
    const first = await runTemplate(run);
    const second = await runTemplate({ ...run, ...resumed(first) });
    expect([second.status, second.error]).toEqual(['failed', 'never']);
    expect(second.checkpoint?.completed).toEqual([0]);
    expect([...(second.checkpoint?.workspace.files().keys() ?? [])]).toEqual([]);
  });

  it('continues from the cancelled step', async () => {
    const controller = new AbortController();
    const failing = failingOnce();
    const cancelling: ScaffolderAction = {
      ...failing,
      async handler(context) {
        controller.abort();
        await failing.handler(context);
      },
    };
    const run = { template: `steps: [${said('a')}, { action: 'acme:fail-once' }]` };
    const first = await runTemplate({
      ...run,
      actions: [cancelling],
      signal: controller.signal,
    });
    expect(first.status).toBe('cancelled');
    const second = await runTemplate({ ...run, actions: [failing], ...resumed(first) });
    expect(second.steps.map(({ status }) => status)).toEqual(['completed', 'completed']);
    expect([...second.files.keys()]).toEqual(['run-2']);
  });

  function resumed({ checkpoint }: { readonly checkpoint: TaskCheckpoint | undefined }): {
    resume: TaskCheckpoint;
  } {
    if (!checkpoint) throw new Error('Nothing was kept');
    return { resume: checkpoint };
  }
});

describe('actions of modules in a dry run', () => {
  const run = (action: string, input: object): ReturnType<typeof runTemplate> =>
    runTemplate({ template: JSON.stringify({ steps: [{ id: 'a', action, input }] }) });

  it('are skipped with an example output', async () => {
    const { steps, files } = await run('publish:github', {
      repoUrl: 'github.com?owner=acme&repo=shop',
    });
    expect(steps[0]).toMatchObject({
      status: 'skipped',
      output: { remoteUrl: '<example>', repoContentsUrl: '<example>' },
    });
    expect(steps[0]?.log.at(-1)).toBe('Skipping because publish:github does not support dry-run');
    expect(textsOf(files)).toEqual({});
  });

  it.each([
    [
      'publish:github:pull-request',
      { repoUrl: 'github.com?owner=a&repo=b', branchName: 'x', title: 't', description: 'd' },
      { targetBranchName: 'x', remoteUrl: 'github.com?owner=a&repo=b', pullRequestNumber: 43 },
    ],
    [
      'github:issues:create',
      { repoUrl: 'github.com?owner=a&repo=b', title: 'Broken' },
      { issueUrl: 'https://github.com/a/b/issues/42', issueNumber: 42 },
    ],
    ['github:webhook', { repoUrl: 'github.com?owner=a&repo=b', webhookUrl: 'https://x.y' }, {}],
    [
      'gitlab:group:ensureExists',
      { repoUrl: 'gitlab.com?owner=a&repo=b', path: ['g'] },
      { groupId: 42 },
    ],
    [
      'gitlab:group:access',
      { repoUrl: 'gitlab.com', path: 'g', userIds: [1], accessLevel: 'Maintainer' },
      { userIds: [1], path: 'g', accessLevel: 40 },
    ],
    [
      'gitlab:group:access',
      { repoUrl: 'gitlab.com', path: 'g', groupIds: [2], accessLevel: 10 },
      { groupIds: [2], path: 'g', accessLevel: 10 },
    ],
  ])('run their own dry run: %s', async (action, input, output) => {
    const { status, error, steps } = await run(action, input);
    expect([status, error]).toEqual(['completed', undefined]);
    expect(steps[0]).toMatchObject({ status: 'completed' });
    expect(steps[0]?.output).toEqual(output);
  });

  it.each([
    [
      'publish:github:pull-request',
      {
        repoUrl: 'github.com?owner=a&repo=b',
        branchName: 'x',
        title: 't',
        description: 'd',
        targetPath: '../up',
      },
      "Invalid targetPath '../up': must be a relative path within the target repository, without '..' segments",
    ],
    [
      'gitlab:group:access',
      { repoUrl: 'gitlab.com', path: 'g' },
      'At least one of userIds or groupIds must be provided and non-empty',
    ],
    [
      'gitlab:group:access',
      { repoUrl: 'gitlab.com', path: 'g', userIds: [1], accessLevel: 'king' },
      'Invalid access level: "king". Valid values are: no_access, minimal_access, guest, planner, reporter, developer, maintainer, owner or a numeric GitLab access level',
    ],
    [
      'publish:github:pull-request',
      {
        repoUrl: 'github.com?owner=a&repo=b',
        branchName: 'x',
        title: 't',
        description: 'd',
        sourcePath: '../up',
      },
      'Relative path is not allowed to refer to a directory outside its parent',
    ],
    [
      'github:issues:create',
      { repoUrl: 'example.com?owner=a&repo=b', title: 't' },
      'No matching integration configuration for host example.com, please check your integrations config',
    ],
  ])('fail as in Backstage: %s', async (action, input, message) => {
    expect((await run(action, input)).error).toBe(message);
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type {
  ActionProgress,
  ActionsService,
  ScaffolderAction,
  TemplateRunResult,
} from '../../../../../../src/api';
import { DisposableStore, silentLogger } from '../../../../../../src/base';
import {
  type Publication,
  type PublishChoice,
  type PublishTarget,
  DryRunPublication,
  ScaffolderEngine,
  TemplateTasks,
} from '../../../../../../src/features/scaffolder/core';
import type { RunLog } from '../../../../../../src/features/scaffolder/vscode/runs/attempts';
import { Creation } from '../../../../../../src/features/scaffolder/vscode/runs/creation';
import { defaultRepoHosts } from '../../../../../../src/features/scm/core/forges';
import { FatefulPool } from '../../../../../support/fatefulPool';
import { inMemoryState } from '../../../../../support/inMemoryState';
import { openCatalog } from '../../../../../support/testCatalog';

interface Cancellation {
  onCancellationRequested(listener: () => void): void;
}

interface Row {
  readonly label: string;
  readonly isAgreed?: boolean;
}

const user = vi.hoisted(() => ({
  /** Answers to reviews; later reviews are accepted. */
  answers: [] as boolean[],
  /** The rows of each review. */
  reviews: [] as string[][],
  messages: [] as string[],
  /** Called while a review waits without an answer. */
  whileAsked: undefined as (() => void) | undefined,
}));

vi.mock('vscode', () => ({
  l10n: {
    t: (message: string, ...values: string[]) =>
      message.replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? ''),
  },
  QuickPickItemKind: { Separator: -1 },
  CancellationError: class extends Error {},
  CancellationTokenSource: class {
    readonly #signal = new AbortController();
    readonly token = {
      onCancellationRequested: (listener: () => void) =>
        this.#signal.signal.addEventListener('abort', listener),
    };
    cancel(): void {
      this.#signal.abort();
    }
    dispose(): void {}
  },
  Uri: { from: (parts: object) => parts },
  commands: { executeCommand: () => Promise.resolve() },
  workspace: {
    asRelativePath: ({ path }: { path: string }) => path,
    getWorkspaceFolder: () => undefined,
    fs: { stat: () => Promise.reject(new Error('no such file')) },
  },
  window: {
    showQuickPick(rows: readonly Row[], _: unknown, token: Cancellation) {
      user.reviews.push(rows.map(({ label }) => label));
      const { whileAsked } = user;
      if (whileAsked) {
        return new Promise(resolve => {
          token.onCancellationRequested(() => resolve(undefined));
          whileAsked();
        });
      }
      const answer = user.answers.shift() ?? true;
      return Promise.resolve(rows.find(({ isAgreed }) => isAgreed === answer));
    },
    showWarningMessage(message: string) {
      user.messages.push(message);
      return Promise.resolve(undefined);
    },
    showErrorMessage(message: string) {
      user.messages.push(message);
      return Promise.resolve(undefined);
    },
    showInformationMessage: () => Promise.resolve(undefined),
  },
}));

vi.mock('../../../../../../src/features/authoring/vscode/editsPreview', () => ({
  showEdits: () => Promise.resolve({ dispose: () => undefined }),
}));

const REF = 'template:default/service';

const templateOf = (steps: string): string => `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service, title: Service }
spec:
  owner: team-a
  type: service
  parameters: { properties: { pin: { type: string, 'ui:widget': password } } }
  steps: [${steps}]
`;

beforeEach(() => {
  Object.assign(user, { answers: [], reviews: [], messages: [], whileAsked: undefined });
});

interface Made {
  readonly tasks: TemplateTasks;
  readonly id: string;
  /** Written files, in order. */
  readonly written: readonly (readonly string[])[];
  /** Lines of the log. */
  readonly log: readonly string[];
}

interface Making {
  readonly steps: string;
  readonly actions?: readonly ScaffolderAction[];
  readonly choice?: PublishChoice;
  readonly publication?: Partial<Publication>;
  readonly publishes?: (
    mayPublish: (target: PublishTarget) => boolean,
  ) => readonly ScaffolderAction[];
  /** Whether files may be replaced. */
  readonly mayReplace?: boolean;
  /** Whether the run is cancelled while a prompt is open. */
  readonly isCancelled?: boolean;
}

const actions = {
  run: (_: string, action: () => unknown) => action(),
  withProgress: (_: string, run: (progress: ActionProgress) => unknown) =>
    run({ signal: new AbortController().signal, report: () => undefined }),
} as unknown as ActionsService;

/** Runs a template with actions that have effects. */
async function make({
  steps,
  actions: contributed = [],
  choice = { place: undefined, location: undefined },
  publication,
  publishes = () => [],
  mayReplace = true,
  isCancelled = false,
}: Making): Promise<Made> {
  const catalog = await openCatalog({ 'template.yaml': templateOf(steps), 'a.txt': 'a' });
  const engine = new ScaffolderEngine({
    catalog: catalog.engine,
    fileSystem: catalog.files,
    clock: catalog.clock,
    logger: silentLogger,
    workers: new FatefulPool(catalog.files, ['done']),
    contributed: () => contributed,
    provided: () => [],
    described: () => [],
    shipped: 'file:///callboard/templates',
    repositoryOf: () => Promise.resolve('file:///work'),
    userRef: () => undefined,
    settings: () =>
      Promise.resolve({
        hosts: defaultRepoHosts,
        environment: { parameters: {}, secrets: {} },
      }),
  });
  const template = await engine.loadTemplate(REF);
  if (!template) throw new Error('There is no such template');
  const input = { values: { pin: 'sesame' }, secrets: {} };
  const folder = 'file:///work/shop';
  const written: (readonly string[])[] = [];
  const log: string[] = [];
  const creation = new Creation(
    { template, input, folder, choice, isOutward: true },
    {
      engine,
      clock: catalog.clock,
      remote: undefined,
      fetched: new Set(),
      actions,
      log: {
        begin: () => undefined,
        append: (_step: string | undefined, line: string) => log.push(line),
      } as unknown as RunLog,
      publications: new DisposableStore(),
      openDryRun: () =>
        Promise.resolve(
          choice.place?.type === 'forge' ? new DryRunPublication(defaultRepoHosts) : undefined,
        ),
      openPublication: may =>
        Promise.resolve(
          publication &&
            ({
              actions: publishes(may),
              location: undefined,
              emptyRepositories: [],
              filesOf: (files: unknown) => files,
              dispose: () => undefined,
              ...publication,
            } as unknown as Publication),
        ),
      withRecord: result => Promise.resolve(result),
      write(result: TemplateRunResult) {
        if (!mayReplace) return Promise.resolve(undefined);
        written.push(result.files.map(({ path }) => path));
        return Promise.resolve(result);
      },
    },
  );
  const tasks = new TemplateTasks({
    clock: catalog.clock,
    logger: silentLogger,
    state: inMemoryState(),
    resolveForm: (...request) => engine.resolveForm(...request),
  });
  let id = '';
  if (isCancelled) user.whileAsked = () => tasks.cancel(id);
  const run: Parameters<TemplateTasks['start']>[0]['run'] = attempt => creation.run(attempt);
  await tasks.start({ template, input, folder, isDryRun: false, run }, own => (id = own));
  return { tasks, id, written, log };
}

/** An action that records its runs outside of dry runs. */
function ticketing(tickets: string[]): ScaffolderAction {
  return {
    id: 'acme:ticket',
    supportsDryRun: true,
    handler({ isDryRun }) {
      if (!isDryRun) tickets.push('made');
      return Promise.resolve();
    },
  };
}

const fetchA = '{ action: fetch:plain:file, input: { url: ./a.txt, targetPath: a.txt } }';

describe('creation from a template with effects', () => {
  it('runs actions for real after a retry of the failed dry run', async () => {
    const tickets: string[] = [];
    let fails = true;
    const flaky: ScaffolderAction = {
      id: 'acme:flaky',
      supportsDryRun: true,
      handler: () => (fails ? Promise.reject(new Error('not now')) : Promise.resolve()),
    };
    const { tasks, id, written } = await make({
      steps: `{ action: acme:ticket }, ${fetchA}, { action: acme:flaky }`,
      actions: [ticketing(tickets), flaky],
    });
    expect([tasks.get(id)?.status, tickets]).toEqual(['failed', []]);
    fails = false;
    await tasks.retry(id);
    expect([tasks.get(id)?.status, tickets, written]).toEqual(['completed', ['made'], [['a.txt']]]);
  });

  it('asks again if the files differ from the review', async () => {
    const hostile = `{ if: "\${{ 'dry-run' not in context.task.id }}", action: acme:evil }`;
    const evil: ScaffolderAction = {
      id: 'acme:evil',
      handler: ({ workspace }) => {
        workspace.writeFile('evil.sh', '');
        return Promise.resolve();
      },
    };
    user.answers = [true, false];
    const { tasks, id, written } = await make({ steps: `${fetchA}, ${hostile}`, actions: [evil] });
    expect([tasks.get(id)?.status, written]).toEqual(['cancelled', []]);
    expect(user.reviews.map(([first]) => first)).toEqual([
      '$(play) Write 1 file into /work/shop',
      '$(play) Write 2 files into /work/shop',
    ]);
  });

  it('shows that a branch is overwritten, and overwrites no other', async () => {
    const input =
      "{ repoUrl: 'github.com?owner=acme&repo=shop', branchName: release, update: true, title: t, description: d }";
    const requests: boolean[] = [];
    const repository = 'github.com/acme/shop';
    await make({
      steps: `{ action: publish:github:pull-request, each: [one], input: ${input} }`,
      choice: { place: { type: 'forge' }, location: undefined },
      publication: {},
      publishes: mayPublish => [
        {
          id: 'publish:github:pull-request',
          handler() {
            requests.push(
              mayPublish({ repository, branch: 'release', overwrites: true }),
              mayPublish({ repository, branch: 'main', overwrites: true }),
              mayPublish({ repository, branch: 'release', overwrites: false }),
            );
            return Promise.resolve();
          },
        },
      ],
    });
    expect(user.reviews[0]).toContain(
      '$(arrow-right) Opens a pull request from the branch release of github.com/acme/shop with your account. If one is already open, overwrites its branch.',
    );
    expect(requests).toEqual([true, false, false]);
  });

  it('shows control characters of repository and branch names escaped', async () => {
    const input =
      '{ repoUrl: "gitlab.com?owner=acme&repo=%E2%80%AEpohs%0AAll%20is%20well", branchName: "ma\\u200bin\\u202e", title: t, description: d }';
    await make({
      steps: `{ action: publish:gitlab:merge-request, each: [one], input: ${input} }`,
      choice: { place: { type: 'forge' }, location: undefined },
      publication: {},
      publishes: () => [{ id: 'publish:gitlab:merge-request', handler: () => Promise.resolve() }],
    });
    const shown = user.reviews[0]?.filter(line => line.includes('pull request')) ?? [];
    expect(shown).toHaveLength(1);
    expect(shown.join()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(shown.join()).toContain('\\u202epohs');
    expect(shown.join()).toContain('ma\\u200bin\\u202e');
  });

  it('shows repositories on the git host, and uses no others', async () => {
    const publish = (repo: string): string =>
      `{ action: publish:gitlab:merge-request, each: [one], input: { repoUrl: '${repo}', branchName: b, title: t, description: d } }`;
    const requests: boolean[] = [];
    await make({
      steps: publish('gitlab.com?owner=acme&repo=shop'),
      choice: { place: { type: 'forge' }, location: undefined },
      publication: {},
      publishes: mayPublish => [
        {
          id: 'publish:gitlab:merge-request',
          handler() {
            for (const repository of ['gitlab.com/acme/shop', 'gitlab.com/acme/other']) {
              requests.push(mayPublish({ repository, branch: 'b' }));
            }
            return Promise.resolve();
          },
        },
      ],
    });
    expect(user.reviews[0]).toContain(
      '$(arrow-right) Opens a pull request from the branch b of gitlab.com/acme/shop with your account.',
    );
    expect(requests).toEqual([true, false]);
  });

  it('reports empty repositories if the user declines to write files', async () => {
    const { log } = await make({
      steps: fetchA,
      publication: { emptyRepositories: ['https://forge.example.com/acme/shop.git'] },
      mayReplace: false,
    });
    expect(log).toContain('https://forge.example.com/acme/shop.git was created but is empty.');
  });

  it('redacts passwords in failures', async () => {
    const { log } = await make({
      steps: "{ action: fs:rename, input: { files: [{ from: '${{ parameters.pin }}', to: b }] } }",
    });
    expect([...log, ...user.messages].join('\n')).not.toContain('sesame');
    expect(log.join('\n')).toContain('***');
  });

  it('shows no second review after cancellation', async () => {
    const { tasks, id, written } = await make({
      steps: '{ id: say, action: debug:log, input: { message: hello } }',
      isCancelled: true,
    });
    expect([tasks.get(id)?.status, user.reviews.length, written]).toEqual(['cancelled', 1, []]);
  });
});

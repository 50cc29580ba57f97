import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActionsService } from '../../../../../src/api';
import { exportModel } from '../../../../../src/features/catalog/vscode/exportModel';
import type { ProgramRun } from '../../../../../src/platform/core/ports';
import { InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';

interface FakeUri {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly fsPath: string;
  toString(): string;
}

const editor = vi.hoisted(() => ({
  isTrusted: true,
  /** Label of the selected row of each prompt. */
  picks: [] as string[],
  /** Rows that were shown. */
  rows: [] as string[][],
  messages: [] as string[],
  /** Answers to messages, by their first words. */
  answers: new Map<string, string>(),
  settings: [] as unknown[],
  layers: [] as unknown[],
  opened: [] as string[],
  uri(path: string): FakeUri {
    return { scheme: 'file', authority: '', path, fsPath: path, toString: () => `file://${path}` };
  },
}));

function answer(message: string): string | undefined {
  editor.messages.push(message);
  return [...editor.answers].find(([start]) => message.startsWith(start))?.[1];
}

vi.mock('vscode', () => ({
  ConfigurationTarget: { Global: 1, Workspace: 2 },
  FileType: { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 },
  CancellationError: class extends Error {},
  l10n: {
    t: (message: string, ...args: string[]) =>
      message.replace(/\{(\d)\}/g, (_, index: string) => args[Number(index)] ?? ''),
  },
  Uri: {
    from: ({ path }: FakeUri) => editor.uri(path),
    joinPath: ({ path }: FakeUri, ...parts: string[]) =>
      editor.uri(
        parts.reduce(
          (all, part) => (part === '..' ? all.replace(/\/[^/]*$/, '') : `${all}/${part}`),
          path,
        ),
      ),
  },
  window: {
    showWarningMessage: async (message: string, { detail }: { detail: string }) =>
      answer(`${message} ${detail}`),
    showInformationMessage: async (message: string) => answer(message),
    showTextDocument: async ({ path }: FakeUri) => void editor.opened.push(path),
  },
  workspace: {
    get isTrusted() {
      return editor.isTrusted;
    },
    workspaceFolders: [{ name: 'work', uri: editor.uri('/work') }],
    getWorkspaceFolder: ({ path }: FakeUri) =>
      `${path}/`.startsWith('/work/') ? { name: 'work', uri: editor.uri('/work') } : undefined,
    asRelativePath: ({ path }: FakeUri) => path.replace(/^\/work\//, ''),
    findFiles: async () => [editor.uri('/work/backstage/backstage.json')],
    getConfiguration: () => ({
      get: () => editor.layers,
      update: async (key: string, value: unknown) => void editor.settings.push([key, value]),
    }),
    fs: {
      stat: async () => ({ type: 2 }),
      writeFile: async ({ path }: FakeUri, content: Uint8Array) => {
        files.write(path, new TextDecoder().decode(content));
      },
    },
  },
}));

vi.mock('../../../../../src/platform/vscode/quickInput', () => ({
  withQuickSteps: (run: (steps: object) => unknown) => run({}),
  async askOne({ items }: { items: readonly { label: string }[] }) {
    editor.rows.push(items.map(({ label }) => label));
    const pick = editor.picks.shift();
    if (pick === 'back') return pick;
    const item = items.find(({ label }) => label.endsWith(pick ?? '?'));
    return item && { answer: item };
  },
}));

const ENTRY = '/work/backstage/packages/backend/src/index.ts';

let files: InMemoryFileSystem;
let runs: { program: string; run: ProgramRun }[];

/** Exports with modules that register these layers, and waits for the message about it. */
async function run(layers: readonly object[] = [{ layerId: 'acme.com/Ships', ops: [] }]) {
  const exported = { layers, modules: ['ships'], skipped: [] };
  let after: Promise<unknown> = Promise.resolve();
  const actions = {
    run: (_: string, action: () => Promise<unknown>) => (after = action()),
    withProgress: (_: string, task: (progress: object) => unknown) =>
      task({ signal: new AbortController().signal, report() {} }),
  } as unknown as ActionsService;
  await exportModel({
    actions,
    fileSystem: files,
    logger: { warn() {} } as never,
    node: { path: '/node', environment: { AS_NODE: '1' } },
    programs: {
      async run(program, given) {
        runs.push({ program, run: given });
        const output = `${given.args.at(-1)}${JSON.stringify(exported)}`;
        return { type: 'ended', code: 0, output, errors: '' };
      },
    },
    extensionUri: editor.uri('/ext') as never,
  });
  await after;
}

beforeEach(() => {
  files = new InMemoryFileSystem({ [ENTRY]: '' });
  runs = [];
  editor.isTrusted = true;
  editor.picks = ['backstage', 'model'];
  editor.rows = [];
  editor.messages = [];
  editor.answers = new Map([['Run the code', 'Run']]);
  editor.settings = [];
  editor.layers = [];
  editor.opened = [];
});

describe('Export Catalog Model…', () => {
  it('names what it runs, writes the layers and opens the first', async () => {
    await run();
    expect(editor.rows).toEqual([
      ['$(folder) backstage', '$(folder-opened) Browse…'],
      ['$(folder) model', '$(folder-opened) Browse…'],
    ]);
    expect(editor.messages[0]).toMatch(
      /^Run the code of backstage\? .*packages\/backend\/src\/index\.ts.*writes to the folder model/s,
    );
    expect(
      runs.map(({ program, run: { args, environment } }) => [
        program,
        args.slice(1, 3),
        environment,
      ]),
    ).toEqual([
      [
        '/node',
        ['/ext/dist/modelExporter.mjs', `file://${ENTRY}`],
        { AS_NODE: '1', NODE_ENV: 'development' },
      ],
    ]);
    expect(editor.opened).toEqual(['/work/model/acme.com-ships.yaml']);
  });

  it('runs nothing unless the user agrees', async () => {
    editor.answers.clear();
    await run();
    expect([runs, editor.opened]).toEqual([[], []]);
  });

  it('runs and asks nothing in an untrusted workspace', async () => {
    editor.isTrusted = false;
    await expect(run()).rejects.toThrow('can only run in trusted workspaces');
    expect([runs, editor.rows]).toEqual([[], []]);
  });

  it('adds written layers to the settings on request', async () => {
    editor.layers = ['other.yaml'];
    editor.answers.set('Wrote 1 layer to model.', 'Add to Settings');
    await run();
    expect(editor.settings).toEqual([
      ['callboard.catalog.modelLayers', ['other.yaml', 'model/*.yaml']],
    ]);
  });

  it('lists files by name in a folder with other files', async () => {
    files.write('/work/model/catalog-info.yaml', 'kind: Component');
    editor.answers.set('Wrote 1 layer to model.', 'Add to Settings');
    await run();
    expect(editor.settings).toEqual([
      ['callboard.catalog.modelLayers', ['model/acme.com-ships.yaml']],
    ]);
  });

  it('offers nothing for layers that are in use', async () => {
    editor.layers = ['model/*.yaml'];
    await run();
    expect(editor.messages.at(-1)).toBe('Wrote 1 layer to model.');
  });

  it('says that modules register no layers', async () => {
    await run([]);
    expect(editor.messages.at(-1)).toBe('The modules of backstage register no layers.');
  });

  it('asks for the repository again on Back', async () => {
    editor.picks = ['backstage', 'back', 'backstage', 'model'];
    await run();
    expect([editor.rows.length, runs.length]).toEqual([4, 1]);
  });

  it('needs a backend', async () => {
    files.remove(ENTRY);
    await expect(run()).rejects.toThrow('backstage has no packages/backend/src/index.ts.');
  });
});

import { beforeEach, expect, it, vi } from 'vitest';
import type { SearchContext } from '../../../../../../src/features/search/plugin/vscode/searchContext';
import { SearchPick } from '../../../../../../src/features/search/plugin/vscode/searchPick';
import { inMemoryState } from '../../../../../support/inMemoryState';
import { aResult, ScriptedSearch, someResults } from '../../../../../support/searchResults';

const editor = vi.hoisted(() => ({
  pick: {} as Record<string, unknown>,
  opened: [] as string[],
  type: (_query: string): void => undefined,
}));

vi.mock('vscode', () => {
  const event = () => ({ dispose: () => undefined });
  return {
    l10n: { t: (message: string) => message },
    env: { language: 'en' },
    ViewColumn: { Active: -1, Beside: -2 },
    QuickPickItemKind: { Separator: -1, Default: 0 },
    ThemeIcon: class {},
    Uri: { from: ({ path }: { path: string }) => path },
    window: {
      createQuickPick: () => {
        editor.pick = {
          ...Object.fromEntries(
            ['Accept', 'ChangeActive', 'Hide', 'TriggerButton'].map(name => [
              `onDid${name}`,
              event,
            ]),
          ),
          onDidTriggerItemButton: event,
          onDidChangeValue: (listener: (query: string) => void) => {
            editor.type = listener;
            return event();
          },
          show: () => undefined,
          hide: () => undefined,
          dispose: () => undefined,
        };
        return editor.pick;
      },
      showTextDocument: (uri: string) => Promise.resolve(editor.opened.push(uri)),
    },
    commands: { executeCommand: () => Promise.resolve() },
  };
});

const file = { file: 'file:///work/fares.yaml', range: undefined };

function open(state = inMemoryState({})) {
  const search = new ScriptedSearch(state);
  const pages: unknown[] = [];
  const pick = new SearchPick({
    search,
    actions: { run: (_title: string, action: () => Promise<void>) => action() },
    portal: { open: (page: unknown, options: object) => pages.push([page, options]) },
    logger: { error: (message: string) => expect.fail(message) },
  } as unknown as SearchContext);
  void pick.show('fares');
  return { pick, pages, answer: () => search.requests.at(-1)?.answer(someResults([found])) };
}

const found = { ...aResult('Fares'), location: file };

beforeEach(() => {
  editor.opened = [];
});

it.each(['before', 'after'])(
  'opens the result with keys that are pressed %s it is shown',
  async when => {
    const { pick, pages, answer } = open();
    if (when === 'before') await pick.openFile();
    answer();
    await vi.waitFor(() => expect(editor.pick['items']).toHaveLength(1));
    if (when === 'after') {
      await pick.openFile();
    }
    await vi.waitFor(() => expect(editor.opened).toEqual(['/work/fares.yaml']));
    await pick.openToSide();
    expect(pages).toEqual([
      [
        { page: 'entity', entityRef: 'component:default/fares' },
        { toSide: true, preserveFocus: false },
      ],
    ]);
  },
);

it('forgets a key when the query changes', async () => {
  const { pick, pages, answer } = open();
  await pick.openFile();
  editor.type('fare');
  await pick.openToSide();
  answer();
  await vi.waitFor(() => expect(pages).toHaveLength(1));
  expect(editor.opened).toEqual([]);
});

it('opens the result although the query is not stored yet', async () => {
  const state = { ...inMemoryState({}), set: () => new Promise<void>(() => {}) };
  const { pick, pages, answer } = open(state);
  answer();
  await vi.waitFor(() => expect(editor.pick['items']).toHaveLength(1));
  await pick.openToSide();
  await vi.waitFor(() => expect(pages).toHaveLength(1));
});

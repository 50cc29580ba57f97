import { expect, it, vi } from 'vitest';
import { confirmAndApply } from '../../../../../../../src/features/catalog/plugin/vscode/refactoring/confirmAndApply';
import type { CatalogViewContext } from '../../../../../../../src/features/catalog/plugin/vscode/tree/catalogViewContext';

const shown = vi.hoisted(() => ({ items: [] as unknown[] }));

vi.mock('vscode', () => ({
  l10n: { t: (message: string) => message },
  Uri: { from: (parts: object) => parts },
  window: {
    showQuickPick: (items: unknown[]) => {
      shown.items = items;
      return Promise.resolve(undefined);
    },
  },
  // Takes a path or a URI, as VS Code does.
  workspace: {
    asRelativePath: (file: string | { path: string }) =>
      (typeof file === 'string' ? file : file.path).replace(/^\/work\//, ''),
  },
}));

it('names the files of optional changes by their paths in the workspace', async () => {
  const edits = [{ file: 'file:///work/org/teams.yaml', edits: [] }];
  const parts = [
    { label: 'References', isOptional: false, edits },
    { label: 'Team on GitHub', isOptional: true, edits },
  ];
  const context = {
    actions: {
      withProgress: (_title: string, task: (progress: object) => unknown) => task({}),
    },
    refactoring: { plan: () => Promise.resolve({ parts, warnings: [] }) },
    edits: { preview: () => Promise.resolve({ dispose: () => undefined }) },
  } as unknown as CatalogViewContext;
  const rename = { type: 'rename', entityRef: 'group:default/crew', newName: 'hosts' } as const;
  const isApplied = await confirmAndApply({ title: 'Rename', refactoring: rename }, context);
  expect(isApplied).toBe(false);
  expect(shown.items).toMatchObject([{ label: 'Team on GitHub', detail: 'org/teams.yaml' }]);
});

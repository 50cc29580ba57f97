import { expect, it, onTestFinished, vi } from 'vitest';
import type { Diagnostic, Uri } from 'vscode';
import { CatalogDiagnostics } from '../../../../../src/features/catalog/vscode/catalogDiagnostics';
import { InMemoryCatalog } from '../../../../support/inMemoryCatalog';

/**
 * Numbers of diagnostics passed to the collection: each call is a message to the window, and an
 * event.
 */
const { calls } = vi.hoisted(() => ({ calls: [] as number[] }));

vi.mock('vscode', () => {
  const ignored = (): { dispose: () => void } => ({ dispose: () => {} });
  return {
    Uri: { from: (uri: Uri) => uri },
    languages: {
      createDiagnosticCollection: () => ({
        set: (_uri: Uri, diagnostics: readonly Diagnostic[]) => calls.push(diagnostics.length),
        dispose: () => {},
      }),
    },
    workspace: { onDidOpenTextDocument: ignored, onDidCloseTextDocument: ignored },
  };
});

it('updates an open file only while it has or had problems', () => {
  const diagnostics = new CatalogDiagnostics({
    catalog: new InMemoryCatalog(),
    documentationOf: code => ({ path: code }) as Uri,
  });
  onTestFinished(() => diagnostics.dispose());
  for (const count of [0, 1, 0, 0]) {
    diagnostics.showInstead('file:///shop.yaml', new Array<Diagnostic>(count));
  }
  diagnostics.release('file:///shop.yaml');
  expect(calls).toEqual([1, 0]);
});

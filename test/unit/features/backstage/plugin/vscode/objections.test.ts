import { expect, it, onTestFinished, vi } from 'vitest';
import type { TextDocumentChangeEvent, Uri } from 'vscode';
import { EMPTY_RANGE } from '../../../../../../src/base';
import { Objections } from '../../../../../../src/features/backstage/plugin/vscode/objections';

type Edit = Pick<TextDocumentChangeEvent, 'document' | 'contentChanges'>;

const { calls, listeners } = vi.hoisted(() => ({
  /** Calls that change diagnostics: each is a message to the window, and an event. */
  calls: [] as string[],
  listeners: [] as ((edit: Edit) => void)[],
}));

vi.mock('vscode', () => {
  const files = new Set<Uri>();
  const collection = {
    has: (uri: Uri) => files.has(uri),
    set(uri: Uri) {
      files.add(uri);
      calls.push(`set ${uri.path}`);
    },
    delete(uri: Uri) {
      files.delete(uri);
      calls.push(`delete ${uri.path}`);
    },
    dispose: () => {},
  };
  return {
    languages: { createDiagnosticCollection: () => collection },
    workspace: {
      onDidChangeTextDocument: (listener: (edit: Edit) => void) => {
        listeners.push(listener);
        return { dispose: () => {} };
      },
      onDidCloseTextDocument: () => ({ dispose: () => {} }),
    },
    Range: class {},
    Diagnostic: class {},
  };
});

it('removes objections of a file only on its own next edit', () => {
  const objections = new Objections();
  onTestFinished(() => objections.dispose());
  const [shop, other] = ['/shop.yaml', '/other.yaml'].map(path => ({ path }) as Uri);
  const edit = (uri: Uri | undefined): void => {
    const event = { document: { uri }, contentChanges: [{}] } as unknown as Edit;
    for (const listener of listeners) listener(event);
  };
  if (shop) objections.show(shop, 'Acme', [{ message: 'No', range: EMPTY_RANGE }]);
  edit(other);
  expect(calls).toEqual(['set /shop.yaml']);
  edit(shop);
  edit(shop);
  expect(calls).toEqual(['set /shop.yaml', 'delete /shop.yaml']);
});

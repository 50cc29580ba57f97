import { expect, it, onTestFinished, vi } from 'vitest';
import type { ActionsService } from '../../../../../src/api';
import { Emitter, silentLogger } from '../../../../../src/base';
import { CatalogEngine } from '../../../../../src/features/catalog/core';
import { CatalogController } from '../../../../../src/features/catalog/vscode/catalogController';
import { aComponent } from '../../../../support/descriptors';
import { InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';
import { ManualClock } from '../../../../support/manualClock';

vi.mock('vscode', () => {
  const ignored = (): { dispose: () => void } => ({ dispose: () => {} });
  return {
    ProgressLocation: { Window: 10 },
    l10n: { t: (text: string) => text },
    window: {
      withProgress: (_options: object, task: (progress: object) => unknown) =>
        task({ report: () => {} }),
    },
    workspace: {
      workspaceFolders: [{ uri: 'file:///work', name: 'work' }],
      onDidChangeConfiguration: ignored,
      onDidChangeWorkspaceFolders: ignored,
    },
  };
});
vi.mock('../../../../../src/platform/vscode/convert', () => ({
  fromUri: (uri: string) => uri,
  isCancellation: () => false,
}));
vi.mock('../../../../../src/platform/vscode/trust', () => ({
  onDidGrantTrust: () => ({ dispose: () => {} }),
  readSetting: () => undefined,
}));

it('finds changes from before VS Code watched the folder, twice', async () => {
  const clock = new ManualClock();
  const files = new InMemoryFileSystem({ '/work/a.yaml': aComponent('a') });
  const engine = new CatalogEngine({ fileSystem: files, clock, logger: silentLogger });
  const controller = new CatalogController({
    actions: {
      registerCommand: () => ({ dispose: () => {} }),
      run: (_title: string, action: () => Promise<unknown>) => action(),
    } as unknown as ActionsService,
    engine,
    clock,
    logger: silentLogger,
    changes: [],
    outside: { follow: () => Promise.resolve() },
    backstage: { setup: undefined, onDidChange: new Emitter<void>().event },
  });
  onTestFinished(() => controller.dispose());
  await controller.start();
  const shows = async (name: string): Promise<void> => {
    await vi.waitFor(() => expect(engine.getEntityRefs()).toEqual([`component:default/${name}`]));
  };
  files.write('/work/a.yaml', aComponent('soon'));
  await clock.pass(4000, 100);
  await shows('soon');
  files.write('/work/a.yaml', aComponent('later'));
  await clock.pass(12_000, 100);
  await shows('later');
});

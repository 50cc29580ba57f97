import type { Disposable } from '../../../base';
import type { ModelExportDeps } from './exportModel';

/** Registers Export Catalog Model…, which needs programs; the implementation is loaded on demand. */
export function registerModelExport(deps: ModelExportDeps): Disposable {
  return deps.actions.registerCommand('callboard.catalog.exportModel', async () => {
    const { exportModel } = await import('./exportModel');
    await exportModel(deps);
  });
}

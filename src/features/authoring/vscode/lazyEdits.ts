import type { CatalogService, EditsService } from '../../../api';
import { lazyService, onDemand } from '../../../base';

/** Loads the editor of files with the first edit: edits are rare. */
export function lazyEdits(catalog: CatalogService): EditsService {
  return lazyService(
    onDemand(async () => {
      const { VsCodeEdits } = await import('./vsCodeEdits');
      return new VsCodeEdits(catalog);
    }),
  );
}

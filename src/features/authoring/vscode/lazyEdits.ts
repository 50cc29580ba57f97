import type { CatalogService, EditsService } from '../../../api';
import { lazyService, onDemand } from '../../../base';

/** Creates an edits service that is loaded with the first edit. */
export function lazyEdits(catalog: CatalogService): EditsService {
  return lazyService(
    onDemand(async () => {
      const { VsCodeEdits } = await import('./vsCodeEdits');
      return new VsCodeEdits(catalog);
    }),
  );
}

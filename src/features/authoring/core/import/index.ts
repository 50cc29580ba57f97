import type { DescriptorDraft, ImportService } from '../../../../api';
import { lazyService, onDemand } from '../../../../base';
import type { JsonObject } from '../../../../model';
import type { DescriptorImporterDeps } from './descriptorImporter';

export type { DescriptorImporterDeps } from './descriptorImporter';

/** Creates the importer of a catalog; its implementation is loaded on first use. */
export function createImportService(deps: DescriptorImporterDeps): ImportService {
  return lazyService(
    onDemand(async () => {
      const { DescriptorImporter } = await import('./descriptorImporter');
      return new DescriptorImporter(deps);
    }),
  );
}

/** Returns values for those parameters of a Template that are named like fields of a descriptor. */
export async function proposedValues(
  template: JsonObject,
  draft: DescriptorDraft,
): Promise<JsonObject> {
  const file = await import('./proposedValues');
  return file.proposedValues(template, draft);
}

import type { DescriptorDraft, ImportService } from '../../../../api';
import { lazyService, onDemand } from '../../../../base';
import type { JsonObject } from '../../../../model';
import type { DescriptorImporterDeps } from './descriptorImporter';

export type { DescriptorImporterDeps } from './descriptorImporter';

/** The importer of a catalog. What it works with is loaded when it is first asked. */
export function createImportService(deps: DescriptorImporterDeps): ImportService {
  return lazyService(
    onDemand(async () => {
      const { DescriptorImporter } = await import('./descriptorImporter');
      return new DescriptorImporter(deps);
    }),
  );
}

/** Of the parameters of a Template that are called as fields of a descriptor are, those that a draft knows. */
export async function proposedValues(
  template: JsonObject,
  draft: DescriptorDraft,
): Promise<JsonObject> {
  const file = await import('./proposedValues');
  return file.proposedValues(template, draft);
}

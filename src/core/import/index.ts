import type { ImportService } from '../../api';
import type { DescriptorImporter, DescriptorImporterDeps } from './descriptorImporter';

export type { DescriptorImporterDeps } from './descriptorImporter';

/** The importer of a catalog. What it works with is loaded when it is first asked. */
export function createImportService(deps: DescriptorImporterDeps): ImportService {
  let importer: Promise<DescriptorImporter> | undefined;
  const load = (): Promise<DescriptorImporter> =>
    (importer ??= import('./descriptorImporter').then(
      ({ DescriptorImporter: Importer }) => new Importer(deps),
    ));
  return {
    findCandidates: async options => (await load()).findCandidates(options),
    draft: async (candidates, options) => (await load()).draft(candidates, options),
  };
}

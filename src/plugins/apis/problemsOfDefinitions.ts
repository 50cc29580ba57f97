import type { CatalogService, FilesService, Problem } from '../../api';
import type { Translate } from '../../base';
import { ApiDefinitions } from './apiDefinitions';
import { DefinitionChecks } from './definitionChecks';
import { isApi } from './openApis';

/** What is wrong with the definitions of all APIs of a catalog, for those who look once. */
export async function problemsOfDefinitions(deps: {
  readonly catalog: CatalogService;
  readonly files: Pick<FilesService, 'readFile'>;
  readonly translate: Translate;
}): Promise<readonly Problem[]> {
  const checks = new DefinitionChecks({ ...deps, definitions: new ApiDefinitions(deps) });
  for (const ref of deps.catalog.getEntityRefs()) if (isApi(ref)) await checks.check(ref);
  return [...checks.problems().values()].flat();
}

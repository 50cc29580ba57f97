import type { CatalogService, FilesService } from '../../../../api';
import { type Logger, onDemand, type Translate } from '../../../../base';
import { LiveDefinitionProblems } from './liveDefinitionProblems';
import type { OpenText } from './openApis';

export interface OpenDefinitionsDeps {
  readonly catalog: CatalogService;
  /** With the texts of open editors. */
  readonly files: Pick<FilesService, 'readFile'>;
  readonly logger: Logger;
  readonly translate: Translate;
  readonly openTexts: () => readonly OpenText[];
}

/** Problems of the definitions of the APIs that open texts describe or define. */
export function openDefinitionProblems(deps: OpenDefinitionsDeps): LiveDefinitionProblems {
  const loadChecks = onDemand(async () => {
    const [{ ApiDefinitions }, { DefinitionChecks }] = await Promise.all([
      import('./apiDefinitions'),
      import('./definitionChecks'),
    ]);
    return new DefinitionChecks({ ...deps, definitions: new ApiDefinitions(deps) });
  });
  return new LiveDefinitionProblems({ ...deps, loadChecks, includesClosed: false });
}

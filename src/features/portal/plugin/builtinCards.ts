import type { CatalogService, EntityCard, FilesService, TechDocsService } from '../../../api';
import type { Translate } from '../../../base';
import { aboutCard } from './cards/about';
import { docsCard } from './cards/docs';
import { inspectCards } from './cards/inspect';
import { labelsCard } from './cards/labels';
import { linksCard } from './cards/links';
import { membersCards } from './cards/members';
import { ownershipCards } from './cards/ownership';
import { problemsCard } from './cards/problems';
import { profileCard } from './cards/profiles';
import { rawCard } from './cards/raw';
import { allRelationsCard } from './cards/relations/allRelations';
import { dependentsCard } from './cards/relations/dependents';
import { relationCards } from './cards/relations/relations';
import { relationsGraphCards } from './cards/relations/relationsGraph';
import { orphanWarning, processingErrors, relationWarning } from './cards/warnings';

export interface BuiltinCardsDeps {
  readonly catalog: CatalogService;
  readonly files: FilesService;
  readonly techdocs: TechDocsService;
  readonly translate: Translate;
  /** The path of a file as people know it. */
  readonly filePath: (uri: string) => string;
}

/** The cards that every portal has on the pages of entities. */
export function builtinCards(deps: BuiltinCardsDeps): readonly EntityCard[] {
  const { translate } = deps;
  return [
    orphanWarning(deps),
    relationWarning(deps),
    processingErrors(deps),
    aboutCard(deps),
    profileCard(deps),
    linksCard(translate),
    labelsCard(translate),
    ...relationCards(translate),
    dependentsCard(deps),
    ...membersCards(deps),
    ...ownershipCards(deps),
    ...relationsGraphCards(translate),
    allRelationsCard(translate),
    docsCard(deps),
    problemsCard(deps),
    ...inspectCards(deps),
    rawCard(deps),
  ];
}

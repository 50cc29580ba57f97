import type { CatalogService, EntityCard } from '../../api';
import type { Translate } from '../../base';
import { aboutCard } from './cards/about';
import { linksCard } from './cards/links';
import { problemsCard } from './cards/problems';
import { relationsGraphCards } from './cards/relationsGraph';

export interface BuiltinCardsDeps {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}

/** The cards that every portal has on the pages of entities. */
export function builtinCards(deps: BuiltinCardsDeps): readonly EntityCard[] {
  return [
    aboutCard(deps),
    linksCard(deps.translate),
    problemsCard(deps),
    ...relationsGraphCards(deps.translate),
  ];
}

import type { CatalogService } from '../../../../api';
import type { Translate } from '../../../../base';
import { catalogCollation } from './catalogCollation';
import { EntityCollator } from './entityCollator';
import { peopleCollation } from './peopleCollation';

/** What brings the entities of a catalog into the search, but for templates. */
export function entityCollators(
  catalog: CatalogService,
  translate: Translate,
): readonly EntityCollator[] {
  const collations = [catalogCollation(translate), peopleCollation(translate)];
  return collations.map(collation => new EntityCollator(catalog, collation));
}

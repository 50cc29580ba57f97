import type { CatalogService, IdentityService, SearchService } from '../../../../api';
import type { Translate } from '../../../../base';

export interface SearchPagesDeps {
  readonly catalog: CatalogService;
  readonly identity: IdentityService;
  readonly search: SearchService;
  readonly translate: Translate;
  /** A file or folder as people know it. */
  readonly placeOf: (uri: string) => string;
}

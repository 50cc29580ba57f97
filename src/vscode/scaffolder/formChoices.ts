import type { CatalogService, IdentityService } from '../../api';
import { entityChoices, tagChoices } from '../../core/scaffolder';
import type { QuickFormDeps } from './quickForm';

/** What a form in quick picks offers, out of the catalog as it is now. */
export function choicesOf({
  catalog,
  identity,
}: {
  readonly catalog: CatalogService;
  readonly identity: IdentityService;
}): Pick<QuickFormDeps, 'entities' | 'tags'> {
  const deps = () => ({ catalog, ownershipRefs: identity.getOwnershipRefs() });
  return {
    entities: picker => Promise.resolve(entityChoices(picker, deps())),
    tags: ({ control }) =>
      Promise.resolve(
        control.type === 'tags' ? tagChoices(control.picker, deps()).map(({ tag }) => tag) : [],
      ),
  };
}

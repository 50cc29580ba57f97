import type { TreeGrouping } from '../../../../../api';
import type { Disposable, Registry } from '../../../../../base';
import type { CatalogViewContext } from '../tree/catalogViewContext';
import { registerAssignEntity } from './change/assignEntity';
import { registerNewDescriptor } from './change/newDescriptor';
import { registerRefactorEntities } from './change/refactorEntities';
import { registerStarEntity } from './change/starEntity';
import { registerCopyRef } from './copyRef';
import { registerEntityActions } from './entityActions';
import { registerFilterBy } from './filter/filterBy';
import { registerFilterByValue } from './filter/filterByValue';
import { registerFilterCatalog } from './filter/filterCatalog';
import { registerFilterSwitches } from './filter/filterSwitches';
import { registerGroupBy } from './filter/groupBy';
import { registerGoToEntity } from './open/goToEntity';
import { registerOpenDocs } from './open/openDocs';
import { registerOpenEntity } from './open/openEntity';
import { registerOpenLink } from './open/openLink';
import { registerOpenOwner } from './open/openOwner';
import { registerOpenPage } from './open/openPage';
import { registerReveal } from './open/reveal';
import { registerShowDependents } from './open/showDependents';
import { registerShowGraph } from './open/showGraph';
import { registerShowMore } from './showMore';

/** Registers all commands of the Catalog view and of entities. */
export function registerCommands(
  context: CatalogViewContext,
  groupings: Registry<TreeGrouping>,
): readonly Disposable[] {
  return [
    registerGoToEntity(context),
    ...registerOpenEntity(context),
    ...registerOpenPage(context),
    registerCopyRef(context),
    ...registerStarEntity(context),
    registerShowDependents(context),
    ...registerOpenDocs(context),
    registerShowGraph(context),
    registerOpenLink(context),
    registerOpenOwner(context),
    ...registerAssignEntity(context),
    ...registerRefactorEntities(context),
    ...registerReveal(context),
    ...registerFilterByValue(context),
    registerEntityActions(context),
    registerGroupBy(context, groupings),
    ...registerFilterCatalog(context),
    registerFilterBy(context),
    ...registerFilterSwitches(context),
    ...registerNewDescriptor(context),
    registerShowMore(context),
  ];
}

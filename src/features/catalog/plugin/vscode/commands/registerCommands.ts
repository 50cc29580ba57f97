import type { TreeGrouping } from '../../../../../api';
import type { Disposable, Registry } from '../../../../../base';
import type { CatalogViewContext } from '../catalogViewContext';
import { registerAssignEntity } from './assignEntity';
import { registerCopyRef } from './copyRef';
import { registerEntityActions } from './entityActions';
import { registerFilterBy } from './filterBy';
import { registerFilterByValue } from './filterByValue';
import { registerFilterCatalog } from './filterCatalog';
import { registerFilterSwitches } from './filterSwitches';
import { registerGoToEntity } from './goToEntity';
import { registerGroupBy } from './groupBy';
import { registerNewDescriptor } from './newDescriptor';
import { registerOpenDocs } from './openDocs';
import { registerOpenEntity } from './openEntity';
import { registerOpenLink } from './openLink';
import { registerOpenPage } from './openPage';
import { registerOpenOwner } from './openOwner';
import { registerRefactorEntities } from './refactorEntities';
import { registerReveal } from './reveal';
import { registerShowDependents } from './showDependents';
import { registerShowGraph } from './showGraph';
import { registerShowMore } from './showMore';
import { registerStarEntity } from './starEntity';

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

import type { TreeGrouping } from '../../../../../api';
import type { Disposable, Registry } from '../../../../../base';
import type { CatalogViewContext } from '../tree/catalogViewContext';
import {
  registerAssignEntity,
  registerNewDescriptor,
  registerRefactorEntities,
  registerStarEntity,
} from './changeCommands';
import {
  registerFilterBy,
  registerFilterByValue,
  registerFilterCatalog,
  registerGroupBy,
} from './filterCommands';
import { registerFilterSwitches } from './filterSwitches';
import {
  registerCopyRef,
  registerEntityActions,
  registerGoToEntity,
  registerOpenDocs,
  registerOpenLink,
  registerOpenOwner,
  registerOpenPage,
  registerReveal,
  registerShowDependents,
  registerShowGraph,
  registerShowMore,
} from './openCommands';
import { registerOpenEntity } from './openEntity';

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

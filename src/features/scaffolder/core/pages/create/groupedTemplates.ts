import { translate } from '../../../../../base';
import type { CatalogService, TemplateSummary } from '../../../../../api';
import { matchesPredicate } from '../../../../../model/predicates';
import type { TemplateGroup } from '../../../../appConfig/core';
import type { GroupedTemplates } from '../template/templatePages';

/**
 * Returns the templates of each group, and those of none as the last one; none without groups. Source:
 * `TemplateListPage` of `plugins/scaffolder`.
 */
export function groupTemplates(
  templates: readonly Pick<TemplateSummary, 'ref'>[],
  groups: readonly TemplateGroup[],
  catalog: Pick<CatalogService, 'getEntityByRef'>,
): readonly GroupedTemplates[] {
  if (!groups.length) return [];
  const refs = templates.map(({ ref }) => ref);
  const grouped = groups.map(({ title, filter }) => ({
    title,
    refs: refs.filter(ref => {
      const entity = catalog.getEntityByRef(ref);
      return entity !== undefined && matchesPredicate(filter, entity);
    }),
  }));
  const found = new Set(grouped.flatMap(group => group.refs));
  const others = refs.filter(ref => !found.has(ref));
  return [...grouped, { title: translate('Other Templates'), refs: others }].filter(
    group => group.refs.length > 0,
  );
}

import { translate } from '../../../../../base';
import { matchesPredicate } from '../../../../../model/predicates';
import type { TemplateGroup } from '../../../../appConfig/core';
import type { CreatePageDeps, TemplateCard, TemplateCategory } from './createPage';

/** Returns the templates of each group, and those of none as the last one. Source: `TemplateListPage`. */
export function categoriesOf(
  groups: readonly TemplateGroup[],
  cards: readonly TemplateCard[],
  { catalog }: Pick<CreatePageDeps, 'catalog'>,
): readonly TemplateCategory[] {
  const isIn = ({ filter }: TemplateGroup, { ref }: TemplateCard): boolean => {
    const entity = catalog.getEntityByRef(ref);
    return entity !== undefined && matchesPredicate(filter, entity);
  };
  const others = cards.filter(card => !groups.some(group => isIn(group, card)));
  return [
    ...groups.map(group => ({
      type: group.title,
      templates: cards.filter(card => isIn(group, card)),
    })),
    { type: translate('Other Templates'), templates: others },
  ].filter(({ templates }) => templates.length > 0);
}

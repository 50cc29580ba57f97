import type { CardTreeItem, LinkTarget } from '../../../../src/api';
import type {
  GroupNode,
  OrganisationView,
  PersonNode,
} from '../../../../src/features/portal/protocol';
import { translate } from '../../../shared/translate';

/** The groups and people as rows of a tree. */
export function organisationItems(view: OrganisationView): readonly CardTreeItem[] {
  const { roots, others, withoutGroup } = view;
  const items = roots.map(group => groupItem(group, true));
  if (others.length) {
    const children = others.map(group => groupItem(group, false));
    // Without a tree there is nothing to be outside of.
    if (!roots.length) items.push(...children);
    else items.push(section('others', translate('Outside the Tree'), 'type-hierarchy', children));
  }
  if (withoutGroup.length) {
    const people = withoutGroup.map(personItem);
    items.push(section('people', translate('People without a Group'), 'person', people));
  }
  return items;
}

/** The path of the first row of a ref, as the tree counts them. */
export function pathOf(
  ref: string | undefined,
  items: readonly CardTreeItem[],
  parent = '',
): string | undefined {
  for (const { id, children = [] } of items) {
    const path = `${parent}/${id}`;
    if (id === ref) return path;
    const inside = pathOf(ref, children, path);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function groupItem(group: GroupNode, isExpanded: boolean): CardTreeItem {
  const { ref, title, type, groups, members, owned, isRepeated } = group;
  const facts = [
    members.length ? translate('people: {0}', members.length) : undefined,
    owned ? translate('owns {0}', owned) : undefined,
    type,
    isRepeated ? translate('shown elsewhere') : undefined,
  ];
  const children = [...groups.map(child => groupItem(child, false)), ...members.map(personItem)];
  return {
    id: ref,
    label: title,
    icon: 'organization',
    isExpanded,
    target: targetOf(ref),
    description: facts.filter(fact => fact !== undefined).join(' · '),
    ...(children.length && { children }),
  };
}

function personItem({ ref, title }: PersonNode): CardTreeItem {
  return { id: ref, label: title, icon: 'person', target: targetOf(ref) };
}

function section(
  id: string,
  label: string,
  icon: string,
  children: readonly CardTreeItem[],
): CardTreeItem {
  return { id, label, icon, children, description: `${children.length}` };
}

function targetOf(entityRef: string): LinkTarget {
  return { type: 'page', page: { page: 'organisation', entityRef } };
}

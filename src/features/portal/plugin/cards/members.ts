import type { CardContent, CatalogService, EntityCard, EntityColumn } from '../../../../api';
import type { Translate } from '../../../../base';
import { refOf } from '../../../../model/presentation';
import { membersOf, withSubgroups } from '../groupTree';
import { entityTable } from './pieces';

export interface MembersDeps {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}

const columns: readonly EntityColumn[] = ['description'];

/** Backstage's `MembersListCard`, `plugins/org`: of a group itself, and of the groups below it as well. */
export function membersCards(deps: MembersDeps): readonly EntityCard[] {
  const { translate } = deps;
  const card = {
    title: translate('Members'),
    icon: 'organization',
    order: 20,
    isShownFor: ({ kind }) => kind.toLowerCase() === 'group',
    load: entity => content(refOf(entity), deps),
  } as const satisfies Omit<EntityCard, 'id'>;
  return [
    { ...card, id: 'portal.members' },
    { ...card, id: 'portal.all-members', tab: 'members', width: 'full' },
  ];
}

function content(ref: string, { catalog, translate }: MembersDeps): CardContent {
  const direct = membersOf(catalog, [ref]);
  const groups = withSubgroups(catalog, ref);
  const empty = translate('This group has no members.');
  const ofGroup = entityTable(direct, { columns, empty });
  if (groups.length === 1) return ofGroup;
  return {
    type: 'choices',
    label: translate('Members'),
    choices: [
      { id: 'direct', title: translate('Direct Members'), content: ofGroup },
      {
        id: 'all',
        title: translate('Include Subgroups'),
        content: entityTable(membersOf(catalog, groups), { columns, empty }),
      },
    ],
  };
}

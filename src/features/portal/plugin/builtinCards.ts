import type {
  CardContent,
  CardField,
  CatalogService,
  Entity,
  EntityCard,
  EntityColumn,
  FilesService,
  Inline,
  TechDocsService,
} from '../../../api';
import { isRecord, type Translate } from '../../../base';
import {
  compareRelationTypes,
  entityDescription,
  entityTitle,
  entityType,
  isSafeUrl,
  refOf,
  relationLabel,
  relationTargets,
} from '../../../model/presentation';
import { aboutCard, descriptorActions } from './cards/about';
import { docsCard } from './cards/docs';
import { inspectCards } from './cards/inspect';
import { linksCard } from './cards/links';
import { ownershipCards } from './cards/ownership';
import { entityPieces, entityTable, textPieces } from './cards/pieces';
import { rawCard } from './cards/raw';
import { dependentsCard } from './cards/relations/dependents';
import { relationCards } from './cards/relations/relations';
import { orphanWarning, processingErrors, relationWarning } from './cards/warnings';
import { membersOf, withSubgroups } from './groupTree';

export interface BuiltinCardsDeps {
  readonly catalog: CatalogService;
  readonly files: FilesService;
  readonly techdocs: TechDocsService;
  readonly translate: Translate;
  /** The path of a file as people know it. */
  readonly filePath: (uri: string) => string;
}

/** The cards that every portal has on the pages of entities. */
export function builtinCards(deps: BuiltinCardsDeps): readonly EntityCard[] {
  const { translate } = deps;
  return [
    orphanWarning(deps),
    relationWarning(deps),
    processingErrors(deps),
    aboutCard(deps),
    profileCard(deps),
    linksCard(translate),
    labelsCard(translate),
    ...relationCards(translate),
    dependentsCard(deps),
    ...membersCards(deps),
    ...ownershipCards(deps),
    ...relationsGraphCards(translate),
    allRelationsCard(translate),
    docsCard(deps),
    problemsCard(deps),
    ...inspectCards(deps),
    rawCard(deps),
  ];
}

interface MembersDeps {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}

const memberColumns: readonly EntityColumn[] = ['description'];

/** Backstage's `MembersListCard`, `plugins/org`: of a group itself, and of the groups below it as well. */
function membersCards(deps: MembersDeps): readonly EntityCard[] {
  const { translate } = deps;
  const card = {
    title: translate('Members'),
    icon: 'organization',
    order: 20,
    isShownFor: ({ kind }) => kind.toLowerCase() === 'group',
    load: entity => membersOfGroup(refOf(entity), deps),
  } as const satisfies Omit<EntityCard, 'id'>;
  return [
    { ...card, id: 'portal.members' },
    { ...card, id: 'portal.all-members', tab: 'members', width: 'full' },
  ];
}

function membersOfGroup(ref: string, { catalog, translate }: MembersDeps): CardContent {
  const direct = membersOf(catalog, [ref]);
  const groups = withSubgroups(catalog, ref);
  const empty = translate('This group has no members.');
  const ofGroup = entityTable(direct, { columns: memberColumns, empty });
  if (groups.length === 1) return ofGroup;
  return {
    type: 'choices',
    label: translate('Members'),
    choices: [
      { id: 'direct', title: translate('Direct Members'), content: ofGroup },
      {
        id: 'all',
        title: translate('Include Subgroups'),
        content: entityTable(membersOf(catalog, groups), { columns: memberColumns, empty }),
      },
    ],
  };
}

/** The labels of an entity, which plugins may go by. */
function labelsCard(translate: Translate): EntityCard {
  return {
    id: 'portal.labels',
    title: translate('Labels'),
    icon: 'tag',
    order: 40,
    isShownFor: entity => labelsOf(entity).length > 0,
    load: entity => ({ type: 'labels', labels: labelsOf(entity) }),
  };
}

function labelsOf({ metadata }: Entity): readonly { key: string; value: string }[] {
  const { labels } = metadata;
  return Object.entries(isRecord(labels) ? labels : {}).flatMap(([key, value]) =>
    typeof value === 'string' ? [{ key, value }] : [],
  );
}

/** What is wrong with an entity, each problem with its place. */
function problemsCard({
  catalog,
  translate,
}: {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}): EntityCard {
  return {
    id: 'portal.problems',
    title: translate('Problems'),
    icon: 'warning',
    tab: 'problems',
    width: 'full',
    load: entity => ({
      type: 'problems',
      problems: catalog.getProblems({ entityRef: refOf(entity) }),
      empty: translate('Nothing is wrong with it.'),
    }),
  };
}

interface ProfileDeps {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}

/** Backstage's `GroupProfileCard` and `UserProfileCard`, `plugins/org`. */
function profileCard({ catalog, translate }: ProfileDeps): EntityCard {
  return {
    id: 'portal.profile',
    title: translate('Profile'),
    icon: 'account',
    order: 10,
    isShownFor: ({ kind }) => ['user', 'group'].includes(kind.toLowerCase()),
    actionsFor: entity => descriptorActions(entity, { catalog, translate }),
    load: entity => ({
      type: 'profile',
      name: entityTitle(entity),
      ...optional('description', entityDescription(entity)),
      // Pictures elsewhere are not fetched: pages of the portal reach nothing on the network, which would
      // learn who looks at whom.
      ...optional('picture', dataPicture(profileText(entity, 'picture'))),
      fields: fieldsOf(entity, translate),
    }),
  };
}

function fieldsOf(entity: Entity, translate: Translate): readonly CardField[] {
  const related = (label: string, type: string, isAlways = false): readonly CardField[] => {
    const value = entityPieces(relationTargets(entity, type));
    return value.length || isAlways ? [{ label, value, wide: true }] : [];
  };
  const email = emailOf(entity);
  const shared: readonly CardField[] = [
    {
      label: translate('Entity Ref'),
      wide: true,
      value: [{ type: 'code', text: refOf(entity), canCopy: true }],
    },
    ...(email ? [{ label: translate('Email'), value: email, wide: true }] : []),
  ];
  if (entity.kind.toLowerCase() === 'user') {
    return [...shared, ...related(translate('Member of'), 'memberOf', true)];
  }
  const type = textPieces(entityType(entity));
  return [
    ...shared,
    ...(type.length ? [{ label: translate('Type'), value: type }] : []),
    ...related(translate('Parent Group'), 'childOf'),
    ...related(translate('Child Groups'), 'parentOf'),
    ...related(translate('Owner'), 'ownedBy'),
  ];
}

function emailOf(entity: Entity): readonly Inline[] | undefined {
  const email = profileText(entity, 'email');
  if (email === undefined) return undefined;
  const url = `mailto:${email}`;
  return isSafeUrl(url)
    ? [{ type: 'link', text: email, target: { type: 'url', url } }]
    : textPieces(email);
}

function profileText({ spec }: Entity, field: string): string | undefined {
  const profile = spec?.['profile'];
  const value = isRecord(profile) ? profile[field] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function dataPicture(url: string | undefined): string | undefined {
  return url !== undefined && /^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/i.test(url)
    ? url
    : undefined;
}

function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
}

/** All that an entity is related to, by the types of relations, those that nobody else shows included. */
function allRelationsCard(translate: Translate): EntityCard {
  return {
    id: 'portal.all-relations',
    title: translate('All Relations'),
    icon: 'references',
    tab: 'relations',
    width: 'full',
    load(entity): CardContent {
      const types = [...new Set((entity.relations ?? []).map(({ type }) => type))];
      if (!types.length) {
        const empty = translate('It is not related to anything.');
        return { type: 'entities', entityRefs: [], empty };
      }
      return {
        type: 'sections',
        sections: types.sort(compareRelationTypes).map(type => ({
          title: relationLabel(type, translate),
          content: entityTable(relationTargets(entity, type), {
            columns: ['kind', 'type', 'owner', 'description'],
          }),
        })),
      };
    },
  };
}

/** What an entity is related to, drawn: small beside other cards, and further on a tab of its own. */
function relationsGraphCards(translate: Translate): readonly EntityCard[] {
  const frame = { title: translate('Relations'), icon: 'type-hierarchy' };
  const around = (entity: Entity, depth: number): CardContent => ({
    type: 'graph',
    query: { rootRefs: [refOf(entity)], depth },
  });
  return [
    { ...frame, id: 'portal.relations-graph', order: 20, load: entity => around(entity, 1) },
    {
      ...frame,
      id: 'portal.relations',
      tab: 'relations',
      width: 'full',
      load: entity => around(entity, 2),
    },
  ];
}

import type {
  CardBar,
  CardContent,
  CatalogService,
  EntityCard,
  EntityColumn,
  LinkTarget,
} from '../../../../api';
import { entityType, kindIcon, kindOrder, kindPlural, refOf } from '../../../../model/presentation';
import { type CardDeps, entityTable } from './pieces';

/** What somebody owns, and by which refs. */
interface Owned {
  readonly owners: readonly string[];
  readonly entityRefs: readonly string[];
}

type Show = (owned: Owned, deps: CardDeps) => CardContent;

/**
 * Backstage's `OwnershipCard`, `plugins/org`: how much of which kind and type is owned by a group, with those
 * below it or without, or by a user with its groups. It counts components, APIs and systems; here everything
 * that has an owner is counted.
 */
export function ownershipCards(deps: CardDeps): readonly EntityCard[] {
  const { translate } = deps;
  const card = {
    title: translate('Ownership'),
    icon: 'briefcase',
    isShownFor: ({ kind }) => ['user', 'group'].includes(kind.toLowerCase()),
  } as const satisfies Omit<EntityCard, 'id' | 'load'>;
  const load =
    (show: Show): EntityCard['load'] =>
    entity =>
      content({ ref: refOf(entity), kind: entity.kind.toLowerCase() }, show, deps);
  return [
    { ...card, id: 'portal.ownership', order: 30, load: load(counts) },
    {
      ...card,
      id: 'portal.owned-entities',
      title: translate('Owned Entities'),
      tab: 'members',
      order: 30,
      width: 'full',
      load: load(tables),
    },
  ];
}

function content(
  { ref, kind }: { readonly ref: string; readonly kind: string },
  show: Show,
  deps: CardDeps,
): CardContent {
  const { catalog, translate } = deps;
  const shown = (owners: readonly string[]): CardContent =>
    show({ owners, entityRefs: ownedBy(catalog, owners) }, deps);
  const others =
    kind === 'user'
      ? [ref, ...related(catalog, ref, { type: 'memberOf', kind: 'group' })]
      : withSubgroups(catalog, ref);
  const direct = shown([ref]);
  if (others.length === 1) return direct;
  const all = {
    id: 'all',
    title: kind === 'user' ? translate('Include Groups') : translate('Include Subgroups'),
    content: shown(others),
  };
  const own = { id: 'direct', title: translate('Direct'), content: direct };
  return {
    type: 'choices',
    label: translate('Ownership'),
    // Hardly anything is owned by a person.
    choices: kind === 'user' ? [all, own] : [own, all],
  };
}

function ownedBy(catalog: CatalogService, owners: readonly string[]): readonly string[] {
  const refs = new Set<string>();
  for (const owner of owners) {
    for (const { type, targetRef } of catalog.getRelations(owner)) {
      if (type === 'ownerOf') refs.add(targetRef);
    }
  }
  return [...refs].sort();
}

/** Bars by kind and type, each leading to the entities that it counts. */
function counts({ owners, entityRefs }: Owned, { catalog, translate }: CardDeps): CardContent {
  const groups = new Map<string, { kind: string; type: string | undefined; count: number }>();
  for (const ref of entityRefs) {
    const entity = catalog.getEntityByRef(ref);
    if (!entity) continue;
    const type = entityType(entity);
    const key = `${entity.kind} ${type ?? ''}`;
    const group = groups.get(key) ?? { kind: entity.kind, type, count: 0 };
    groups.set(key, { ...group, count: group.count + 1 });
  }
  const bars = [...groups.values()]
    .sort((a, b) => b.count - a.count || kindOrder(a.kind) - kindOrder(b.kind))
    .map(({ kind, type, count }): CardBar => {
      const plural = kindPlural(kind, translate);
      return {
        label: type === undefined ? plural : `${plural}: ${type}`,
        icon: kindIcon(kind),
        value: count,
        target: inCatalog(owners, kind, type),
      };
    });
  return { type: 'bars', bars, empty: translate('No owned entities.') };
}

/** A table for every kind. */
function tables({ owners, entityRefs }: Owned, { translate }: CardDeps): CardContent {
  const byKind = new Map<string, string[]>();
  for (const ref of entityRefs) {
    const kind = ref.slice(0, ref.indexOf(':'));
    const refs = byKind.get(kind);
    if (refs) refs.push(ref);
    else byKind.set(kind, [ref]);
  }
  const kinds = [...byKind].sort(([a], [b]) => kindOrder(a) - kindOrder(b));
  if (!kinds.length) {
    return { type: 'entities', entityRefs: [], empty: translate('No owned entities.') };
  }
  return {
    type: 'sections',
    sections: kinds.map(([kind, refs]) => ({
      title: `${kindPlural(kind, translate)} (${refs.length})`,
      content: entityTable(refs, {
        columns: ['type', 'lifecycle', 'system', 'description'],
        all: inCatalog(owners, kind),
      }),
    })),
  };
}

function inCatalog(owners: readonly string[], kind: string, type?: string): LinkTarget {
  const facets = { owner: owners, ...(type !== undefined && { type: [type] }) };
  return {
    type: 'page',
    page: { page: 'catalog', query: { kind: kind.toLowerCase(), facets } },
  };
}

/** Targets of one type of relation of a ref, of one kind (lower-cased). */
function related(
  catalog: CatalogService,
  ref: string,
  { type, kind }: { readonly type: string; readonly kind: string },
): readonly string[] {
  return catalog
    .getRelations(ref)
    .flatMap(relation =>
      relation.type === type && relation.targetRef.startsWith(`${kind}:`)
        ? [relation.targetRef]
        : [],
    );
}

/** A group and all below it, the nearest first; groups may contain each other in a circle. */
function withSubgroups(catalog: CatalogService, groupRef: string): readonly string[] {
  // A set is walked in the order of insertion, what is added on the way included.
  const groups = new Set([groupRef]);
  for (const group of groups) {
    for (const child of related(catalog, group, { type: 'parentOf', kind: 'group' })) {
      groups.add(child);
    }
  }
  return [...groups];
}

/** The members of some groups, each once. */
function membersOf(catalog: CatalogService, groups: readonly string[]): readonly string[] {
  return [
    ...new Set(
      groups.flatMap(group => related(catalog, group, { type: 'hasMember', kind: 'user' })),
    ),
  ];
}

const columns: readonly EntityColumn[] = ['description'];

/** Backstage's `MembersListCard`, `plugins/org`: of a group itself, and of the groups below it as well. */
export function membersCards(deps: CardDeps): readonly EntityCard[] {
  const { translate } = deps;
  const card = {
    title: translate('Members'),
    icon: 'organization',
    order: 20,
    isShownFor: ({ kind }) => kind.toLowerCase() === 'group',
    load: entity => membersContent(refOf(entity), deps),
  } as const satisfies Omit<EntityCard, 'id'>;
  return [
    { ...card, id: 'portal.members' },
    { ...card, id: 'portal.all-members', tab: 'members', width: 'full' },
  ];
}

function membersContent(ref: string, { catalog, translate }: CardDeps): CardContent {
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

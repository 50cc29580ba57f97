import {
  type CardBar,
  type CardContent,
  type CatalogService,
  type EntityCard,
  type EntityColumn,
  entityType,
  kindIcon,
  kindOrder,
  kindPlural,
  type LinkTarget,
  refOf,
} from '../../../../api';
import { type CardDeps, entityTable } from './pieces';

/** Entities with the refs of their owners. */
interface Owned {
  readonly owners: readonly string[];
  readonly entityRefs: readonly string[];
}

type Show = (owned: Owned, deps: CardDeps) => CardContent;

/**
 * Backstage's `OwnershipCard`, `plugins/org`: number of owned entities by kind and type, of a group with or without
 * subgroups, or of a user with its groups. Backstage counts components, APIs and systems; this card counts all kinds
 * with an owner.
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
    // Users rarely own entities directly.
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

/** Bars by kind and type, linked to the entities they count. */
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
      const plural = kindPlural(kind, translate, catalog.names);
      return {
        label: type === undefined ? plural : `${plural}: ${type}`,
        icon: kindIcon(kind),
        value: count,
        target: inCatalog(owners, kind, type),
      };
    });
  return { type: 'bars', bars, empty: translate('No owned entities.') };
}

/** A table per kind. */
function tables({ owners, entityRefs }: Owned, { catalog, translate }: CardDeps): CardContent {
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
      title: `${kindPlural(kind, translate, catalog.names)} (${refs.length})`,
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

/** Targets of a relation type, of one kind (lower case). */
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

/** Returns a group and its subgroups, nearest first. Handles cycles. */
function withSubgroups(catalog: CatalogService, groupRef: string): readonly string[] {
  // A Set also iterates over elements added during iteration.
  const groups = new Set([groupRef]);
  for (const group of groups) {
    for (const child of related(catalog, group, { type: 'parentOf', kind: 'group' })) {
      groups.add(child);
    }
  }
  return [...groups];
}

/** Members of the groups, without duplicates. */
function membersOf(catalog: CatalogService, groups: readonly string[]): readonly string[] {
  return [
    ...new Set(
      groups.flatMap(group => related(catalog, group, { type: 'hasMember', kind: 'user' })),
    ),
  ];
}

const columns: readonly EntityColumn[] = ['description'];

/** Backstage's `MembersListCard`, `plugins/org`: members of the group and of its subgroups. */
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

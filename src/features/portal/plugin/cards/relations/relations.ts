import {
  type CardContent,
  compareRelationTypes,
  dependentsSummary,
  type Entity,
  type EntityCard,
  type EntityColumn,
  type EntityDependents,
  entityTitle,
  type Inline,
  kindIcon,
  type LinkTarget,
  refOf,
  relationLabel,
  relationTargets,
  shortOwnerRef,
  type Translate,
  translateCount,
} from '../../../../../api';
import { type CardDeps, entityPieces, entityTable, ofKind } from '../pieces';

interface RelationCardRow {
  readonly id: string;
  readonly title: string;
  /** Default: the icon of the kind. */
  readonly icon?: string;
  /** Lower-case kinds of entities that have the card. */
  readonly kinds: readonly string[];
  readonly relation: string;
  /** Lower-case kind of the listed entities. */
  readonly shows: string;
  /** Text of an empty card; undefined hides it. */
  readonly empty?: string;
}

/** Columns by lower-case kind of the listed entities. */
const columnsOf = {
  component: ['type', 'lifecycle', 'owner', 'description'],
  api: ['type', 'lifecycle', 'owner', 'description'],
  resource: ['type', 'owner', 'description'],
  system: ['owner', 'description'],
  domain: ['owner', 'description'],
} as const satisfies Readonly<Record<string, readonly EntityColumn[]>>;

/**
 * Relation cards. Titles and texts are from Backstage's `catalog` and `api-docs` plugins. Backstage shows most of
 * them even if empty; here, only those that are informative.
 */
// Literal types let `npm run l10n` find the texts.
const rows = [
  {
    id: 'has-components',
    title: 'Has components',
    kinds: ['system'],
    relation: 'hasPart',
    shows: 'component',
    empty: 'No component is part of this system',
  },
  {
    id: 'has-apis',
    title: 'APIs',
    kinds: ['system'],
    relation: 'hasPart',
    shows: 'api',
    empty: 'This system does not contain any APIs.',
  },
  {
    id: 'has-resources',
    title: 'Has resources',
    kinds: ['system'],
    relation: 'hasPart',
    shows: 'resource',
  },
  {
    id: 'has-systems',
    title: 'Has systems',
    kinds: ['domain'],
    relation: 'hasPart',
    shows: 'system',
    empty: 'No system is part of this domain',
  },
  {
    id: 'has-subdomains',
    title: 'Has subdomains',
    kinds: ['domain'],
    relation: 'hasPart',
    shows: 'domain',
  },
  {
    id: 'has-subcomponents',
    title: 'Has subcomponents',
    kinds: ['component'],
    relation: 'hasPart',
    shows: 'component',
  },
  {
    id: 'provided-apis',
    title: 'Provided APIs',
    kinds: ['component'],
    relation: 'providesApi',
    shows: 'api',
    empty: 'This component does not provide any APIs.',
  },
  {
    id: 'consumed-apis',
    title: 'Consumed APIs',
    kinds: ['component'],
    relation: 'consumesApi',
    shows: 'api',
    empty: 'This component does not consume any APIs.',
  },
  {
    id: 'providing-components',
    title: 'Providers',
    kinds: ['api'],
    relation: 'apiProvidedBy',
    shows: 'component',
    empty: 'No component provides this API.',
  },
  {
    id: 'consuming-components',
    title: 'Consumers',
    kinds: ['api'],
    relation: 'apiConsumedBy',
    shows: 'component',
    empty: 'No component consumes this API.',
  },
  {
    id: 'depends-on-components',
    title: 'Depends on components',
    icon: 'arrow-right',
    kinds: ['component', 'resource'],
    relation: 'dependsOn',
    shows: 'component',
  },
  {
    id: 'depends-on-resources',
    title: 'Depends on resources',
    icon: 'arrow-right',
    kinds: ['component', 'resource'],
    relation: 'dependsOn',
    shows: 'resource',
  },
  {
    id: 'dependency-of-components',
    title: 'Dependency of components',
    icon: 'arrow-left',
    kinds: ['component', 'resource'],
    relation: 'dependencyOf',
    shows: 'component',
    empty: 'No component depends on it.',
  },
  {
    id: 'dependency-of-resources',
    title: 'Dependency of resources',
    icon: 'arrow-left',
    kinds: ['component', 'resource'],
    relation: 'dependencyOf',
    shows: 'resource',
  },
] as const satisfies readonly RelationCardRow[];
export function relationCards(translate: Translate): readonly EntityCard[] {
  return rows.map((row, index) => {
    const { id, title, relation, shows } = row;
    const kinds: readonly string[] = row.kinds;
    const empty = 'empty' in row ? translate(row.empty) : undefined;
    return {
      id: `portal.${id}`,
      title: translate(title),
      icon: 'icon' in row ? row.icon : kindIcon(shows),
      order: 50 + index,
      isShownFor: entity => kinds.includes(entity.kind.toLowerCase()),
      load(entity) {
        const refs = ofKind(relationTargets(entity, relation), shows);
        if (!refs.length && empty === undefined) return undefined;
        return entityTable(refs, { columns: columnsOf[shows], empty });
      },
    };
  });
}

/** Relations of an entity, by type, including types without a card of their own. */
export function allRelationsCard({ catalog, translate }: CardDeps): EntityCard {
  return {
    id: 'portal.all-relations',
    title: translate('All Relations'),
    icon: 'references',
    tab: 'relations',
    width: 'full',
    load(entity): CardContent {
      const types = [...new Set((entity.relations ?? []).map(({ type }) => type))];
      if (!types.length) {
        const empty = translate('No relations.');
        return { type: 'entities', entityRefs: [], empty };
      }
      return {
        type: 'sections',
        sections: types.sort(compareRelationTypes).map(type => ({
          title: relationLabel(type, translate, catalog.names),
          content: entityTable(relationTargets(entity, type), {
            columns: ['kind', 'type', 'owner', 'description'],
          }),
        })),
      };
    },
  };
}

const kinds: ReadonlySet<string> = new Set(['component', 'api', 'resource', 'system', 'domain']);

/** Maximum number of owners to name. */
const MAX_OWNERS = 20;

/** Lists the entities that are affected if this entity fails, and the owners to notify. */
export function dependentsCard({ catalog, translate }: CardDeps): EntityCard {
  return {
    id: 'portal.dependents',
    title: translate('Impact'),
    icon: 'references',
    order: 45,
    isShownFor: ({ kind }) => kinds.has(kind.toLowerCase()),
    actionsFor: entity => [
      {
        title: translate('Show Dependents in Graph'),
        icon: 'type-hierarchy',
        target: dependentsGraph(refOf(entity)),
      },
    ],
    async load(entity, { signal }) {
      const ref = refOf(entity);
      const dependents = await catalog.getDependents(ref, { signal });
      const entityRefs = dependents.entities.map(({ entityRef }) => entityRef);
      if (entityRefs.length === 0) return { type: 'text', text: translate('No dependents.') };
      return {
        type: 'sections',
        sections: [
          {
            title: translate('Owners to Notify'),
            description: dependentsSummary(dependents),
            content: ownersToNotify(dependents, { catalog, translate }),
          },
          {
            content: entityTable(entityRefs, {
              columns: ['type', 'owner', 'description'],
              all: dependentsGraph(ref),
            }),
          },
        ],
      };
    },
  };
}

/** Owners with the numbers of their dependents, most affected first. */
function ownersToNotify(
  { owners }: EntityDependents,
  { catalog, translate }: CardDeps,
): CardContent {
  const more = owners.length - MAX_OWNERS;
  return {
    type: 'sections',
    sections: [
      {
        ...(more > 0 && { description: translate('{0} more', more) }),
        content: {
          type: 'links',
          links: owners.slice(0, MAX_OWNERS).map(({ ownerRef, entityRefs: { length } }) => {
            const description = translateCount(length, {
              one: '{0} entity',
              other: '{0} entities',
            });
            if (ownerRef === undefined) {
              const page = { page: 'catalog', query: { only: ['withoutOwner'] } } as const;
              const target = { type: 'page', page } as const;
              return {
                text: translate('{0} ({1})', translate('No owner'), length),
                description,
                target,
                icon: 'warning',
              };
            }
            const owner = catalog.getEntityByRef(ownerRef);
            const title = owner ? entityTitle(owner) : shortOwnerRef(ownerRef);
            return {
              text: translate('{0} ({1})', title, length),
              description,
              target: { type: 'entity', entityRef: ownerRef } as const,
              icon: kindIcon(ownerRef.slice(0, ownerRef.indexOf(':'))),
            };
          }),
        },
      },
    ],
  };
}

function dependentsGraph(ref: string): LinkTarget {
  return { type: 'page', page: { page: 'graph', query: { rootRefs: [ref], dependents: true } } };
}

/** Graph of the relations: a small one beside other cards, and a large one on its own tab. */
export function relationsGraphCards(deps: CardDeps): readonly EntityCard[] {
  const { translate } = deps;
  const frame = { title: translate('Relations'), icon: 'type-hierarchy' };
  const around = (entity: Entity, depth: number): CardContent => ({
    type: 'graph',
    query: { rootRefs: [refOf(entity)], depth },
  });
  return [
    {
      ...frame,
      id: 'portal.relations-graph',
      order: 20,
      load: entity =>
        isReadableAsGraph(entity) ? around(entity, 1) : relationsByType(entity, deps),
    },
    {
      ...frame,
      id: 'portal.relations',
      tab: 'relations',
      width: 'full',
      load: entity => around(entity, 2),
    },
  ];
}

/** Maximum number of related entities that a small graph shows legibly. */
const MAX_IN_GRAPH = 10;

function isReadableAsGraph({ relations = [] }: Entity): boolean {
  return new Set(relations.map(({ targetRef }) => targetRef)).size <= MAX_IN_GRAPH;
}

/** Number of entities to list for each type of relation. */
const MAX_LISTED = 10;

/** Relations by type as a list, and a link to the graph. */
function relationsByType(entity: Entity, { catalog, translate }: CardDeps): CardContent {
  const graph: LinkTarget = {
    type: 'page',
    page: { page: 'graph', query: { rootRefs: [refOf(entity)], depth: 1 } },
  };
  const types = [...new Set((entity.relations ?? []).map(({ type }) => type))];
  const fields = types.sort(compareRelationTypes).map(type => {
    const refs = relationTargets(entity, type);
    const more = refs.length - MAX_LISTED;
    const rest: Inline = {
      type: 'link',
      text: translate('{0} more', more),
      target: {
        type: 'page',
        page: { page: 'entity', entityRef: refOf(entity), tab: 'relations' },
      },
    };
    return {
      label: translate('{0} ({1})', relationLabel(type, translate, catalog.names), refs.length),
      value: [...entityPieces(refs.slice(0, MAX_LISTED)), ...(more > 0 ? [rest] : [])],
      wide: true,
    };
  });
  return {
    type: 'sections',
    sections: [
      { content: { type: 'fields', fields } },
      {
        content: {
          type: 'links',
          links: [{ text: translate('Open Graph'), target: graph, icon: 'type-hierarchy' }],
        },
      },
    ],
  };
}

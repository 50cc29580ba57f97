import type { CardAction, CardField, CatalogService, EntityCard, Inline } from '../../../api';
import type { Translate } from '../../../base';
import type { Entity } from '../../../model';
import {
  descriptorUrls,
  entityDescription,
  entityLifecycle,
  entityTags,
  entityType,
  refOf,
  relationTargets,
} from '../../../model/presentation';

/** What Backstage's About card says: `plugins/catalog/src/components/AboutCard/AboutContent.tsx`. */
export function aboutCard({
  catalog,
  translate,
}: {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}): EntityCard {
  return {
    id: 'portal.about',
    title: translate('About'),
    icon: 'info',
    order: 10,
    actionsFor: entity => actions(entity, catalog, translate),
    load: entity => ({ type: 'fields', fields: fields(entity, translate) }),
  };
}

function fields(entity: Entity, translate: Translate): readonly CardField[] {
  const kind = entity.kind.toLowerCase();
  const isOf = (...kinds: readonly string[]): boolean => kinds.includes(kind);
  const parents = relationTargets(entity, 'partOf');
  const of = (parent: string): readonly Inline[] =>
    entities(parents.filter(ref => ref.startsWith(`${parent}:`)));
  const shown = (label: string, value: readonly Inline[], isShown: boolean): CardField[] =>
    isShown || value.length ? [{ label, value }] : [];
  return [
    { label: translate('Description'), value: text(entityDescription(entity)), wide: true },
    { label: translate('Owner'), value: entities(relationTargets(entity, 'ownedBy')) },
    ...shown(translate('Domain'), of('domain'), isOf('system')),
    ...shown(translate('System'), of('system'), isOf('component', 'api', 'resource')),
    ...shown(translate('Parent Component'), of('component'), false),
    ...shown(translate('Type'), text(entityType(entity)), isOf('component', 'api', 'resource')),
    ...shown(translate('Lifecycle'), text(entityLifecycle(entity)), isOf('component', 'api')),
    {
      label: translate('Tags'),
      value: entityTags(entity).map(tag => ({
        type: 'badge',
        text: tag,
        target: {
          type: 'page',
          page: { page: 'catalog', query: { facets: { tag: [tag] } } },
        },
      })),
    },
  ];
}

function actions(
  entity: Entity,
  catalog: CatalogService,
  translate: Translate,
): readonly CardAction[] {
  const source = catalog.getEntitySource(refOf(entity));
  const { view, edit } = descriptorUrls(entity);
  const web: readonly CardAction[] = [
    ...(view === undefined
      ? []
      : [link(translate('View the Descriptor on the Web'), 'link-external', view)]),
    ...(source || edit === undefined
      ? []
      : [link(translate('Edit the Descriptor on the Web'), 'edit', edit)]),
  ];
  if (!source) return web;
  const target = { type: 'source', file: source.file, range: source.nameRange } as const;
  return [{ title: translate('Edit'), icon: 'edit', target }, ...web];
}

function link(title: string, icon: string, url: string): CardAction {
  return { title, icon, target: { type: 'url', url } };
}

function entities(refs: readonly string[]): readonly Inline[] {
  return refs.map(entityRef => ({ type: 'entity', entityRef }));
}

function text(value: string | undefined): readonly Inline[] {
  return value === undefined ? [] : [{ type: 'text', text: value }];
}

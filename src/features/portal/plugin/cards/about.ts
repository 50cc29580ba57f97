import {
  ANNOTATION_SOURCE_LOCATION,
  type CardAction,
  type CardField,
  descriptorUrls,
  type Entity,
  entityAnnotation,
  type EntityCard,
  entityDescription,
  entityLifecycle,
  entityTags,
  entityTitle,
  entityType,
  hasDocs,
  type Inline,
  isRecord,
  isSafeUrl,
  parseLocationRef,
  refOf,
  relationTargets,
  type Translate,
} from '../../../../api';
import { type CardDeps, entityPieces, ofKind, textPieces } from './pieces';

/**
 * Backstage's About card: `plugins/catalog/src/components/AboutCard/AboutContent.tsx`. Users and groups have a
 * profile card instead.
 */
export function aboutCard({ catalog, translate }: CardDeps): EntityCard {
  return {
    id: 'portal.about',
    title: translate('About'),
    icon: 'info',
    order: 10,
    isShownFor: ({ kind }) => !['user', 'group'].includes(kind.toLowerCase()),
    actionsFor: entity => descriptorActions(entity, { catalog, translate }),
    load: entity => ({ type: 'fields', fields: fields(entity, translate) }),
  };
}

function fields(entity: Entity, translate: Translate): readonly CardField[] {
  const kind = entity.kind.toLowerCase();
  const isOf = (...kinds: readonly string[]): boolean => kinds.includes(kind);
  const parents = relationTargets(entity, 'partOf');
  const of = (parent: string): readonly Inline[] => entityPieces(ofKind(parents, parent));
  const shown = (label: string, value: readonly Inline[], isShown: boolean): CardField[] =>
    isShown || value.length ? [{ label, value }] : [];
  const hasType = isOf('component', 'api', 'resource', 'template', 'location');
  return [
    { label: translate('Description'), value: textPieces(entityDescription(entity)), wide: true },
    { label: translate('Owner'), value: entityPieces(relationTargets(entity, 'ownedBy')) },
    ...shown(translate('Domain'), of('domain'), isOf('system')),
    ...shown(translate('System'), of('system'), isOf('component', 'api', 'resource')),
    ...shown(translate('Parent Component'), isOf('component') ? of('component') : [], false),
    ...shown(translate('Type'), textPieces(entityType(entity)), hasType),
    ...shown(translate('Lifecycle'), textPieces(entityLifecycle(entity)), isOf('component', 'api')),
    {
      label: translate('Tags'),
      wide: true,
      value: entityTags(entity).map(tag => ({
        type: 'badge',
        text: tag,
        target: {
          type: 'page',
          page: { page: 'catalog', query: { facets: { tag: [tag] } } },
        },
      })),
    },
    ...(isOf('location') ? [targets(entity, translate)] : []),
  ];
}

/** Targets of a Location. */
function targets({ spec }: Entity, translate: Translate): CardField {
  const written = [spec?.['target'], ...[spec?.['targets'] ?? []].flat()];
  return {
    label: translate('Targets'),
    wide: true,
    value: written.flatMap((target): readonly Inline[] => {
      if (typeof target !== 'string') return [];
      if (!isSafeUrl(target)) return [{ type: 'code', text: target }];
      return [{ type: 'link', text: target, target: { type: 'url', url: target } }];
    }),
  };
}

/** Actions in the header of Backstage's About and profile cards: source, docs and descriptor. */
export function descriptorActions(
  entity: Entity,
  { catalog, translate }: CardDeps,
): readonly CardAction[] {
  const ref = refOf(entity);
  const source = catalog.getEntitySource(ref);
  const { view, edit, blame } = descriptorUrls(entity);
  const code = sourceUrl(entity);
  // Entities of remote sources have a read-only copy.
  const isCopy = source?.file.startsWith('callboard-source:') ?? false;
  const when = <T>(value: T | undefined, action: (value: T) => CardAction): readonly CardAction[] =>
    value === undefined ? [] : [action(value)];
  return [
    ...(hasDocs(entity) ? [docsAction(ref, translate)] : []),
    ...when(code, url => webAction(translate('View Source'), 'code', url)),
    ...when(view, url => webAction(translate('View Descriptor on the Web'), 'link-external', url)),
    ...when(blame, url => webAction(translate('View Descriptor Blame'), 'git-commit', url)),
    ...when(source && !isCopy ? undefined : edit, url =>
      webAction(translate('Edit Descriptor on the Web'), 'edit', url),
    ),
    ...when(source, ({ file, nameRange: range }) => ({
      title: isCopy ? translate('Open Cached Copy') : translate('Edit'),
      icon: isCopy ? 'go-to-file' : 'edit',
      target: { type: 'source', file, range },
    })),
  ];
}

function docsAction(ref: string, translate: Translate): CardAction {
  const target = {
    type: 'command',
    command: 'callboard.entity.openDocs',
    arguments: [ref],
  } as const;
  return { title: translate('Open Docs'), icon: 'book', target };
}

/** Web page of the source code, from the source-location annotation. */
function sourceUrl(entity: Entity): string | undefined {
  const written = entityAnnotation(entity, ANNOTATION_SOURCE_LOCATION);
  if (written === undefined) return undefined;
  try {
    const { type, target } = parseLocationRef(written);
    return type === 'url' && isSafeUrl(target) ? target : undefined;
  } catch {
    // The catalog reports the invalid annotation.
    return undefined;
  }
}

function webAction(title: string, icon: string, url: string): CardAction {
  return { title, icon, target: { type: 'url', url } };
}

/** Backstage's `GroupProfileCard` and `UserProfileCard`, `plugins/org`. */
export function profileCard({ catalog, translate }: CardDeps): EntityCard {
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
      description: entityDescription(entity),
      // Remote pictures aren't loaded: a request would tell others which profile is viewed.
      picture: dataPicture(profileText(entity, 'picture')),
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

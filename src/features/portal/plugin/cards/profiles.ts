import type { CardField, CatalogService, Entity, EntityCard, Inline } from '../../../../api';
import { isRecord, type Translate } from '../../../../base';
import {
  entityDescription,
  entityTitle,
  entityType,
  isSafeUrl,
  refOf,
  relationTargets,
} from '../../../../model/presentation';
import { descriptorActions } from './about';
import { entityPieces, textPieces } from './pieces';

export interface ProfileDeps {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}

/** Backstage's `GroupProfileCard` and `UserProfileCard`, `plugins/org`. */
export function profileCard({ catalog, translate }: ProfileDeps): EntityCard {
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

import type { Entity, SearchDocument } from '../../../../api';
import { isRecord, type Translate } from '../../../../base';
import {
  entityDescription,
  entityFacets,
  entityTags,
  entityTitle,
  entityType,
  kindIcon,
  refOf,
  relationTargets,
} from '../../../../model/presentation';
import type { EntityCollation } from './entityCollator';
import type { ShownEntities } from './shownEntities';

/** Of a team with more, not all members are found by its side; they are found by themselves. */
const MAX_RELATED = 200;
/** What goes on is not searched. */
const MAX_TEXT = 4000;

/** Users and groups. */
export function peopleCollation(translate: Translate): EntityCollation {
  return {
    id: 'people',
    title: translate('People'),
    icon: 'organization',
    // Who has the name of a thing is looked for less often than the thing.
    weight: 0.9,
    hasKind: kind => kind === 'user' || kind === 'group',
    saidBy: new Set(['hasMember', 'memberOf', 'parentOf']),
    documentOf,
  };
}

function documentOf(entity: Entity, others: ShownEntities): SearchDocument {
  const ref = refOf(entity);
  const isUser = entity.kind.toLowerCase() === 'user';
  const related = relationTargets(entity, isUser ? 'memberOf' : 'hasMember');
  const [team] = related;
  const text = [
    entityDescription(entity),
    ...related.slice(0, MAX_RELATED).map(other => others.title(other)),
  ];
  return {
    id: 'entity',
    title: entityTitle(entity),
    names: [entity.metadata.name, ...emailOf(entity)],
    keywords: [entity.kind, entityType(entity) ?? '', ...entityTags(entity)].filter(Boolean),
    text: text.filter(Boolean).join('\n').slice(0, MAX_TEXT),
    path: isUser ? others.pathTo(team) : others.pathTo(ref).slice(0, -1),
    ref,
    isEntity: true,
    facets: entityFacets(entity),
    target: { type: 'entity', entityRef: ref },
    icon: kindIcon(entity.kind),
  };
}

/** All of it, and what stands before the `@`. */
function emailOf({ spec }: Entity): readonly string[] {
  const profile = spec?.['profile'];
  const email = isRecord(profile) ? profile['email'] : undefined;
  if (typeof email !== 'string' || !email.includes('@')) return [];
  return [email, email.slice(0, email.indexOf('@'))];
}

import {
  ANNOTATION_ORPHAN,
  type CardContent,
  type Entity,
  entityAnnotation,
  type EntityCard,
  isRecord,
  refOf,
} from '../../../../api';
import type { CardDeps } from './pieces';

/** Backstage's `EntityOrphanWarning`. Only entities of a Backstage server can be orphans. */
export function orphanWarning({ translate }: CardDeps): EntityCard {
  return {
    id: 'portal.orphan-warning',
    title: translate('Orphan'),
    width: 'full',
    order: 1,
    isShownFor: entity => entityAnnotation(entity, ANNOTATION_ORPHAN) === 'true',
    load: () => ({
      type: 'message',
      tone: 'warning',
      text: translate(
        'This entity is not referenced by any location and is therefore not receiving updates.',
      ),
    }),
  };
}

/** Backstage's `EntityRelationWarning`. */
export function relationWarning({ catalog, translate }: CardDeps): EntityCard {
  return {
    id: 'portal.relation-warning',
    title: translate('Dangling Relations'),
    width: 'full',
    order: 2,
    load(entity): CardContent | undefined {
      const targets = new Set((entity.relations ?? []).map(({ targetRef }) => targetRef));
      const missing = [...targets].filter(ref => !catalog.getEntityByRef(ref));
      if (!missing.length) return undefined;
      return {
        type: 'message',
        tone: 'warning',
        text: translate(
          "This entity has relations to other entities, which can't be found in the catalog.",
        ),
        entityRefs: missing,
        actions: [
          {
            text: translate('Show Problems'),
            target: {
              type: 'page',
              page: { page: 'entity', entityRef: refOf(entity), tab: 'problems' },
            },
          },
        ],
      };
    },
  };
}

/** Backstage's `EntityProcessingErrorsPanel`: errors that keep a Backstage server at an older version of an entity. */
export function processingErrors({ translate }: CardDeps): EntityCard {
  return {
    id: 'portal.processing-errors',
    title: translate('Processing Errors'),
    width: 'full',
    order: 3,
    isShownFor: entity => errorsOf(entity).length > 0,
    load: entity => ({
      type: 'message',
      tone: 'bad',
      text: translate(
        "Backstage can't process the latest version of this entity. This is the last valid version.",
      ),
      detail: errorsOf(entity).join('\n'),
    }),
  };
}

function errorsOf(entity: Entity): readonly string[] {
  const status = 'status' in entity ? entity.status : undefined;
  const items = isRecord(status) ? status['items'] : undefined;
  return (Array.isArray(items) ? items : []).flatMap((item: unknown) => {
    if (!isRecord(item) || item['level'] !== 'error') return [];
    if (item['type'] !== 'backstage.io/catalog-processing') return [];
    const { error } = item;
    if (!isRecord(error) || typeof error['message'] !== 'string') return [];
    const name = typeof error['name'] === 'string' ? `${error['name']}: ` : '';
    return [`${name}${error['message']}`];
  });
}

/** Problems of an entity, with their locations. */
export function problemsCard({ catalog, translate }: CardDeps): EntityCard {
  return {
    id: 'portal.problems',
    title: translate('Problems'),
    icon: 'warning',
    tab: 'problems',
    width: 'full',
    load: entity => ({
      type: 'problems',
      problems: catalog.getProblems({ entityRef: refOf(entity) }),
      empty: translate('No problems.'),
    }),
  };
}

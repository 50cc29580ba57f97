import type { CatalogService, EntityCard, LinkTarget } from '../../../../../api';
import type { Translate } from '../../../../../base';
import { dependentsSummary, refOf } from '../../../../../model/presentation';
import { entityTable } from '../pieces';

const kinds: ReadonlySet<string> = new Set(['component', 'api', 'resource', 'system', 'domain']);

/** What is affected if the entity stops. */
export function dependentsCard({
  catalog,
  translate,
}: {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}): EntityCard {
  return {
    id: 'portal.dependents',
    title: translate('Dependents'),
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
      if (entityRefs.length === 0)
        return { type: 'text', text: translate('Nothing depends on it.') };
      return {
        type: 'sections',
        sections: [
          {
            description: dependentsSummary(dependents, translate),
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

function dependentsGraph(ref: string): LinkTarget {
  return { type: 'page', page: { page: 'graph', query: { rootRefs: [ref], dependents: true } } };
}

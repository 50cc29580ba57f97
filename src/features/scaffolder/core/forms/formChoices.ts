import type { CatalogService, EntityFilter, EntityFilterCondition } from '../../../../api';
import { isRecord } from '../../../../base';
import {
  type Entity,
  type JsonObject,
  type JsonValue,
  stringifyEntityRef,
} from '../../../../model';
import { entityTitle } from '../../../../model/presentation';
import type { EntityPickerOptions, TagsPickerOptions } from './formField';

export interface FormChoicesDeps {
  readonly catalog: Pick<CatalogService, 'getEntities' | 'getRelations'>;
  /** Refs that count as the user's. */
  readonly ownershipRefs: readonly string[];
}

/** An entity to choose from. */
export interface EntityChoice {
  /** Full ref, which becomes the value of the field. */
  readonly value: string;
  readonly title: string;
  readonly description: string;
}

/**
 * The entities that a picker offers, sorted by title. Source: `EntityPicker`, `OwnerPicker`, `MyGroupsPicker`
 * and `OwnedEntityPicker` of `@backstage/plugin-scaffolder`.
 */
export function entityChoices(
  { scope, catalogFilter }: EntityPickerOptions,
  { catalog, ownershipRefs }: FormChoicesDeps,
): readonly EntityChoice[] {
  const mine = new Set(ownershipRefs);
  const entities = catalog.getEntities(
    catalogFilter ? { filter: catalogFilter.map(conditionsOf) } : {},
  );
  return entities
    .filter(entity => {
      if (scope === 'all') return true;
      const ref = stringifyEntityRef(entity);
      if (scope === 'mine') return entity.kind === 'Group' && mine.has(ref);
      const relations = catalog.getRelations(ref);
      return relations.some(({ type, targetRef }) => type === 'ownedBy' && mine.has(targetRef));
    })
    .map(choiceOf)
    .sort((a, b) => (a.title < b.title ? -1 : 1));
}

/** Tags of a catalog's entities, the most frequent first. */
export function tagChoices(
  { kinds }: TagsPickerOptions,
  { catalog }: Pick<FormChoicesDeps, 'catalog'>,
): readonly { readonly tag: string; readonly count: number }[] {
  const filter: EntityFilter | undefined = kinds && [[{ key: 'kind', values: kinds }]];
  const counts = new Map<string, number>();
  for (const { metadata } of catalog.getEntities(filter ? { filter } : {})) {
    const { tags } = metadata;
    for (const tag of Array.isArray(tags) ? tags : []) {
      if (typeof tag === 'string') counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1));
}

/** `{ kind: Group, 'spec.type': [team, squad], 'metadata.annotations.x': { exists: true } }`. */
function conditionsOf(filter: JsonObject): readonly EntityFilterCondition[] {
  return Object.entries(filter).map(([key, value]) =>
    isRecord(value) && value['exists'] === true ? { key } : { key, values: textsOf(value) },
  );
}

function textsOf(value: JsonValue): readonly string[] {
  const items: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  return items.flatMap(item => (typeof item === 'object' ? [] : String(item)));
}

function choiceOf(entity: Entity): EntityChoice {
  const value = stringifyEntityRef(entity);
  return { value, title: entityTitle(entity), description: value };
}

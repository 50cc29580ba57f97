import type { EntityFilter, EntityFilterCondition } from '../../../../api';
import { failure, getOrInsert, ok, type Result } from '../../../../base';
import type { Entity, JsonObject, JsonValue } from '../../../../model';
import { SPECIAL_KEYS } from './specialKeys';

/**
 * Matches the `filter` parameter of Backstage's catalog API without its database: Backstage stores
 * a row (key, value) for every leaf of an entity and searches them; here, only leaves that may
 * match a condition are visited.
 *
 * Sources, all in `plugin-catalog-backend`: `service/request/parseEntityFilterParams.ts`,
 * `service/request/applyEntityFilterToQuery.ts`,
 * `database/operations/stitcher/buildEntitySearch.ts`.
 */

/** Backstage stores no row for longer keys, and no value for longer values. */
const maxLength = 200;

/**
 * Parses `kind=Component,spec.type=service`: commas mean AND, several texts OR. A key that is
 * repeated in one text may have any of the values; a key without `=` must exist. Texts without a
 * condition are ignored. Fails with Backstage's message if a condition has no key.
 */
export function parseEntityFilter(text: string | readonly string[]): Result<EntityFilter> {
  const filter: EntityFilterCondition[][] = [];
  for (const one of typeof text === 'string' ? [text] : text) {
    const valuesByKey = new Map<string, string[] | undefined>();
    for (const statement of one.split(',').map(part => part.trim())) {
      if (statement === '') continue;
      const equals = statement.indexOf('=');
      const key = equals < 0 ? statement : statement.slice(0, equals).trim();
      if (key === '') {
        return failure(
          `Invalid filter, '${statement}' is not a valid statement (expected a string on the form a=b or a= or a)`,
        );
      }
      const values = valuesByKey.get(key);
      if (equals < 0) valuesByKey.set(key, values);
      else valuesByKey.set(key, [...(values ?? []), statement.slice(equals + 1).trim()]);
    }
    if (valuesByKey.size === 0) continue;
    filter.push([...valuesByKey].map(([key, values]) => (values ? { key, values } : { key })));
  }
  return ok(filter);
}

/** Compiled filters, because each is matched against many entities. */
const matchers = new WeakMap<EntityFilter, (entity: Entity) => boolean>();

/** Whether the entity, relations included, matches the filter. */
export function matchesFilter(entity: Entity, filter: EntityFilter): boolean {
  const matcher = getOrInsert(matchers, filter, () => entityMatcher(filter));
  return matcher(entity);
}

function entityMatcher(filter: EntityFilter): (entity: Entity) => boolean {
  if (filter.length === 0) return () => true;
  const anyOf = filter.map(allOf => allOf.map(conditionMatcher));
  return entity => anyOf.some(allOf => allOf.every(matches => matches(entity)));
}

function conditionMatcher({ key, values }: EntityFilterCondition): (entity: Entity) => boolean {
  const wanted = key.toLowerCase();
  if (wanted.length > maxLength) return () => false;
  const wantedValues = values && new Set(values.map(value => value.toLowerCase()));

  /** Whether a row with this value matches. */
  const accepts = (value: JsonValue | undefined): boolean => {
    if (!wantedValues) return true;
    if (typeof value === 'object' || value === undefined) return false;
    const text = String(value).toLowerCase();
    return text.length <= maxLength && wantedValues.has(text);
  };

  /** Searches below `node`, at `path`, for leaves whose remaining path is `rest`; '' means the node itself. */
  const visit = (node: JsonValue | undefined, path: string, rest: string): boolean => {
    if (SPECIAL_KEYS.has(path)) return false;
    if (Array.isArray(node)) {
      return node.some(
        item =>
          visit(item, path, rest) ||
          // Each string of a list is a key too.
          (typeof item === 'string' && `.${item.toLowerCase()}` === rest && accepts(true)),
      );
    }
    if (typeof node !== 'object' || node === null) {
      return rest === '' && accepts(node);
    }
    for (const [name, child] of Object.entries(node)) {
      // Names may contain dots (`backstage.io/techdocs-ref`), so the key can't be split: every
      // matching name is followed.
      const step = path === '' ? name.toLowerCase() : `.${name.toLowerCase()}`;
      if (!rest.startsWith(step)) continue;
      const further = rest.slice(step.length);
      if (further !== '' && !further.startsWith('.')) continue;
      if (visit(child, path === '' ? name : `${path}.${name}`, further)) return true;
    }
    return false;
  };

  return entity => {
    const { metadata } = entity;
    // These three always have a row, even without a value.
    if (wanted === 'metadata.name') return accepts(metadata.name);
    if (wanted === 'metadata.uid') return accepts(metadata.uid);
    if (wanted === 'metadata.namespace') {
      return accepts(metadata.namespace) || (!metadata.namespace && accepts('default'));
    }
    if (wanted.startsWith('relations.')) {
      const type = wanted.slice('relations.'.length);
      for (const relation of entity.relations ?? []) {
        if (relation.type.toLowerCase() === type && accepts(relation.targetRef)) return true;
      }
    }
    return visit(entity as unknown as JsonObject, '', wanted);
  };
}

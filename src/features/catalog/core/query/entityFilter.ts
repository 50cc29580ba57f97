import type { EntityFilter, EntityFilterCondition } from '../../../../api';
import { failure, getOrInsert, ok, type Result } from '../../../../base';
import type { Entity, JsonObject, JsonValue } from '../../../../model';
import { SPECIAL_KEYS } from './specialKeys';

/**
 * The `filter` parameter of Backstage's catalog API, matched without its database: Backstage writes
 * a row (key, value) for every leaf of an entity and looks conditions up among them; here only the
 * leaves that a condition can mean are visited.
 *
 * Sources, all in `plugin-catalog-backend`: `service/request/parseEntityFilterParams.ts`,
 * `service/request/applyEntityFilterToQuery.ts`, `database/operations/stitcher/buildEntitySearch.ts`.
 */

/** Backstage writes no row for longer keys, and rows without a value for longer values. */
const maxLength = 200;

/**
 * Parses `kind=Component,spec.type=service`: commas mean AND, several texts OR. A key that is
 * repeated within one text may have any of its values; a key without `=` must exist. Texts without
 * a condition do not count. Fails with Backstage's message where a condition has no key.
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

/** A filter is matched against many entities; it is prepared once. */
const matchers = new WeakMap<EntityFilter, (entity: Entity) => boolean>();

/** Whether the entity, relations included, meets the filter. */
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

  /** Whether a row with this value is what the condition asks for. */
  const accepts = (value: JsonValue | undefined): boolean => {
    if (!wantedValues) return true;
    if (typeof value === 'object' || value === undefined) return false;
    const text = String(value).toLowerCase();
    return text.length <= maxLength && wantedValues.has(text);
  };

  /** Looks below `node`, at `path`, for leaves whose path goes on with `rest`; '' means this one. */
  const visit = (node: JsonValue | undefined, path: string, rest: string): boolean => {
    if (SPECIAL_KEYS.has(path)) return false;
    if (Array.isArray(node)) {
      return node.some(
        item =>
          visit(item, path, rest) ||
          // Each string of a list is a key too, so that more than one can be asked for.
          (typeof item === 'string' && `.${item.toLowerCase()}` === rest && accepts(true)),
      );
    }
    if (typeof node !== 'object' || node === null) {
      return rest === '' && accepts(node);
    }
    for (const [name, child] of Object.entries(node)) {
      // Names have dots of their own (`backstage.io/techdocs-ref`), so that the key cannot be
      // split: every name that it may go on with is followed.
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
    // These three always have a row, so that their absence can be asked for.
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

import { isRecord } from '../../../base';
import {
  builtinRelationRules,
  type Entity,
  type EntityRelation,
  getCompoundEntityRef,
  readEntityRef,
  stringifyEntityRef,
} from '../../../model';

/** A kind that no entity has: of refs that name none. */
const ANY = 'any';

/**
 * Which relations of a Backstage's entity go once another stands in its place: those that are written in it. It has others,
 * which entities give it that may not be here, or which that Backstage makes of fields that only it knows: those stay.
 */
export function goesWith(before: Entity, after: Entity): (relation: EntityRelation) => boolean {
  const [old, now] = [writtenRefs(before), writtenRefs(after)];
  const own = new Set(
    builtinRelationRules.filter(({ kind }) => kind === before.kind).map(({ type }) => type),
  );
  return ({ type, targetRef }) =>
    isAmong(targetRef, old) && (own.has(type) || !isAmong(targetRef, now));
}

function isAmong(ref: string, written: ReadonlySet<string>): boolean {
  return written.has(ref) || written.has(ref.replace(/^[^:]*/, ANY));
}

/** Whatever in an entity can be read as a ref. */
function writtenRefs(entity: Entity): ReadonlySet<string> {
  const refs = new Set<string>();
  const context = {
    defaultKind: ANY,
    defaultNamespace: getCompoundEntityRef(entity).namespace,
  };
  const collect = (value: unknown): void => {
    if (typeof value === 'string') {
      const read = readEntityRef(value, context);
      if (read.ok) refs.add(stringifyEntityRef(read.value));
    } else if (Array.isArray(value)) value.forEach(collect);
    else if (isRecord(value)) Object.values(value).forEach(collect);
  };
  collect(entity.spec);
  return refs;
}

import { failure, ok, type Result } from '../../base';
import type { CompoundEntityRef, Entity } from '../entity';

/** Namespace of entities without a namespace. */
export const DEFAULT_NAMESPACE = 'default';

/** Defaults for omitted parts of a ref, which depend on the field. */
export interface EntityRefContext {
  /** Default kind; without one, a ref without kind is an error. */
  readonly defaultKind?: string | undefined;
  /** Default namespace; relation fields use the namespace of their entity. Default: `default`. */
  readonly defaultNamespace?: string;
}

/** A ref in parts; the context supplies missing ones. */
export interface EntityRefParts {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
}

/**
 * Parses `[<kind>:][<namespace>/]<name>` and keeps the case.
 *
 * A `/` before the first `:` means that there is no kind; everything after the first separators
 * belongs to the name (`a:b/c/d` has the name `c/d`, `x:y:z` has `y:z`).
 * Source: `packages/catalog-model/src/entity/ref.ts`, messages included.
 *
 * @throws TypeError for an empty part; Error for an empty ref, and for a part that neither the ref
 * nor the context has
 */
export function parseEntityRef(
  ref: string | EntityRefParts,
  context?: EntityRefContext,
): CompoundEntityRef {
  const result = readEntityRef(ref, context);
  if (result.ok) return result.value;
  throw result.error.endsWith(MALFORMED) ? new TypeError(result.error) : new Error(result.error);
}

/**
 * Parses a ref of a descriptor, which may be any value, without throwing. Fails unless it is a
 * string or an object with string parts.
 */
export function readEntityRef(
  ref: unknown,
  context?: EntityRefContext,
): Result<CompoundEntityRef, string> {
  if (!ref) return failure('Entity reference must not be empty');
  const defaultNamespace = context?.defaultNamespace || DEFAULT_NAMESPACE;
  let kind: unknown;
  let namespace: unknown;
  let name: unknown;
  if (typeof ref === 'string') {
    const slash = ref.indexOf('/');
    let colon = ref.indexOf(':');
    if (slash !== -1 && slash < colon) colon = -1;
    name = ref.slice(Math.max(colon, slash) + 1);
    if (colon === 0 || (slash !== -1 && slash === colon + 1) || name === '') {
      return failure(`Entity reference "${ref}" was ${MALFORMED}`);
    }
    kind = colon === -1 ? context?.defaultKind : ref.slice(0, colon);
    namespace = slash === -1 ? defaultNamespace : ref.slice(colon + 1, slash);
  } else {
    const parts = ref as Partial<Record<keyof CompoundEntityRef, unknown>>;
    kind = parts.kind ?? context?.defaultKind;
    namespace = parts.namespace ?? defaultNamespace;
    name = parts.name;
  }
  if (!kind) {
    return failure(
      `Entity reference ${quote(ref)} had missing or empty kind (e.g. did not start with "component:" or similar)`,
    );
  }
  if (!namespace) {
    return failure(`Entity reference ${quote(ref)} had missing or empty namespace`);
  }
  if (!name) return failure(`Entity reference ${quote(ref)} had missing or empty name`);
  if (typeof kind !== 'string' || typeof namespace !== 'string' || typeof name !== 'string') {
    return failure(`Entity reference ${quote(ref)} has a part that is not a string`);
  }
  return ok({ kind, namespace, name });
}

/**
 * Returns the canonical ref `kind:namespace/name` of an entity or ref in lowercase: equal strings
 * identify the same entity. Lowercasing is locale-independent, as in Backstage.
 */
export function stringifyEntityRef(
  ref: Entity | { kind: string; namespace?: string; name: string },
): string {
  if ('metadata' in ref) {
    const { name, namespace } = ref.metadata;
    return joinRef(ref.kind, typeof namespace === 'string' ? namespace : DEFAULT_NAMESPACE, name);
  }
  return joinRef(ref.kind, ref.namespace ?? DEFAULT_NAMESPACE, ref.name);
}

/** Returns the three parts of the entity's ref, as written. */
export function getCompoundEntityRef(entity: Entity): CompoundEntityRef {
  const { name, namespace } = entity.metadata;
  return {
    kind: entity.kind,
    namespace: typeof namespace === 'string' && namespace ? namespace : DEFAULT_NAMESPACE,
    name,
  };
}

/**
 * Returns the shortest ref that resolves to the same entity in the context, for display and
 * completion. Invalid refs are returned unchanged.
 */
export function shortenEntityRef(
  ref: string | CompoundEntityRef,
  context: EntityRefContext = {},
): string {
  const parsed = readEntityRef(ref, context);
  if (!parsed.ok) return typeof ref === 'string' ? ref : `${ref.kind}:${ref.namespace}/${ref.name}`;
  const { kind, namespace, name } = parsed.value;
  const full = `${kind}:${namespace}/${name}`;
  const canonical = stringifyEntityRef(parsed.value);
  // Without its prefix, a name with separators may parse differently.
  const means = (shorter: string): boolean => {
    const resolved = readEntityRef(shorter, context);
    return resolved.ok && stringifyEntityRef(resolved.value) === canonical;
  };
  return [name, `${namespace}/${name}`, `${kind}:${name}`].find(means) ?? full;
}

const MALFORMED = 'not on the form [<kind>:][<namespace>/]<name>';

function joinRef(kind: string, namespace: string, name: string): string {
  // Part by part, as in Backstage: the lowercase of Σ depends on the next character.
  return `${kind.toLowerCase()}:${namespace.toLowerCase()}/${name.toLowerCase()}`;
}

function quote(ref: unknown): string {
  try {
    return JSON.stringify(ref);
  } catch {
    // A value in a circle has no JSON, and some text all the same.
    return String(ref);
  }
}

/** A ref as typed so far. */
export interface PartialRef {
  /** Kind as typed; undefined if there is none. */
  readonly kind: string | undefined;
  /** Namespace as typed; undefined if there is none. */
  readonly namespace: string | undefined;
  /** Start of a name or title; may be empty. */
  readonly text: string;
}

/** Parses an incomplete `[<kind>:][<namespace>/]<name>`: the finished parts and the start of the next. */
export function readPartialRef(typed: string): PartialRef {
  const text = typed.trim();
  const [, kind, namespace, name = ''] =
    /^(?:([^\s:/]+):)?(?:([^\s:/]+)\/)?(.*)$/s.exec(text) ?? [];
  // Other texts are words, such as those of a title.
  return /[:/]/.test(name)
    ? { kind: undefined, namespace: undefined, text }
    : { kind, namespace, text: name.trim() };
}

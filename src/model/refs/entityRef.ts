import { failure, ok, type Result } from '../../base';
import type { CompoundEntityRef, Entity } from '../entity';

/** The namespace of an entity that names none. */
export const DEFAULT_NAMESPACE = 'default';

/** What the parts that a ref leaves out stand for; it differs from field to field. */
export interface EntityRefContext {
  /** Without one, a ref that names no kind is an error. */
  readonly defaultKind?: string | undefined;
  /** `default` unless given; relation fields give the namespace of the entity they stand in. */
  readonly defaultNamespace?: string;
}

/** A ref in parts, of which the context may supply what is missing. */
export interface EntityRefParts {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
}

/**
 * Parses `[<kind>:][<namespace>/]<name>`, keeping the letter case as written.
 *
 * A `/` before the first `:` means that there is no kind; whatever follows the first separators
 * belongs to the name (`a:b/c/d` names `c/d`, `x:y:z` names `y:z`).
 * Source: `packages/catalog-model/src/entity/ref.ts`, messages included.
 *
 * @throws TypeError for an empty part, Error for an empty ref and for a part that neither the ref
 *   nor the context names.
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
 * The same as a value: for refs in descriptors, which may be anything. What is neither a string nor
 * an object with strings for its parts is a failure.
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
 * The canonical `kind:namespace/name` of an entity or a ref: all lower case, so that equal strings
 * mean the same entity. Not localized, as Backstage's is not.
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

/** The three parts that name the entity, as they are written in it. */
export function getCompoundEntityRef(entity: Entity): CompoundEntityRef {
  const { name, namespace } = entity.metadata;
  return {
    kind: entity.kind,
    namespace: typeof namespace === 'string' && namespace ? namespace : DEFAULT_NAMESPACE,
    name,
  };
}

/**
 * The shortest way to write a ref so that it still resolves to the same entity in that context, for
 * people to read and for completion to insert. What cannot be parsed comes back as it is.
 */
export function shortenEntityRef(
  ref: string | CompoundEntityRef,
  context: EntityRefContext = {},
): string {
  const parsed = readEntityRef(ref, context);
  if (!parsed.ok) return typeof ref === 'string' ? ref : `${ref.kind}:${ref.namespace}/${ref.name}`;
  const { kind, namespace, name } = parsed.value;
  const full = `${kind}:${namespace}/${name}`;
  const meant = stringifyEntityRef(parsed.value);
  // A name with separators of its own may read as something else once its prefix is gone.
  const means = (shorter: string): boolean => {
    const resolved = readEntityRef(shorter, context);
    return resolved.ok && stringifyEntityRef(resolved.value) === meant;
  };
  return [name, `${namespace}/${name}`, `${kind}:${name}`].find(means) ?? full;
}

const MALFORMED = 'not on the form [<kind>:][<namespace>/]<name>';

function joinRef(kind: string, namespace: string, name: string): string {
  // Part by part, as Backstage does it: how a Σ becomes lower case depends on what follows it.
  return `${kind.toLowerCase()}:${namespace.toLowerCase()}/${name.toLowerCase()}`;
}

function quote(ref: unknown): string {
  try {
    return JSON.stringify(ref);
  } catch {
    return String(ref);
  }
}

/** What somebody has typed of a ref so far. */
export interface PartialRef {
  /** Undefined where it says none; as typed. */
  readonly kind: string | undefined;
  readonly namespace: string | undefined;
  /** Of the name, or of a title; may be empty. */
  readonly text: string;
}

/** Takes apart what is typed of `[<kind>:][<namespace>/]<name>`: the parts that are finished, and the beginning of the next. */
export function readPartialRef(typed: string): PartialRef {
  const text = typed.trim();
  const [, kind, namespace, name = ''] =
    /^(?:([^\s:/]+):)?(?:([^\s:/]+)\/)?(.*)$/s.exec(text) ?? [];
  // What is no ref is words, such as those of a title.
  return /[:/]/.test(name)
    ? { kind: undefined, namespace: undefined, text }
    : { kind, namespace, text: name.trim() };
}

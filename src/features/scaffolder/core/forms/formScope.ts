import { isRecord, ownValue } from '../../../../base';
import { type JsonObject, type JsonValue } from '../../../../model';
import { pointerOf, type ValuePath } from '../../../../model/forms';
import type { RepoHosts } from '../../../scm/core/forges';
import type { FormState } from './formField';
import { closestVariant, followReference, variantsOf } from './schemas/effectiveSchema';
import { objectOf } from './schemas/jsonParts';
import { equals, guessedType, SchemaScope, typeOf } from './schemas/schemas';

/** Position of a schema in a form. */
export interface Place {
  readonly path: ValuePath;
  /** Number of variants around it at this path. */
  readonly nesting: number;
  readonly depth: number;
}

export interface SelectedVariant {
  readonly key: string;
  readonly variants: readonly JsonObject[];
  readonly selected: number;
  /** Whether the user selected it, instead of `closestVariant`. */
  readonly isUserSelected: boolean;
}

/** State shared by all fields of a page. */
export class FormScope extends SchemaScope {
  readonly hosts: RepoHosts;
  #cleared: ReadonlySet<string>;
  #chosen: Readonly<Record<string, number>>;

  constructor(root: JsonObject, { cleared, variants }: FormState, hosts: RepoHosts) {
    super(root);
    this.hosts = hosts;
    this.#cleared = new Set(cleared);
    this.#chosen = variants;
  }

  isCleared(path: ValuePath): boolean {
    return this.#cleared.has(pointerOf(path));
  }

  /** The selected variant of a schema. Undefined if it has no variants. */
  selectedVariant(
    schema: JsonObject,
    value: JsonValue | undefined,
    { path, nesting }: Place,
  ): SelectedVariant | undefined {
    const listed = variantsOf(schema);
    if (!listed) return undefined;
    const key = `${pointerOf(path)}|${nesting}`;
    const variants = listed.map(variant => followReference(variant, this));
    const userSelection = ownValue(this.#chosen, key);
    const isUserSelected = userSelection !== undefined && variants[userSelection] !== undefined;
    const selected = isUserSelected
      ? userSelection
      : closestVariant(variants, value ?? schema['default'], this);
    return { key, variants, selected, isUserSelected };
  }
}

/**
 * Removes the parts of a value that don't fit the selected variant. Source: `sanitizeDataForNewSchema` of
 * `@rjsf/utils` 5.24.
 */
export function sanitizeValue(
  value: JsonValue | undefined,
  schema: JsonObject,
  { variants, selected }: SelectedVariant,
): JsonValue | undefined {
  const variant = variants[selected] ?? {};
  const type = typeOf(variant) ?? typeOf(schema);
  if (!isRecord(value)) {
    const own = guessedType(value);
    const isOfType = type === undefined || own === type || (type === 'integer' && own === 'number');
    return isOfType ? value : undefined;
  }
  if (type !== undefined && type !== 'object') return undefined;
  const kept = { ...objectOf(schema['properties']), ...objectOf(variant['properties']) };
  const foreign = new Set(variants.flatMap(other => Object.keys(objectOf(other['properties']))));
  const entries = Object.entries(value).filter(([key, item]) => {
    if (!Object.hasOwn(kept, key)) return !foreign.has(key);
    const { const: constant } = objectOf(kept[key]);
    return constant === undefined || equals(constant, item);
  });
  return Object.fromEntries(entries);
}

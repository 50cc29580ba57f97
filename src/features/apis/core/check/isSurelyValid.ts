import { isRecord, ownValue, parsedJson } from '../../../../base';
import { scanText } from '../../../../platform/core/yaml';
import { unescapePointer } from '../document/placedNode';
import { QuickValidator } from '../validation/quickValidator';
import { schemaOf, type SpecificationSchema } from '../validation/specificationSchema';

export interface DefinitionText {
  readonly definition: string;
  /** The entity's `spec.type`, in lowercase. */
  readonly type: string;
}

/** The maximum nesting; deeper values are left to readers that track places. */
const MAX_NESTING = 60;

/**
 * Whether a YAML or JSON definition certainly has no problem, as most do. Doesn't track places, which takes a fraction
 * of the time.
 *
 * @param maxSize - in code units: larger definitions are left to readers that pause
 */
export async function isSurelyValid(
  { definition, type }: DefinitionText,
  maxSize: number,
): Promise<boolean> {
  if (definition.length > maxSize) return false;
  const value = valueOf(definition);
  if (!isRecord(value)) return false;
  const key = ['openapi', 'swagger', 'asyncapi'].find(name => Object.hasOwn(value, name));
  // No schema is known that it would have to match.
  if (key === undefined) return type !== 'openapi' && type !== 'asyncapi';
  const schema = await schemaOf(name => {
    const version = ownValue(value, name);
    return typeof version === 'string' || typeof version === 'number' ? `${version}` : undefined;
  });
  return (
    schema !== undefined && new References(value).areSound && validatorOf(schema).isValid(value)
  );
}

function valueOf(definition: string): unknown {
  return /^\s*[{[]/.test(definition) ? parsedJson(definition) : scanText(definition)?.value;
}

const validators = new WeakMap<SpecificationSchema, QuickValidator>();

function validatorOf(schema: SpecificationSchema): QuickValidator {
  let validator = validators.get(schema);
  if (!validator) validators.set(schema, (validator = new QuickValidator(schema)));
  return validator;
}

/** The local references of a document, at any place. */
class References {
  readonly #root: unknown;
  readonly #sound = new Set<string>();

  constructor(root: unknown) {
    this.#root = root;
  }

  /** Whether each reference leads to a part that isn't a reference itself. */
  get areSound(): boolean {
    return this.#areSoundIn(this.#root, 0);
  }

  #areSoundIn(value: unknown, nesting: number): boolean {
    if (typeof value !== 'object' || value === null) return true;
    if (nesting > MAX_NESTING) return false;
    if (Array.isArray(value)) return value.every(item => this.#areSoundIn(item, nesting + 1));
    if (!isRecord(value)) return false;
    for (const key in value) {
      const part = value[key];
      if (key === '$ref' && !this.#isSound(part)) return false;
      if (!this.#areSoundIn(part, nesting + 1)) return false;
    }
    return true;
  }

  #isSound(reference: unknown): boolean {
    if (typeof reference !== 'string' || !reference.startsWith('#')) return true;
    if (this.#sound.has(reference)) return true;
    if (!reference.startsWith('#/')) return false;
    let at = this.#root;
    for (const segment of reference.slice(2).split('/').map(unescapePointer)) {
      if (Array.isArray(at)) at = at[Number(segment)];
      else at = isRecord(at) ? ownValue(at, segment) : undefined;
    }
    if (at === undefined || (isRecord(at) && Object.hasOwn(at, '$ref'))) return false;
    this.#sound.add(reference);
    return true;
  }
}

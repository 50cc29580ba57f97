import { onDemand } from '../../../../base';
import { type PlacedNode, textAt } from '../document/placedNode';

/** JSON schema of a specification, with the keywords that the specifications use. */
export interface SpecificationSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaOrBoolean>>;
  readonly patternProperties?: Readonly<Record<string, SchemaOrBoolean>>;
  readonly additionalProperties?: SchemaOrBoolean;
  readonly unevaluatedProperties?: SchemaOrBoolean;
  readonly propertyNames?: SchemaOrBoolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: SchemaOrBoolean | readonly SchemaOrBoolean[];
  readonly contains?: SchemaOrBoolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly allOf?: readonly SchemaOrBoolean[];
  readonly anyOf?: readonly SchemaOrBoolean[];
  readonly oneOf?: readonly SchemaOrBoolean[];
  readonly not?: SchemaOrBoolean;
  readonly if?: SchemaOrBoolean;
  readonly then?: SchemaOrBoolean;
  readonly else?: SchemaOrBoolean;
  readonly dependentSchemas?: Readonly<Record<string, SchemaOrBoolean>>;
  readonly definitions?: Readonly<Record<string, SchemaOrBoolean>>;
  readonly $defs?: Readonly<Record<string, SchemaOrBoolean>>;
}

export type SchemaOrBoolean = SpecificationSchema | boolean;

interface Specification {
  /** The field with the version. */
  readonly key: string;
  readonly version: RegExp;
  /** The name of its schema in scripts/generateApiSchemas.mjs. */
  readonly schema: string;
}

const specifications: readonly Specification[] = [
  { key: 'swagger', version: /^2/, schema: 'openapi20' },
  { key: 'openapi', version: /^3\.0/, schema: 'openapi30' },
  { key: 'openapi', version: /^3\.1/, schema: 'openapi31' },
  { key: 'openapi', version: /^3\.2/, schema: 'openapi32' },
  { key: 'asyncapi', version: /^2\./, schema: 'asyncapi2' },
  { key: 'asyncapi', version: /^3\./, schema: 'asyncapi3' },
];

type Schemas = Readonly<Record<string, SpecificationSchema>>;

/** Returns the schema that a definition declares; undefined if it declares no known one. */
export function schemaFor(root: PlacedNode): Promise<SpecificationSchema | undefined> {
  return schemaOf(key => textAt(root, key));
}

/** Returns the schema by fields of a definition. @param fieldOf - returns the text of a field */
export async function schemaOf(
  fieldOf: (key: string) => string | undefined,
): Promise<SpecificationSchema | undefined> {
  const found = specifications.find(({ key, version }) => version.test(fieldOf(key) ?? ''));
  return found && (await loadSchemas())[found.schema];
}

const loadSchemas = onDemand(async (): Promise<Schemas> => {
  const { packedSchemas } = await import('./generated/schemas');
  const bytes = Uint8Array.from(atob(packedSchemas), character => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(unpacked).json()) as Schemas;
});

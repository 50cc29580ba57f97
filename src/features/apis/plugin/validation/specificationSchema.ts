/** A JSON schema as the specifications publish theirs; what is not listed does not matter to them. */
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

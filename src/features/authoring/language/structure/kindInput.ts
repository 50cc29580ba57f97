import type { JsonSchema } from './schemas/jsonSchema';

/** A part of one of Backstage's schemas, as scripts/generateStructureSchemas.mjs leaves it. */
export interface InputSchema extends Omit<
  JsonSchema,
  'properties' | 'items' | 'oneOf' | 'additionalProperties'
> {
  /** Values that people choose from: any other is as good. */
  readonly suggestions?: readonly string[];
  readonly properties?: Readonly<Record<string, InputSchema>>;
  readonly items?: InputSchema;
  readonly oneOf?: readonly InputSchema[];
  readonly additionalProperties?: boolean | InputSchema;
}

/** What an author writes in a descriptor of a kind. */
export interface KindInput {
  readonly kind: string;
  readonly apiVersions: readonly string[];
  /** The `spec.type` that this variant of the kind is for. */
  readonly specType?: string;
  readonly description: string;
  readonly spec: InputSchema;
}

/** The built-in kinds, and the metadata that all share. */
export interface KindInputs {
  readonly metadata: InputSchema;
  readonly kinds: readonly KindInput[];
}

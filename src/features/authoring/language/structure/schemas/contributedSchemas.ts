import type { ContributedSchema } from '../../../core/schemas';
import { withoutConstraints } from '../service/withoutConstraints';
import type { StructureKind } from './descriptorSchemas';
import type { JsonSchema } from './jsonSchema';
import { SchemaLibrary } from './schemaLibrary';

/** The API versions of Backstage's documents, as in `recognizeDocument`. */
const BACKSTAGE_VERSION = '^([\\w-]+\\.)*backstage\\.io(/|$)';

/**
 * Returns a schema for other YAML extensions, which use one schema for all documents of a file. It completes and
 * explains, but reports nothing, because Callboard reports problems itself.
 *
 * @returns JSON
 */
export function contributedSchema(
  name: ContributedSchema,
  declared: readonly StructureKind[],
): string {
  const library = new SchemaLibrary(declared);
  const schema =
    name === 'descriptors'
      ? schemaOfDescriptors(library, declared)
      : withoutConstraints(library.schemaOf(name) ?? {});
  return JSON.stringify(schema);
}

/** Selects a schema by the content of each document. */
function schemaOfDescriptors(
  library: SchemaLibrary,
  declared: readonly StructureKind[],
): JsonSchema {
  const definitions: Record<string, JsonSchema> = {};
  const define = (name: string): JsonSchema => {
    const { definitions: own = {}, ...schema } = library.schemaOf(name) ?? {};
    const reachable = renamed(withoutConstraints(schema), name);
    for (const [key, value] of Object.entries(own)) {
      definitions[`${name}-${key}`] = renamed(withoutConstraints(value), name);
    }
    definitions[name] = reachable;
    return { $ref: `#/definitions/${name}` };
  };
  const ofBackstage: JsonSchema = { properties: { apiVersion: { pattern: BACKSTAGE_VERSION } } };
  let schema: JsonSchema = { if: ofBackstage, then: define('envelope') };
  // The last condition is the innermost, so the most specific one comes first.
  for (const { name, kind, specType } of [...library.kinds].reverse()) {
    const spec: JsonSchema | undefined =
      specType === undefined
        ? undefined
        : { required: ['type'], properties: { type: { const: specType } } };
    const condition: JsonSchema = {
      required: ['kind', ...(spec ? ['spec'] : [])],
      properties: {
        ...ofBackstage.properties,
        kind: { const: kind },
        ...(spec && { spec }),
      },
    };
    schema = { if: condition, then: define(name), else: schema };
  }
  // Variants for a type come before those for other types.
  const entries = [...declared.entries()].sort(
    ([, a], [, b]) => Number(a.specType === undefined) - Number(b.specType === undefined),
  );
  for (const [index, { kind, apiVersions, specType }] of entries.reverse()) {
    const spec = specType !== undefined && {
      required: ['type'],
      properties: { type: { const: specType } },
    };
    const condition: JsonSchema = {
      required: ['kind', ...(spec ? ['spec'] : [])],
      properties: {
        kind: { const: kind },
        apiVersion: { enum: apiVersions },
        ...(spec && { spec }),
      },
    };
    schema = { if: condition, then: define(`declared-${index}`), else: schema };
  }
  return { title: 'Backstage', ...schema, definitions };
}

/** Returns a schema with renamed references to definitions. */
function renamed(schema: JsonSchema, name: string): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === '$ref' && typeof value === 'string'
      ? value.replace(/^#\/definitions\//, `#/definitions/${name}-`)
      : value,
  );
  return JSON.parse(text) as JsonSchema;
}

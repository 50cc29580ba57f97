import type { CustomKind } from '../../../../model';
import {
  type CompiledModel,
  compileModel,
  type JsonSchema,
  registryOf,
  stackedLayers,
  validatedSchemas,
} from '../../../../model/layers';
import type { KindRegistry, ValidateKind } from '../../../../model/validation';
import { compileKindSchema } from '../customKinds/compileKindSchema';
import { bundleKindSchema, type KindSchema, SchemaFault } from '../customKinds/kindSchema';
import type { ModelData } from './modelData';

/** Returns the kinds of a model with layers. */
export async function kindsOfLayers(
  { layers }: ModelData,
  { customKinds, aiModel }: { customKinds: readonly CustomKind[]; aiModel: boolean },
): Promise<KindRegistry> {
  // The layers were checked when they were loaded.
  const { model } = compileModel(stackedLayers({ customKinds, layers, aiModel }));
  const { bundles } = await bundleSchemas(model);
  const compile = (schema: JsonSchema): ValidateKind | undefined => {
    const bundle = bundles.get(schema);
    return bundle && compiled(bundle);
  };
  return registryOf(model, { compile, aiModel, customKinds });
}

function compiled(schema: KindSchema): ValidateKind | undefined {
  try {
    return compileKindSchema(schema);
  } catch {
    // Reported when the layers were loaded.
    return undefined;
  }
}

/** Reason why a schema can't be used. */
export interface UnusableSchema {
  readonly schema: JsonSchema;
  readonly reason: string;
}

/**
 * Makes the schemas of a model safe to compile: only keywords of draft-07, and references within the
 * schema.
 */
export async function bundleSchemas(model: CompiledModel['model']): Promise<{
  readonly bundles: ReadonlyMap<JsonSchema, KindSchema>;
  readonly unusable: readonly UnusableSchema[];
}> {
  const bundles = new Map<JsonSchema, KindSchema>();
  const unusable: UnusableSchema[] = [];
  for (const schema of validatedSchemas(model)) {
    try {
      bundles.set(schema, await bundle(schema));
    } catch (error) {
      if (!(error instanceof SchemaFault)) throw error;
      unusable.push({ schema, reason: error.message });
    }
  }
  return { bundles, unusable };
}

/** Returns a safe schema; undefined if its references lead nowhere. */
export async function bundleSchema(schema: JsonSchema): Promise<KindSchema | undefined> {
  try {
    return await bundle(schema);
  } catch (error) {
    if (error instanceof SchemaFault) return undefined;
    throw error;
  }
}

/** @throws SchemaFault */
async function bundle(schema: JsonSchema): Promise<KindSchema> {
  const bundled = await bundleKindSchema('', {
    load: () => Promise.resolve(schema),
    resolve: (reference, uri, path) => {
      throw new SchemaFault(`$ref "${reference}" leads out of the schema`, uri, path);
    },
  });
  return bundled.schema;
}

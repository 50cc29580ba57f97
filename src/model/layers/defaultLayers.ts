import { unpackJson } from '../../base';
import { packedLayers } from '../generated/defaultLayers';
import type { JsonSchema } from './jsonSchemas';
import type { ModelLayer, ModelOperation } from './operations';

/** Ids of the layers of Backstage's own packages. */
export const defaultLayerIds = {
  entities: 'catalog.backstage.io/default-entity-model',
  aiResources: 'catalog.backstage.io/kind-ai-resource',
  mcpServers: 'catalog.backstage.io/kind-api-mcp-server',
} as const;

interface Packed {
  readonly schemas: readonly JsonSchema[];
  readonly layers: readonly ModelLayer[];
  readonly metadata: JsonSchema;
}

interface Unpacked extends Omit<Packed, 'schemas'> {
  /** By identity. */
  readonly schemas: ReadonlySet<JsonSchema>;
}

let unpacked: Unpacked | undefined;

/**
 * Returns the layers of Backstage's own model: `defaultCatalogEntityModel` and, with the AI model,
 * those of AI resources and MCP servers.
 */
export function defaultLayers({ aiModel }: { readonly aiModel: boolean }): readonly ModelLayer[] {
  const { layers } = unpack();
  return aiModel ? layers : layers.filter(({ layerId }) => layerId === defaultLayerIds.entities);
}

/** Returns the schema of `metadata` in a compiled model, without annotations and labels. */
export function metadataSchema(): JsonSchema {
  return unpack().metadata;
}

/** Whether a schema is the unchanged one of a kind of Backstage's own model. */
export function isDefaultSchema(schema: JsonSchema): boolean {
  return unpack().schemas.has(schema);
}

function unpack(): Unpacked {
  if (unpacked) return unpacked;
  const packed = unpackJson(packedLayers) as Packed;
  const layers = packed.layers.map(({ layerId, ops }) => ({
    layerId,
    ops: ops.map(op => withSchema(op, packed.schemas)),
  }));
  return (unpacked = { layers, metadata: packed.metadata, schemas: new Set(packed.schemas) });
}

/** Replaces the index of a schema by the schema. */
function withSchema(op: ModelOperation, schemas: readonly JsonSchema[]): ModelOperation {
  if (op.op !== 'declareKindVersion.v1') return op;
  const { jsonSchema: index } = op.properties.schema as { readonly jsonSchema: unknown };
  const jsonSchema = schemas[Number(index)] ?? {};
  return { ...op, properties: { ...op.properties, schema: { jsonSchema } } };
}

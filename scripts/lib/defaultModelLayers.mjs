/*
 * The catalog model of Backstage's own packages as layers: lists of operations, as
 * `@backstage/catalog-model/alpha` exports them.
 */
import { createRequire } from 'node:module';
import { packJson } from './packJson.mjs';

const require = createRequire(import.meta.url);

/**
 * Returns a TypeScript module with the layers. Both apiVersions of a kind share a schema, so that each
 * schema is written once and operations contain its index.
 *
 * @param {string} banner
 */
export function defaultModelModule(banner) {
  const {
    aiResourceEntityModel,
    compileCatalogModel,
    defaultCatalogEntityModel,
    mcpServerApiEntityModel,
  } = require('@backstage/catalog-model/alpha');
  /** @type {string[]} */
  const schemas = [];
  const pack = (/** @type {any} */ { layerId, ops }) => ({
    layerId,
    ops: ops.map((/** @type {any} */ op) => {
      const jsonSchema = op.properties?.schema?.jsonSchema;
      if (jsonSchema === undefined) return op;
      const text = JSON.stringify(jsonSchema);
      if (!schemas.includes(text)) schemas.push(text);
      const schema = { jsonSchema: schemas.indexOf(text) };
      return { ...op, properties: { ...op.properties, schema } };
    }),
  });
  const layers = [defaultCatalogEntityModel, aiResourceEntityModel, mcpServerApiEntityModel].map(
    pack,
  );
  const metadata = metadataSchema(compileCatalogModel([defaultCatalogEntityModel]));
  const packed = packJson({
    schemas: schemas.map(text => JSON.parse(text)),
    layers,
    metadata,
  });
  return `${banner}
/**
 * Packed JSON with the schemas, the layers, whose operations contain indexes of schemas, and the schema of
 * metadata that a compiled model gives to each kind, without annotations and labels.
 */
export const packedLayers = '${packed.replace(/[\\']/g, '\\$&')}';
`;
}

/** @param {any} model */
function metadataSchema(model) {
  const { jsonSchema } = model.getKind({ kind: 'Component', apiVersion: 'backstage.io/v1alpha1' });
  const { metadata } = jsonSchema.properties;
  const { annotations, labels } = metadata.properties;
  const properties = {
    ...metadata.properties,
    annotations: { ...annotations, properties: {} },
    labels: { ...labels, properties: {} },
  };
  return { ...metadata, properties };
}

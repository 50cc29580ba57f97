// Separate from `model`, because it includes Backstage's whole model and is loaded only where there are layers.

export * from './catalogModel';
export * from './compileModel';
export { defaultLayerIds, defaultLayers } from './defaultLayers';
export type { JsonSchema } from './jsonSchemas';
export * from './operations';
export * from './readLayer';
export * from './modelKinds';

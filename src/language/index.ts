export type { CatalogEntity, CatalogView, FacetField, ReferencePlace } from './catalogView';
export { YamlText } from './documents/yamlText';
export * from './languageProvider';
export { MirrorCatalog } from './mirrorCatalog';
export { createStructureProvider } from './structure/structureProvider';
export {
  createStructureService,
  type StructureDeps,
  type StructureService,
} from './structure/structureService';
export type { StructureKind } from './structure/descriptorSchemas';
export type { StructurePart } from './structure/structurePart';

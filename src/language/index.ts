export type { CatalogEntity, CatalogView, FacetField, ReferencePlace } from './catalogView';
export { YamlText } from './documents/yamlText';
export * from './languageProvider';
export { MirrorCatalog } from './mirrorCatalog';

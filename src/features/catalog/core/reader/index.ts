// Entry point of sources, which read files themselves. Separate from `core`, which the editor loads at start
// without these modules.
export { formatPath } from '../ingest/documentValue';
export { isEntity, type PackedContent, packContent, packDetails } from '../packing/packEntity';
export type { EntityDetails } from '../packing/packedEntity';
export { compactRecord } from '../packing/packedFile';
export { ServedEntity } from '../packing/servedEntity';
export { collectReferences } from '../processing/references';
export { emptyFileRecord } from '../records';
export { SourceIndex } from '../sources/sourceIndex';
export {
  openUrlCatalog,
  type UrlCatalog,
  type UrlCatalogDeps,
  urlCatalogFile,
} from '../sources/openUrlCatalog';
export { emptyIndexState, isSameReading } from '../workspace/catalogIndex';
export { ChangedFiles } from '../workspace/files/changedFiles';
export { type FileLookup, OrderedFiles } from '../workspace/files/orderedFiles';
